"""Puts the same questions to an old build and a new one, before readers get the new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from indexer.archive import Archive
from indexer.errors import IndexUnavailable
from indexer.impact import Impact, impact_as_json
from indexer.replay import COUNTED_DAYS, MOST_ANSWER_MS, choose_questions, replay
from indexer.reports import BeforeSwitch
from indexer.runs import Record
from indexer.searches.days import SearchDays
from indexer.searches.pinned import Pins, read_pinned
from indexer.settings import Settings

Open = Callable[[Settings, Path], Archive]
"""Opens the folder of a build. Raises IndexMissing, IndexIncompatible, IndexDamaged."""

Decide = Callable[[Impact | None], bool]
"""Whether to switch to a new build, once it is known what that changes; None where there is nothing to compare with."""

MOST_TOLD_CHANGES = 50
"""Questions whose answers change, the worst first, that the record of a run holds."""


def comparing(settings: Settings, open_: Open, record: Record, decide: Decide) -> BeforeSwitch:
    """Compares the builds, notes in the record of the run what changes, and leaves the switch to `decide`.

    Raises:
        PinnedUnreadable: the list of pinned questions cannot be opened; now, and not when the work is done.
    """
    pins = read_pinned(settings.pinned_path)

    def look(live: Path | None, new: Path) -> bool:
        impact = compare_folders(settings, open_, live, new, pins) if live and _opens(settings, open_, live) else None
        if impact:
            record.tell_impact(impact_as_json(impact, MOST_TOLD_CHANGES))
        return decide(impact)

    return look


def _opens(settings: Settings, open_: Open, live: Path) -> bool:
    """Whether this program can read the live build, which it may be about to replace because it can not."""
    try:
        open_(settings, live)
    except (IndexUnavailable, OSError):
        return False
    return True


def compare_folders(settings: Settings, open_: Open, old: Path, new: Path, pins: Pins) -> Impact:
    """What readers would find otherwise in `new` than in `old`. Raises what `open_` raises."""
    patient = replace(settings, query_budget_ms=MOST_ANSWER_MS)
    before, after = (open_(patient, folder) for folder in (old, new))
    since = date.today() - timedelta(days=COUNTED_DAYS - 1)
    asked = SearchDays(settings.index_dir, settings.searches_kept_days).counts(since)
    wrong = tuple(f"{settings.pinned_path}:{problem.line}: {problem.reason}" for problem in pins.problems)
    return replay(choose_questions(pins, asked, before), before, after, wrong)
