"""Sentences that Python puts together; the templates hold the rest. Message ids are Vietnamese."""

from __future__ import annotations

from indexer import notices
from indexer.bootstrap import unread_date
from webapp import citations, formats
from webapp.citations import Style
from webapp.language import gettext, language, ngettext
from webapp.params import Problem


def articles(count: int, language: str) -> str:
    """`42 bài`."""
    shown = formats.number(count, language)
    return ngettext("%(count)s bài", "%(count)s bài", count, count=shown)


def facet_name(facet: str) -> str:
    """The heading of a facet."""
    names = {
        "author": gettext("Tác giả"),
        "section": gettext("Chuyên mục"),
        "source": gettext("Nguồn"),
        "year": gettext("Năm"),
        "month": gettext("Tháng"),
    }
    return names[facet]


def facet_value(facet: str, value: str, label: str, language: str) -> str:
    """A facet value that stands alone, as on a chip: `Năm 2020`, `Tháng 7/2020`, a name."""
    if facet == "month":
        return formats.month(value, language)
    return gettext("Năm %(year)s", year=value) if facet == "year" else label


def style_name(style: Style) -> str:
    """What a way to cite is called."""
    names = {citations.APA: "APA", citations.BIBTEX: "BibTeX", citations.RIS: "RIS"}
    return names.get(style) or gettext("Kiểu Việt Nam")


def problem(found: Problem) -> str:
    """What was not taken as given, and what was done instead."""
    match found.code:
        case "query_cut":
            return gettext("Câu tìm dài quá; chỉ đọc %(limit)s chữ cái đầu.", limit=found.value)
        case "too_many":
            return gettext("Nhiều bộ lọc quá; chỉ dùng %(limit)s cái đầu.", limit=found.value)
        case "too_large":
            return gettext("Số lớn quá; đã lấy mức cao nhất là %(limit)s.", limit=found.value)
        case "reversed":
            return gettext("Ngày đầu đứng sau ngày cuối, nên hai ngày đã được đổi chỗ.")
    return _unreadable(found)


def _unreadable(found: Problem) -> str:
    if found.parameter in {"from", "to"}:
        return notices.text(unread_date(found.value), language())
    return gettext(
        "Chưa hiểu %(parameter)s=%(value)s trong địa chỉ, nên đã bỏ qua.",
        parameter=found.parameter,
        value=found.value,
    )
