"""The problems of a build's articles, kept in a file of the build."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path

from indexer.clinic.diagnosis import diagnose
from indexer.errors import IndexDamaged
from indexer.manifest import PROBLEMS
from indexer.model import Article
from indexer.problems import Problem, ProblemKind


class Casebook:
    """The problems of all articles: those of the build before, brought up to date by a run.

    Args:
        before: the folder of the build the run starts from; None to begin with nothing.
    """

    def __init__(self, before: Path | None) -> None:
        self._problems: dict[str, tuple[Problem, ...]] = {}
        for problem in read_problems(before) if before else ():
            self._problems[problem.article_id] = (*self._problems.get(problem.article_id, ()), problem)

    def take(self, article: Article, path: str) -> None:
        """Note what is wrong with an article that was read, in place of what was before."""
        self._problems[article.id] = tuple(diagnose(article, path))

    def drop(self, article_id: str) -> None:
        """Forget an article that leaves the archive."""
        self._problems.pop(article_id, None)

    def write(self, folder: Path) -> None:
        rows = [astuple(problem) for problems in self._problems.values() for problem in problems]
        (folder / PROBLEMS).write_text(json.dumps(rows), encoding="utf-8")


def read_problems(folder: Path) -> tuple[Problem, ...]:
    """The problems of a build; none where it was made before they were kept. Raises IndexDamaged."""
    path = folder / PROBLEMS
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Problem(ProblemKind(kind), *rest) for kind, *rest in rows)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(f"{path} is not a table of problems") from error
