"""A correction written beside a source, or taken out again, with what that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import NamedTuple

from indexer.clinic.correcting import changes_between, correct
from indexer.clinic.corrections import beside_source, read_file, read_text
from indexer.clinic.corrections_edit import NotEditable, with_entry, without_entry
from indexer.clinic.corrections_file import CorrectionsText, checked
from indexer.columns import Columns
from indexer.durable import alone_in, replace_text
from indexer.errors import CorrectionRefused, CorrectionsUnreadable, CorrectionsUnwritable, NothingToUndo
from indexer.model import Article
from indexer.problems import Correction, FieldChange, Fix, ProblemKind
from indexer.sources.reader import read_source
from indexer.sources.unreadable import Unreadable
from indexer.sources.walk import SourceFile


class Case(NamedTuple):
    """The article as the archive has it, the source it came from, and the files of corrections that are known."""

    article: Article
    source: str
    files: tuple[str, ...]


def plan_fix(case: Case, correction: Correction) -> Fix:
    """What the correction would change in the article as the archive has it; nothing is written.

    Raises:
        CorrectionRefused: no article can have such a date, title or author.
        CorrectionsUnreadable
    """
    article = case.article
    try:
        checked(correction)
    except ValueError as error:
        raise CorrectionRefused(article.id, str(error)) from error
    file = _home(case)
    there = _entry(_read(file), file, article.id)
    beside = (("accept", _listed(there.accept), _listed(_joined(there, correction).accept)),)
    changes = (*changes_between(article, correct(article, correction)), *(FieldChange(*each) for each in beside))
    return Fix(article.id, file, case.source, tuple(change for change in changes if change.before != change.after))


def write_fix(case: Case, correction: Correction) -> Fix:
    """Write the correction beside the source, into what is there of the article already; raises as `plan_fix`, and

    Raises:
        CorrectionsUnwritable
    """
    fix = plan_fix(case, correction)
    with _alone(fix.file):
        there = _entry(_read(fix.file), fix.file, fix.article_id)
        text = _edit(fix.file, lambda text: with_entry(text, fix.article_id, _joined(there, correction)))
        _write(fix.file, text)
    return fix


def plan_undo(case: Case, as_in_source: Article) -> Fix:
    """What becomes of the article without its correction. Raises NothingToUndo, CorrectionsUnreadable."""
    file = _home(case)
    there = _entry(_read(file), file, case.article.id)
    if not there:
        raise NothingToUndo(case.article.id, file)
    accepted = FieldChange("accept", _listed(there.accept), "")
    changes = (*changes_between(case.article, as_in_source), *((accepted,) if there.accept else ()))
    return Fix(case.article.id, file, case.source, changes)


def write_undo(case: Case, as_in_source: Article) -> Fix:
    """Take the correction out; raises as `plan_undo`, and CorrectionsUnwritable."""
    fix = plan_undo(case, as_in_source)
    with _alone(fix.file):
        _write(fix.file, _edit(fix.file, lambda text: without_entry(text, fix.article_id)))
    return fix


def article_in_source(case: Case, address: str, max_bytes: int, columns: Columns) -> Article:
    """The article as its source has it, without any correction. Raises CorrectionRefused where that is not there.

    `address` is what the ids of the source's articles are made of.
    """
    wanted = case.article.id
    found: list[Article] = []
    for item in read_source(SourceFile(case.source, 0, 0, ""), max_bytes, columns, address):
        if isinstance(item, Article):
            if item.id == wanted:
                return item
            found = [*found[:1], item]
    if len(found) == 1:  # a file that was renamed keeps its id
        return replace(found[0], id=wanted)
    raise CorrectionRefused(wanted, f"cannot be shown undone, since {case.source} does not hold the article any more")


def _home(case: Case) -> str:
    """The file that corrects the article, or is to: beside its source, unless that was moved away from it."""
    beside = beside_source(case.source)
    for path in (beside, *sorted(case.files)):
        if case.article.id in _read(path).entries:
            return path
    return beside


def _read(path: str) -> CorrectionsText:
    try:
        return read_file(Path(path))
    except Unreadable as error:
        raise CorrectionsUnreadable(path, error.reason, error.line) from error
    except OSError as error:
        raise CorrectionsUnreadable(path, error.strerror or str(error)) from error


def _entry(text: CorrectionsText, path: str, article_id: str) -> Correction:
    """What a file says of an article. Raises CorrectionsUnreadable where that, or all of the file, is spoilt."""
    if article_id in text.broken or not text.is_toml:
        place = text.lines.get(article_id)
        line, reason = next((each for each in text.complaints if each[0] == place), text.complaints[0])
        raise CorrectionsUnreadable(path, reason, line)
    return text.entries.get(article_id, Correction())


def _joined(there: Correction, more: Correction) -> Correction:
    """Both; what the second one says counts."""
    said = {each.name: value for each in fields(more) if (value := getattr(more, each.name)) is not None}
    said["accept"] = tuple(dict.fromkeys((*there.accept, *more.accept)))
    said["note"] = more.note or there.note
    return replace(there, **said)


def _listed(kinds: Iterable[ProblemKind]) -> str:
    return "\n".join(kinds)


def _edit(path: str, edit: Callable[[str], str]) -> str:
    try:
        text = read_text(Path(path))
    except FileNotFoundError:
        text = ""
    try:
        return edit(text)
    except NotEditable as error:
        raise CorrectionsUnreadable(path, str(error)) from error


def _write(path: str, text: str) -> None:
    try:
        replace_text(Path(path), text)
    except OSError as error:
        raise CorrectionsUnwritable(path, error.strerror or str(error)) from error


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Two people who write at once come one after the other."""
    with ExitStack() as held:
        try:
            held.enter_context(alone_in(Path(path).parent))
        except OSError as error:
            raise CorrectionsUnwritable(path, error.strerror or str(error)) from error
        yield
