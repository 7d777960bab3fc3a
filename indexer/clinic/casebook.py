"""The problems of a build's articles, kept in a file of the build."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from indexer.clinic.copies import NONE as NO_COPIES
from indexer.clinic.copies import Entry, entry_of, read_copies, write_copies
from indexer.clinic.corrections import Corrections
from indexer.clinic.diagnosis import DIAGNOSIS_VERSION, diagnose, is_ahead, today_in_vietnam
from indexer.clinic.fingerprints import FINGERPRINT_VERSION
from indexer.errors import IndexDamaged
from indexer.manifest import PROBLEMS
from indexer.model import Article
from indexer.problems import COPIES, Problem, ProblemKind, Problems

_VERSIONS = [DIAGNOSIS_VERSION, FINGERPRINT_VERSION]
"""Of a table whose articles were all looked at as they are today."""

_Cases = dict[ProblemKind, dict[str, tuple[str, str]]]
"""Kind -> article id -> path and detail. So a run that touches a few articles need not take up every problem."""


class Casebook:
    """The problems of all articles: those of the build before, brought up to date by a run.

    Args:
        before: the folder of the build the run starts from; None to begin with nothing.
        held_path: the source of an article of that build; it is asked when another one turns out to be the same.
    """

    def __init__(self, before: Path | None, held_path: Callable[[str], str] = lambda _: "") -> None:
        self.corrections = Corrections(before)
        self._cases, self._is_whole = _read(before) if before else ({}, True)
        self._copies = read_copies(before) if before else NO_COPIES
        self._today = today_in_vietnam()
        self._held_path = held_path
        self._taken: dict[str, tuple[str, Entry]] = {}
        self._gone: set[str] = set()

    def take(self, article: Article, path: str) -> None:
        """Note what is wrong with an article that was read, in place of what was before."""
        self._forget(article.id)
        self._taken[article.id] = (path, entry_of(article))
        self.note(diagnose(article, path, self._today))

    def note(self, problems: Iterable[Problem]) -> None:
        """Add problems, but those that staff accepted as right."""
        for problem in problems:
            if not self.corrections.is_accepted(problem.article_id, problem.kind):
                self._cases.setdefault(problem.kind, {})[problem.article_id] = (problem.path, problem.detail)

    def drop(self, article_id: str) -> None:
        """Forget an article that leaves the archive."""
        self._forget(article_id)
        self._taken.pop(article_id, None)
        self._gone.add(article_id)
        self.corrections.forget(article_id)

    def _forget(self, article_id: str) -> None:
        for cases in self._cases.values():
            cases.pop(article_id, None)

    def _compare(self) -> None:
        """Find anew which articles are copies of others: one that came, left or changed may concern any."""
        self._copies = self._copies.updated({each: entry for each, (_, entry) in self._taken.items()}, self._gone)
        for kind in COPIES:
            self._cases.pop(kind, None)
        for each in self._copies.found():
            path = (
                self._taken[each.article_id][0] if each.article_id in self._taken else self._held_path(each.article_id)
            )
            kind = ProblemKind.TWIN if each.is_twin else ProblemKind.NEAR_COPY
            self.note([Problem(kind, each.article_id, path, each.of)])

    def write(self, folder: Path) -> None:
        """The table stands in columns: JSON reads and writes a few long lists faster than 30,000 short ones."""
        self._compare()
        kinds = {
            kind: {
                "ids": [*cases],
                "paths": [path for path, _ in cases.values()],
                "details": [detail for _, detail in cases.values()],
            }
            for kind, cases in self._cases.items()
        }
        table = {"version": _VERSIONS, "is_whole": self._is_whole, "kinds": kinds}
        (folder / PROBLEMS).write_text(json.dumps(table), encoding="utf-8")
        self.corrections.write(folder)
        write_copies(folder, self._copies)


def read_problems(folder: Path, today: date | None = None) -> Problems:
    """The problems of a build, the gravest kind first. Raises IndexDamaged.

    A date in the future that has come meanwhile is none of them.
    """
    cases, is_whole = _read(folder)
    return Problems(tuple(_in_order(cases, today or today_in_vietnam())), is_whole)


def _in_order(cases: _Cases, today: date) -> Iterator[Problem]:
    for kind in ProblemKind:
        of_kind = ((path, article_id, detail) for article_id, (path, detail) in cases.get(kind, {}).items())
        for path, article_id, detail in sorted(of_kind):
            if kind is not ProblemKind.FUTURE_DATE or is_ahead(date.fromisoformat(detail), today):
                yield Problem(kind, article_id, path, detail)


def _read(folder: Path) -> tuple[_Cases, bool]:
    """The problems, and whether all articles were looked at by this version: older builds kept none, or fewer kinds."""
    path = folder / PROBLEMS
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        cases = {ProblemKind(kind): _rows(columns) for kind, columns in table["kinds"].items()}
        return cases, table["is_whole"] and table["version"] == _VERSIONS
    except FileNotFoundError:
        return {}, False
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexDamaged(f"{path} is not a table of problems") from error


def _rows(columns: dict[str, Any]) -> dict[str, tuple[str, str]]:
    rows = zip(columns["paths"], columns["details"], strict=True)
    return dict(zip(columns["ids"], rows, strict=True))
