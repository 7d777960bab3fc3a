"""The form in which a reader reports a mistake: made, and read. Knows nothing of who sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.problems import ReportKind
from indexer.reader_reports import MOST_CHARS
from webapp.contexts_article import ReportChoice, ReportForm
from webapp.language import gettext
from webapp.params import clean

DECOY = "website"
"""A field that people do not see and leave empty; programs that fill in forms do not."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent; `kind` is None where nothing that can be wrong was chosen."""

    kind: ReportKind | None
    text: str
    is_too_long: bool = False

    @property
    def is_complete(self) -> bool:
        return self.kind is not None and bool(self.text) and not self.is_too_long


def report_form(action: str) -> ReportForm:
    """The empty form."""
    return ReportForm(action, _choices(None), most_chars=MOST_CHARS)


def read_report(form: Mapping[str, str]) -> Typed:
    """What the form holds, whatever was sent."""
    kind, text = form.get("kind", ""), clean(form.get("text", ""))
    known = ReportKind(kind) if kind in set(ReportKind) else None
    return Typed(known, text[:MOST_CHARS], len(text) > MOST_CHARS)


def filled_in(action: str, typed: Typed) -> ReportForm:
    """The form as it was sent, with what is missing told at its fields."""
    return replace(
        report_form(action),
        choices=_choices(typed.kind),
        text=typed.text,
        choice_error="" if typed.kind else gettext("Xin chọn chỗ sai thuộc loại nào."),
        text_error=_text_error(typed),
    )


def _text_error(typed: Typed) -> str:
    if typed.is_too_long:
        return gettext("Nhiều nhất %(count)s ký tự; phần sau đã bị cắt.", count=str(MOST_CHARS))
    return "" if typed.text else gettext("Xin cho biết sai ở đâu.")


def _choices(chosen: ReportKind | None) -> tuple[ReportChoice, ...]:
    labels = {
        ReportKind.WORDS: gettext("Chữ sai"),
        ReportKind.DATE: gettext("Ngày sai"),
        ReportKind.AUTHOR: gettext("Tác giả sai"),
        ReportKind.OTHER: gettext("Chỗ khác"),
    }
    return tuple(ReportChoice(kind.value, label, kind is chosen) for kind, label in labels.items())
