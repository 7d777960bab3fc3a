"""The text of a `corrections.toml` -> the corrections in it, and what is wrong with the rest. Pure; never raises.

    ["2020-07-01-x"]                # the id of the article
    published = "1/7/2020"          # as papers print it, or a TOML date; "" for none
    authors = ["Lan Chi"]
    accept = ["no-byline"]          # looked at, and right so
    note = "see the paper of that day"

A file that is no TOML is read entry by entry, so that a slip in one leaves the others in force.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from indexer.problems import ACCEPTABLE, Correction, ProblemKind
from indexer.sources.fields import authors_named, read_stamp
from indexer.sources.prose import check_title, one_line
from indexer.sources.unreadable import Unreadable

MOST_COMPLAINTS = 100
"""What is told of one file: where more is wrong, it may be no file of corrections at all."""

_HEADER = re.compile(r"""\s*\[\s*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)\s*\]\s*(?:\#.*)?$""")
_LONG_QUOTES = ('"""', "'''")
_LINE_OF_ERROR = re.compile(r"at line (\d+)")

_ENDLESS_KEY = re.compile(r"""(?:["'\w-]+\s?\.\s?){50}""")
"""A key of parts without number: the parser takes minutes for a hundred thousand of them."""

_TEXTS = ("published", "title", "lead", "section", "source", "note")
_LISTS = ("authors", "captions", "accept")


class Complaint(NamedTuple):
    """The line, counted from 1, where that can be said, and what is wrong with it."""

    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectionsText:
    """What a file says. `broken` are the ids of entries that cannot be read, `lines` where each entry begins.

    Where it is not `is_toml`, there may be entries that nothing is known of.
    """

    entries: Mapping[str, Correction] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()
    broken: frozenset[str] = frozenset()
    is_toml: bool = True


def parse_corrections(text: str) -> CorrectionsText:
    """Every entry that can be read, and a complaint for each that cannot."""
    if endless := _ENDLESS_KEY.search(text):
        line = text.count("\n", 0, endless.start()) + 1
        complaint = Complaint(line, "has a key with dots without number; take it out")
        return CorrectionsText(complaints=(complaint,), is_toml=False)
    tables, complaints = _tables(text)
    is_toml = not complaints
    lines: dict[str, int] = {}
    for number, article_id in headers(text):
        lines.setdefault(article_id, number)
    entries: dict[str, Correction] = {}
    for article_id, table in tables.items():
        try:
            entries[article_id] = read_entry(table)
        except ValueError as error:
            complaints.append(Complaint(lines.get(article_id), f"the correction of {article_id!r} {error}"))
    broken = frozenset(lines) - frozenset(entries)
    return CorrectionsText(entries, lines, _bounded(complaints), broken, is_toml)


def _bounded(complaints: list[Complaint]) -> tuple[Complaint, ...]:
    told = complaints[:MOST_COMPLAINTS]
    if more := len(complaints) - len(told):
        told.append(Complaint(None, f"{more} more entries cannot be read; is it a file of corrections?"))
    return tuple(told)


def headers(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin an entry, and the id in each."""
    open_quotes = ""
    for number, line in enumerate(text.split("\n"), 1):
        header = None if open_quotes else _HEADER.match(line)
        if header and (article_id := _unquoted(header[1])) is not None:
            yield number, article_id
        open_quotes = _quotes_open_after(line, open_quotes)


def _quotes_open_after(line: str, quotes: str) -> str:
    """Which quotes of a text of several lines are open at the end of a line. A guess where it has comments."""
    for kind in (quotes,) if quotes else _LONG_QUOTES:
        if line.count(kind) % 2:
            return "" if quotes else kind
    return quotes


def _unquoted(key: str) -> str | None:
    try:
        (name,) = tomllib.loads(f"{key} = 0")
    except ValueError:
        return None
    return name


def _tables(text: str) -> tuple[dict[str, Any], list[Complaint]]:
    try:
        return tomllib.loads(text), []
    except (ValueError, RecursionError):  # ValueError also for numbers of thousands of digits
        return _tables_one_by_one(text)


def _tables_one_by_one(text: str) -> tuple[dict[str, Any], list[Complaint]]:
    lines = text.split("\n")
    starts = [number for number, _ in headers(text)]
    tables: dict[str, Any] = {}
    complaints: list[Complaint] = []
    for first, after in zip([1, *starts], [*starts, len(lines) + 1], strict=True):
        try:
            found = tomllib.loads("".join(f"{line}\n" for line in lines[first - 1 : after - 1]))
        except (ValueError, RecursionError) as error:
            complaints.append(_not_toml(error, first))
            continue
        if twice := found.keys() & tables.keys():
            complaints.append(Complaint(first, f"{min(twice)!r} comes twice; put its corrections together"))
        else:
            tables |= found
    return tables, complaints


def _not_toml(error: Exception, first: int) -> Complaint:
    """Where it is, counted in the whole file, and what the parser says without its own place."""
    place = _LINE_OF_ERROR.search(str(error))
    said = str(error).split(" (at ")[0] if isinstance(error, ValueError) else "is nested too deeply"
    return Complaint(first + int(place[1]) - 1 if place else first, f"is not TOML ({said}); mend the line")


# -- one entry


def read_entry(table: object) -> Correction:
    """A correction out of TOML's values. Raises ValueError saying what is wrong, as the end of a sentence."""
    if not isinstance(table, dict):
        raise ValueError("is no table; begin it with the id of the article in brackets and quotes")
    if unknown := sorted(table.keys() - {*_TEXTS, *_LISTS}):
        known = ", ".join((*_TEXTS, *_LISTS))
        raise ValueError(f"has {unknown[0]!r}, which is none of: {known} (an id with a dot needs quotes)")
    fields: dict[str, Any] = {name: _text(table, name) for name in _TEXTS if name in table}
    fields |= {name: _texts(table, name) for name in _LISTS if name in table}
    fields["accept"] = _kinds(fields.get("accept", ()))
    return checked(Correction(**fields))


def checked(correction: Correction) -> Correction:
    """The correction as it is. Raises ValueError where an article could not have such a date, title or author."""
    if correction.published and read_stamp(correction.published) is None:
        raise ValueError(f"has {correction.published!r} for a date; write 1/7/2020, the day first")
    if correction.title is not None:
        try:
            check_title(one_line(correction.title))
        except Unreadable as error:
            raise ValueError(error.reason) from error
    for name in correction.authors or ():
        if not authors_named([name]):
            raise ValueError("has an author without a name; write authors = [] where there is none")
    if not all(map(one_line, correction.captions or ())):
        raise ValueError("has a caption without words; write captions = [] where there is none")
    return correction


def _text(table: dict[str, Any], name: str) -> str:
    value = table[name]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, str):
        raise ValueError(f"has a {name} that is not text; put it in quotes")
    return value


def _texts(table: dict[str, Any], name: str) -> tuple[str, ...]:
    value = table[name]
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise ValueError(f'has {name} that are no list of texts; write {name} = ["...", "..."]')
    return tuple(values)


def _kinds(names: tuple[str, ...]) -> tuple[ProblemKind, ...]:
    for name in names:
        if name not in ACCEPTABLE:
            error, known = f"{name!r} is not a valid kind", ", ".join(ACCEPTABLE)
            raise ValueError(f"accepts a problem there is not ({error}); known are: {known}")
    return tuple(map(ProblemKind, names))
