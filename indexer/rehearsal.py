"""What a run would change, article by article, as readers would see it; nothing is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from indexer.clinic.correcting import changes_between
from indexer.ledger import Ledger
from indexer.model import Article
from indexer.problems import FieldChange
from indexer.reports import Report, report_as_json


class ChangeKind(StrEnum):
    """What becomes of an article."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one article.

    `path` is where it comes from, or came from, and `path_before` where it came from before, if that was elsewhere.
    `fields` are what readers see besides the text: all that differ, or that a new article has. `has_other_text` says
    that its paragraphs differ.
    """

    kind: ChangeKind
    id: str
    title: str
    path: str
    path_before: str = ""
    fields: tuple[FieldChange, ...] = ()
    has_other_text: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a run would report, and every change, those of one kind together."""

    report: Report
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Rehearsal:
    """Takes the differences a run finds, in place of a draft (see `sync.Differences`), and compares."""

    held: Ledger
    changes: list[Change] = field(default_factory=list)

    def add(self, article: Article, path: str, digest: str) -> None:
        """An article that would be added, or take the place of one that is held."""
        held, before = self.held.get(article.id), self.held.article(article.id)
        if held is None or before is None:
            fields = changes_between(Article(article.id, ""), article)
            self.changes.append(Change(ChangeKind.NEW, article.id, article.title, path, fields=fields))
            return
        self.changes.append(
            Change(
                ChangeKind.MOVED if held.digest == digest else ChangeKind.CHANGED,
                article.id,
                article.title,
                path,
                held.path if held.path != path else "",
                changes_between(before, article),
                before.paragraphs != article.paragraphs,
            )
        )

    def remove(self, article_id: str) -> None:
        """An article that would leave."""
        held, before = self.held.get(article_id), self.held.article(article_id)
        if held and before:
            self.changes.append(Change(ChangeKind.REMOVED, article_id, before.title, held.path))

    def result(self, report: Report) -> Rehearsed:
        """All that was taken."""
        order = list(ChangeKind)
        return Rehearsed(report, tuple(sorted(self.changes, key=lambda change: order.index(change.kind))))


def rehearsed_as_json(rehearsed: Rehearsed) -> dict[str, Any]:
    """As plain data: the report of the run, and the changes."""
    return {
        "is_dry_run": True,
        **report_as_json(rehearsed.report),
        "changes": [asdict(change) for change in rehearsed.changes],
    }
