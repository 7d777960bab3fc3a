"""What editors and archivists do: what is wrong with articles and its corrections, previews, their lists, searches.

The commands and the staff pages are two faces of what stands here. What only one of these jobs needs is imported when
it is first asked for, so that a server with staff pages starts as fast as one without.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.author_files import author_list
from indexer.author_merges import MergeList, read_merges, well_formed
from indexer.bootstrap import open_archive, open_searcher, store_of
from indexer.errors import ArticleUnknown, IndexUnavailable
from indexer.manifest import Sources, read_sources
from indexer.ports import Searcher
from indexer.problems import Problem, ProblemKind
from indexer.reader_reports import ReaderReports
from indexer.searches.counts import SearchCounts
from indexer.searches.days import SearchDays
from indexer.settings import Settings
from indexer.sources.reader import address_of
from indexer.synonym_files import add_lines, read_abbreviations, read_own

if TYPE_CHECKING:
    from indexer.author_mining import Findings
    from indexer.clinic.fixes import Case
    from indexer.model import Article
    from indexer.preview import FilePreview, Held
    from indexer.problems import Correction, Fix, Problems
    from indexer.querying.synonyms import Groups
    from indexer.replay import PinAnswer
    from indexer.searches.pinned import Pins
    from indexer.synonym_mining import Proposal


def problems(settings: Settings, build: str = "") -> Problems:
    """What is wrong with the articles of a build, the live one unless it is named; the gravest kind first.

    Raises:
        IndexMissing, IndexDamaged
    """
    from indexer.clinic.casebook import read_problems  # noqa: PLC0415 - see above

    store = store_of(settings)
    return read_problems(store.folder(build) if build else store.current())


def reported(settings: Settings, source_of: Callable[[str], str | None] | None = None) -> tuple[Problem, ...]:
    """What readers report and nobody has seen yet, the oldest first.

    Args:
        settings: the settings in force.
        source_of: gives the source of an article by its id, None of one that is not held; asked of the live build if
            left out.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        OSError: the reports cannot be read.
    """
    reports = ReaderReports(settings.index_dir).read().reports
    if not reports:
        return ()
    source_of = source_of or open_archive(settings).source
    kind = ProblemKind.READER_REPORT
    return tuple(Problem(kind, each.article_id, source_of(each.article_id) or "", each.text, each) for each in reports)


def unreadable_reports(settings: Settings) -> list[str]:
    """Where the file of the readers' reports holds something else, for whoever mends it by hand."""
    reports = ReaderReports(settings.index_dir)
    lines = reports.read().unreadable
    return [f"{reports.path}:{line}: this is no report; mend the line, or delete it." for line in lines]


def close_reports(settings: Settings, ids: Container[str]) -> int:
    """Take reports of readers, given by their ids, off the list; how many there were. Raises OSError."""
    return ReaderReports(settings.index_dir).close(ids)


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

    folder = store_of(settings).current()
    searcher = open_searcher(settings, folder)
    try:
        article = searcher.article(article_id)
        held = searcher.holding(article_id)
    finally:
        searcher.close()
    if article is None or held is None:
        raise ArticleUnknown(article_id)
    return Case(article, held.path, known_files(folder))


def _as_in_source(settings: Settings, case: Case) -> Article:
    from indexer.clinic.fixes import article_in_source  # noqa: PLC0415 - see above

    sources = read_sources(store_of(settings).current())
    address = address_of(case.source, sources.roots, sources.addresses)
    return article_in_source(case, address, settings.max_source_mb * 1_000_000, settings.columns)


def preview(
    settings: Settings, files: Sequence[Path], folder: Path | None = None, archive: Held | None = None
) -> tuple[FilePreview, ...]:
    """What a run would make of files, without taking anything in; see `preview.preview`.

    Args:
        folder: where the files are going to lie; where they are if left out.
        archive: what they are compared with; the live build if left out, and nothing where there is none.
    """
    from indexer.clinic.corrections import Corrections  # noqa: PLC0415 - see above
    from indexer.preview import preview as look_at  # noqa: PLC0415 - see above

    sources, corrections = Sources(), Corrections(None)
    with suppress(IndexUnavailable):
        live = store_of(settings).current()
        sources, corrections = read_sources(live), Corrections(live)
        archive = archive or open_archive(settings)
    limit = settings.max_source_mb * 1_000_000
    return tuple(look_at(file, folder, sources, limit, settings.columns, archive, corrections) for file in files)


def own_synonyms(settings: Settings) -> Groups:
    """What the staff's list says. Raises StaffListUnreadable when it cannot be opened."""
    return read_own(settings.synonyms_path)


def add_synonyms(settings: Settings, lines: Iterable[str]) -> None:
    """Put lines at the end of the staff's list, all or none. Raises StaffListUnreadable, StaffListUnwritable."""
    add_lines(settings.synonyms_path, lines)


def propose_synonyms(settings: Settings, least: int) -> list[Proposal]:
    """The abbreviations that at least so many articles of the live build explain, and no list knows yet.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        StaffListUnreadable: the staff's list cannot be opened.
    """
    from indexer.synonym_mining import propose  # noqa: PLC0415 - see above

    searcher = open_searcher(settings)
    try:
        return propose(_texts(searcher), (read_abbreviations(), read_own(settings.synonyms_path)), least)
    finally:
        searcher.close()


def _texts(searcher: Searcher) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The id and the texts of every article, one after the other."""
    for article_id, _ in searcher.holdings():
        if article := searcher.article(article_id):
            yield article_id, (article.title, *article.passages())


def own_authors(settings: Settings) -> MergeList:
    """What the staff's list of authors says. Raises StaffListUnreadable when it cannot be opened."""
    return read_merges(author_list(settings.authors_path).read())


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
    searcher = open_searcher(settings)
    try:
        company = ArchiveCompany(searcher.merging(own.merges))
        return propose(company.authors(), company, own.apart, ([name.text for name in group] for group in synonyms))
    finally:
        searcher.close()


def unknown_authors(settings: Settings) -> tuple[str, ...]:
    """The names in the staff's list of authors that no article of the live build is signed with.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged, StaffListUnreadable
    """
    searcher = open_searcher(settings)
    try:
        signed = searcher.lexicon.author_names()
    finally:
        searcher.close()
    names = (each for group in own_authors(settings).groups for each in group)
    return tuple(dict.fromkeys(each.name for each in names if each.key not in signed))


def searches(settings: Settings, days: int) -> SearchCounts:
    """What readers searched for on the last so many days, today included."""
    return SearchDays(settings.index_dir, settings.searches_kept_days).counts(date.today() - timedelta(days=days - 1))


def check_pinned(settings: Settings) -> tuple[Pins, tuple[PinAnswer, ...]]:
    """The staff's list of pinned questions, and what the live build answers to them.

    Raises:
        IndexMissing, IndexIncompatible, IndexDamaged
        PinnedUnreadable: the list cannot be opened.
    """
    from indexer.replay import ask_pinned  # noqa: PLC0415 - see above
    from indexer.searches.pinned import read_pinned  # noqa: PLC0415 - see above

    pins = read_pinned(settings.pinned_path)
    return pins, tuple(ask_pinned(pins, open_archive(settings)))
