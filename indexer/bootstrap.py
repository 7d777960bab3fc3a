"""Puts the parts together: the only module that names the engines.

Who searches does not load what makes an index, nor the other way round: each half is imported when it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import history
from indexer.author_files import AuthorFile, author_list
from indexer.author_merges import MergeList, read_merges, well_formed
from indexer.builds import BuildStore
from indexer.checking import Checkup, open_build
from indexer.durable import free_bytes, megabytes
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import ArticleUnknown, BuildUnknown, IndexUnavailable
from indexer.history import Build, Switched
from indexer.live import LiveArchive
from indexer.manifest import read_roots
from indexer.ports import Engine, Searcher
from indexer.querying.dates import read_period
from indexer.reports import BeforeSwitch, Options, Progress, Report, no_progress, switch_at_once
from indexer.runs import Record, Run, RunLog
from indexer.searches.counter import SearchCounter
from indexer.searches.counts import SearchCounts
from indexer.searches.days import SearchDays
from indexer.searches.pinned import Pins, read_pinned
from indexer.settings import Settings
from indexer.sources.places import base_of
from indexer.synonym_files import SynonymFile, add_lines, read_abbreviations, read_own

if TYPE_CHECKING:
    from threading import Event

    from indexer.archive import Archive
    from indexer.author_mining import Findings
    from indexer.clinic.fixes import Case
    from indexer.impact import Impact
    from indexer.model import Article
    from indexer.preview import FilePreview, Held
    from indexer.problems import Correction, Fix, Problems
    from indexer.querying.synonyms import Groups
    from indexer.replay import PinAnswer
    from indexer.synonym_mining import Proposal
    from indexer.watching import Pace, RunOn, Tell

__all__ = [
    "LiveArchive",
    "SearchCounter",
    "add_authors",
    "add_synonyms",
    "builds",
    "check_index",
    "check_pinned",
    "compare_builds",
    "fix",
    "index",
    "lack_of_room",
    "live_archive",
    "open_archive",
    "own_authors",
    "own_synonyms",
    "preview",
    "preview_fix",
    "preview_undo_fix",
    "problems",
    "propose_authors",
    "propose_synonyms",
    "read_period",
    "rollback",
    "runs",
    "search_counter",
    "searches",
    "start_run",
    "undo_fix",
    "unknown_authors",
    "use_build",
    "watch",
]


Decide = Callable[["Impact | None"], bool]
"""Whether to switch to a new build, once it is known what that changes; None where there is nothing to compare with."""

MOST_TOLD_CHANGES = 50
"""Questions whose answers change, the worst first, that the record of a run holds."""


def _engine(settings: Settings) -> Engine:
    return WhooshEngine(settings.writer_memory_mb, settings.cache_mb)


def index(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    remove: bool = False,
    allow_removal: bool = False,
    progress: Progress = no_progress,
    run_id: str | None = None,
    before_switch: BeforeSwitch = switch_at_once,
    decide: Decide | None = None,
) -> Report:
    """Bring the index up to date; see `build.update_index`. The run is recorded, under `run_id` if one is given.

    With `decide` the new build is compared with the live one, and it is asked whether to switch.
    """
    from indexer.build import update_index  # noqa: PLC0415 - see above

    options = Options(
        max_source_bytes=settings.max_source_mb * 1_000_000,
        kept_builds=settings.kept_builds,
        workers=settings.build_workers,
        rebuild=rebuild,
        remove=remove,
        allow_removal=allow_removal,
        columns=settings.columns,
    )
    store = BuildStore(settings.index_dir)
    with RunLog(settings.index_dir).recording(run_id, [str(path) for path in paths]) as record:
        told = record.along(progress)
        asked = _comparing(settings, record, decide) if decide else before_switch
        report = update_index(store, _engine(settings), paths, settings.seeds_dir, options, told, asked)
        record.end(report)
    return report


def _comparing(settings: Settings, record: Record, decide: Decide) -> BeforeSwitch:
    from indexer.impact import impact_as_json  # noqa: PLC0415 - see above

    pins = read_pinned(settings.pinned_path)  # now: what is wrong with it shall not be found when the work is done

    def look(live: Path | None, new: Path) -> bool:
        impact = _compare_if_possible(settings, live, new, pins)
        if impact:
            record.tell_impact(impact_as_json(impact, MOST_TOLD_CHANGES))
        return decide(impact)

    return look


def _compare_if_possible(settings: Settings, live: Path | None, new: Path, pins: Pins) -> Impact | None:
    """None where there is no live build, or none that this program can read, as when it is being replaced."""
    if live is None:
        return None
    try:
        open_build(live, _engine(settings)).close()
    except (IndexUnavailable, OSError):
        return None
    return _compare(settings, live, new, pins)


def _compare(settings: Settings, old: Path, new: Path, pins: Pins) -> Impact:
    from indexer.replay import COUNTED_DAYS, MOST_ANSWER_MS, choose_questions, replay  # noqa: PLC0415 - see above

    patient = replace(settings, query_budget_ms=MOST_ANSWER_MS)
    lists = SynonymFile(settings.synonyms_path), AuthorFile(settings.authors_path)
    engine = _engine(patient)
    before, after = (_archive(patient, folder, open_build(folder, engine), *lists) for folder in (old, new))
    questions = choose_questions(pins, searches(settings, COUNTED_DAYS), before)
    wrong = tuple(f"{settings.pinned_path}:{problem.line}: {problem.reason}" for problem in pins.problems)
    return replay(questions, before, after, wrong)


def compare_builds(settings: Settings, old: str = "", new: str = "") -> Impact:
    """What readers would find otherwise in the build `new` than in `old`: the one that waits, and the live one.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        BuildUnknown: there is no such build, or none that waits.
        PinnedUnreadable: the list of pinned questions cannot be opened.
    """
    store = BuildStore(settings.index_dir)
    before, after = old or store.current().name, new or next(iter(store.waiting()), "")
    for name in (before, after):
        if name not in store.complete():
            raise BuildUnknown(name)
    return _compare(settings, store.folder(before), store.folder(after), read_pinned(settings.pinned_path))


def check_pinned(settings: Settings) -> tuple[Pins, tuple[PinAnswer, ...]]:
    """The staff's list of pinned questions, and what the live build answers to them.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        PinnedUnreadable: the list cannot be opened.
    """
    from indexer.replay import ask_pinned  # noqa: PLC0415 - see above

    pins = read_pinned(settings.pinned_path)
    return pins, tuple(ask_pinned(pins, open_archive(settings)))


def runs(settings: Settings) -> tuple[Run, ...]:
    """The last runs of `index`, the newest first."""
    return RunLog(settings.index_dir).runs()


def start_run(settings: Settings, arguments: Sequence[str] = ()) -> str:
    """Start `khobao index` with these arguments as a process of its own; returns the id of its run."""
    return RunLog(settings.index_dir).start(arguments)


def search_counter(settings: Settings) -> SearchCounter:
    """Counts what readers search for, by day, in the folder of the index."""
    return SearchCounter(SearchDays(settings.index_dir, settings.searches_kept_days))


def searches(settings: Settings, days: int) -> SearchCounts:
    """What readers searched for on the last so many days, today included."""
    return SearchDays(settings.index_dir, settings.searches_kept_days).counts(date.today() - timedelta(days=days - 1))


def preview(
    settings: Settings, files: Sequence[Path], folder: Path | None = None, archive: Held | None = None
) -> tuple[FilePreview, ...]:
    """What a run would make of files, without taking anything in; see `preview.preview`.

    Args:
        folder: where the files are going to lie; where they are if left out.
        archive: what they are compared with; the live build if left out, and nothing where there is none.
    """
    from indexer.preview import preview as look_at  # noqa: PLC0415 - see above

    roots: tuple[str, ...] = ()
    with suppress(IndexUnavailable):
        roots = read_roots(BuildStore(settings.index_dir).current())
        archive = archive or open_archive(settings)
    limit = settings.max_source_mb * 1_000_000
    return tuple(look_at(file, folder, roots, limit, settings.columns, archive) for file in files)


def open_archive(settings: Settings) -> Archive:
    """The live build, opened for reading.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
    """
    return _open_live(settings, SynonymFile(settings.synonyms_path), AuthorFile(settings.authors_path))


def _open_live(settings: Settings, synonyms: SynonymFile, authors: AuthorFile) -> Archive:
    store = BuildStore(settings.index_dir)
    name = store.current_name()
    try:
        return _open_build(settings, store, synonyms, authors)
    except (IndexUnavailable, OSError):
        if store.current_name() == name:
            raise
    return _open_build(settings, store, synonyms, authors)  # it was cleared away while it was being opened


def _open_build(settings: Settings, store: BuildStore, synonyms: SynonymFile, authors: AuthorFile) -> Archive:
    folder = store.current()
    return _archive(settings, folder, history.open_live(store, _engine(settings)), synonyms, authors)


def _archive(
    settings: Settings, folder: Path, searcher: Searcher, synonyms: SynonymFile, authors: AuthorFile
) -> Archive:
    from indexer.archive import Archive  # noqa: PLC0415 - see above

    budget = settings.query_budget_ms or None
    return Archive(searcher, folder.name, settings.max_query_chars, budget, synonyms, authors())


def live_archive(settings: Settings) -> LiveArchive:
    """The live build, kept open; while nothing is open, calls raise what `open_archive` raises."""
    authors = AuthorFile(settings.authors_path)
    open_live = partial(_open_live, settings, SynonymFile(settings.synonyms_path), authors)
    return LiveArchive(BuildStore(settings.index_dir).current_name, open_live, lambda open_: open_.merging(authors()))


def check_index(settings: Settings, *, deep: bool = False) -> Checkup:
    """Verify the live build: sizes and heads, or `deep`, every byte and every count.

    Raises:
        IndexMissing, IndexIncompatible
        IndexDamaged: it cannot even be told which build is live.
    """
    return history.check(BuildStore(settings.index_dir), _engine(settings), deep=deep)


def builds(settings: Settings) -> tuple[Build, ...]:
    """All complete builds, the newest first."""
    return history.list_builds(BuildStore(settings.index_dir), _engine(settings))


def use_build(settings: Settings, name: str) -> Switched:
    """Make a build live. Raises BuildUnusable, IndexBusy, IndexUnwritable."""
    return history.use_build(BuildStore(settings.index_dir), _engine(settings), name)


def rollback(settings: Settings) -> Switched:
    """Make the last whole build before the live one live. Raises NothingToReturnTo, IndexBusy, IndexUnwritable."""
    return history.rollback(BuildStore(settings.index_dir), _engine(settings))


def lack_of_room(settings: Settings) -> str:
    """What to say before a rebuild where the disk may be too small for it; empty where it is not."""
    needed, free = BuildStore(settings.index_dir).live_bytes(), free_bytes(settings.index_dir)
    if free >= needed:
        return ""
    return (
        f"The disk of {settings.index_dir} has {megabytes(free)} MB free, and the index takes {megabytes(needed)} MB:"
        " a rebuild beside it may not find room."
    )


def watch(
    settings: Settings,
    paths: Sequence[Path],
    run: RunOn,
    tell: Tell,
    pace: Pace | None = None,
    stop: Event | None = None,
) -> None:
    """Index, then follow the folders and index what changes in them; see `watching.follow`.

    Args:
        paths: what to follow; if left out, all the live build was made from, or, before the first, the seeds.
        run: runs index on paths, and says in a line what it did.
        tell: is given such lines, and what else there is to say.
        pace: that of the settings if left out.
        stop: ends it when it is set.
    """
    from indexer.watching import Pace, follow  # noqa: PLC0415 - see above

    pace = pace or Pace(settings.watch_settle_seconds, settings.watch_poll_seconds)
    followed = paths or _known_roots(settings) or (settings.seeds_dir,)
    follow(followed, run, tell, pace, stop, paths)


def _known_roots(settings: Settings) -> tuple[Path, ...]:
    """What the live build was made from; nothing where it does not say, which the first run will tell."""
    try:
        return tuple(map(Path, read_roots(BuildStore(settings.index_dir).current())))
    except IndexUnavailable:
        return ()


def propose_synonyms(settings: Settings, least: int) -> list[Proposal]:
    """The abbreviations that at least so many articles of the live build explain, and no list knows yet.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        StaffListUnreadable: the staff's list cannot be opened.
    """
    from indexer.synonym_mining import propose  # noqa: PLC0415 - see above

    searcher = history.open_live(BuildStore(settings.index_dir), _engine(settings))
    try:
        return propose(_texts(searcher), (read_abbreviations(), read_own(settings.synonyms_path)), least)
    finally:
        searcher.close()


def _texts(searcher: Searcher) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The id and the texts of every article, one after the other."""
    for article_id, _ in searcher.holdings():
        if article := searcher.article(article_id):
            yield article_id, (article.title, *article.passages())


def own_synonyms(settings: Settings) -> Groups:
    """What the staff's list says. Raises StaffListUnreadable when it cannot be opened."""
    return read_own(settings.synonyms_path)


def add_synonyms(settings: Settings, lines: Iterable[str]) -> None:
    """Put lines at the end of the staff's list, all or none. Raises StaffListUnreadable, StaffListUnwritable."""
    add_lines(settings.synonyms_path, lines)


def problems(settings: Settings) -> Problems:
    """What is wrong with the articles of the live build, the gravest kind first.

    Raises:
        IndexMissing, IndexDamaged
    """
    from indexer.clinic.casebook import read_problems  # noqa: PLC0415 - see above

    return read_problems(BuildStore(settings.index_dir).current())


def preview_fix(settings: Settings, article_id: str, correction: Correction) -> Fix:
    """What a correction of an article, given by its id, would change; nothing is written.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged, ArticleUnknown
        CorrectionRefused, CorrectionsUnreadable
    """
    from indexer.clinic.fixes import plan_fix  # noqa: PLC0415 - see above

    return plan_fix(_case(settings, article_id), correction)


def fix(settings: Settings, article_id: str, correction: Correction) -> Fix:
    """Write a correction beside the source; it counts with the next run of `index`.

    Raises what `preview_fix` raises, and CorrectionsUnwritable.
    """
    from indexer.clinic.fixes import write_fix  # noqa: PLC0415 - see above

    return write_fix(_case(settings, article_id), correction)


def preview_undo_fix(settings: Settings, article_id: str) -> Fix:
    """What taking out an article's correction would change. Raises what `preview_fix` raises, and NothingToUndo."""
    from indexer.clinic.fixes import plan_undo  # noqa: PLC0415 - see above

    case = _case(settings, article_id)
    return plan_undo(case, _as_in_source(settings, case))


def undo_fix(settings: Settings, article_id: str) -> Fix:
    """Take out the correction of an article; that counts with the next run of `index`.

    Raises what `preview_undo_fix` raises, and CorrectionsUnwritable.
    """
    from indexer.clinic.fixes import write_undo  # noqa: PLC0415 - see above

    case = _case(settings, article_id)
    return write_undo(case, _as_in_source(settings, case))


def _case(settings: Settings, article_id: str) -> Case:
    """An article of the live build, and where it came from. By its id alone: two articles may have one title."""
    from indexer.clinic.corrections import known_files  # noqa: PLC0415 - see above
    from indexer.clinic.fixes import Case  # noqa: PLC0415 - see above

    store = BuildStore(settings.index_dir)
    folder = store.current()
    searcher = history.open_live(store, _engine(settings))
    try:
        article = searcher.article(article_id)
        source = next((held.path for each, held in searcher.holdings() if each == article_id), None)
    finally:
        searcher.close()
    if article is None or source is None:
        raise ArticleUnknown(article_id)
    return Case(article, source, known_files(folder))


def _as_in_source(settings: Settings, case: Case) -> Article:
    from indexer.clinic.fixes import article_in_source  # noqa: PLC0415 - see above

    roots = read_roots(BuildStore(settings.index_dir).current())
    return article_in_source(case, base_of(case.source, roots), settings.max_source_mb * 1_000_000, settings.columns)


def propose_authors(settings: Settings) -> Findings:
    """Which authors of the live build may be one, besides those of whom the staff's list says so.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        StaffListUnreadable: the staff's list cannot be opened.
    """
    from indexer.author_company import ArchiveCompany  # noqa: PLC0415 - see above
    from indexer.author_mining import propose  # noqa: PLC0415 - see above

    own = own_authors(settings)
    synonyms = chain(read_abbreviations().same, read_own(settings.synonyms_path).same)
    searcher = history.open_live(BuildStore(settings.index_dir), _engine(settings))
    try:
        company = ArchiveCompany(searcher.merging(own.merges))
        return propose(company.authors(), company, own.apart, ([name.text for name in group] for group in synonyms))
    finally:
        searcher.close()


def own_authors(settings: Settings) -> MergeList:
    """What the staff's list of authors says. Raises StaffListUnreadable when it cannot be opened."""
    return read_merges(author_list(settings.authors_path).read())


def unknown_authors(settings: Settings) -> tuple[str, ...]:
    """The names in the staff's list of authors that no article of the live build is signed with.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged, StaffListUnreadable
    """
    searcher = history.open_live(BuildStore(settings.index_dir), _engine(settings))
    try:
        signed = searcher.lexicon.author_names()
    finally:
        searcher.close()
    names = (each for group in own_authors(settings).groups for each in group)
    return tuple(dict.fromkeys(each.name for each in names if each.key not in signed))


def add_authors(settings: Settings, lines: Iterable[str]) -> dict[str, str]:
    """Put lines at the end of the staff's list of authors; those that say nothing are left out: line -> why.

    Raises:
        StaffListUnreadable, StaffListUnwritable: nothing was added.
    """
    own = author_list(settings.authors_path)
    good, wrong = well_formed(own.read(), lines)
    if good:
        own.add(good)
    return wrong
