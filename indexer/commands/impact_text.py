"""What a new build changes for readers, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.impact import BEST, LOOKED_AT, Change, Fate, Impact, Lost, PinState

MOST_SHOWN = 10
"""Questions that are shown, the worst first."""

MOST_ARTICLES = 5
"""Lost and gained articles that are shown of each."""


def describe_impact(impact: Impact) -> str:
    """Several lines: the summary, then what changes most."""
    asked, changed = len(impact.changes), len(impact.changed)
    share = f" ({100 * changed / asked:.0f} %)" if asked else ""
    new, old = impact.after, impact.before
    lines = [
        f"Build {impact.new} against {impact.old}:",
        f"  {asked} questions asked in {impact.seconds:.1f} s, {changed} answered otherwise{share}",
        f"  {impact.loss_percent:.1f} % of the best results lost; {len(impact.broken)} pinned questions broken",
        f"  an answer takes {new.p50:.1f} ms of CPU (p95 {new.p95:.1f}), before {old.p50:.1f} ({old.p95:.1f})",
    ]
    if impact.unasked:
        lines.append(f"  {impact.unasked} more questions were not asked, or not answered, in time")
    lines += [f"  {line}" for line in impact.wrong_lines]
    for change in impact.changed[:MOST_SHOWN]:
        lines += _describe_change(change)
    if changed > MOST_SHOWN:
        lines.append(f"  ... and {changed - MOST_SHOWN} more; --json tells all")
    return "\n".join(lines)


def _describe_change(change: Change) -> Iterator[str]:
    question = change.question
    asked = f", asked {question.times} times" if question.times else ""
    removed = sum(each.fate is Fate.REMOVED for each in change.lost)
    yield (
        f"  {question.text}  ({question.source.value}{asked}): {change.total_before} -> {change.total_after} articles;"
        f" {len(change.lost) - removed} lost, {removed} left the archive, {len(change.gained)} gained,"
        f" {len(change.moves)} moved"
    )
    if change.pin is PinState.BROKEN:
        yield f"      PINNED: {question.article_id} is no longer among the first {BEST}"
    if change.searched_before != change.searched_after:
        yield f"      searched was {change.searched_before!r}, now {change.searched_after!r}"
    for lost in change.lost[:MOST_ARTICLES]:
        yield f"      - {lost.rank}. {lost.title} [{lost.id}]: {_fate(lost)}"
    for gained in change.gained[:MOST_ARTICLES]:
        yield f"      + {gained.rank}. {gained.title} [{gained.id}]{': new' if gained.is_new else ''}"


def _fate(lost: Lost) -> str:
    match lost.fate:
        case Fate.REMOVED:
            return "left the archive"
        case Fate.LOWER:
            return f"now {lost.new_rank}."
        case Fate.GONE:
            return f"not found, or behind the first {LOOKED_AT}"
