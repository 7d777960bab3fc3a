"""Titles and leads."""

from __future__ import annotations

import pytest

from indexer.sources.prose import check_title, join_lead, lines_of, one_line, paragraphs_of
from indexer.sources.unreadable import Unreadable

CUT = "Sáng nay đò ngang bến Sim chạy lại..."
FULL = "Sáng nay đò ngang bến Sim chạy lại sau hai tuần nghỉ."


def test_lines_are_canonical_and_blanks_collapsed() -> None:
    assert one_line(" Cho\u031b\u0323\u00a0 phiên\n họp ") == "Chợ phiên họp"
    assert lines_of("một\r\n\n  hai\tba ") == ["một", "", "hai ba"]
    assert paragraphs_of("một\r\n\n  hai\tba ") == ("một", "hai ba")


def test_a_cut_lead_takes_its_full_form() -> None:
    assert join_lead(CUT, (FULL, "Hết nước lũ.")) == (FULL, ("Hết nước lũ.",))
    assert join_lead(CUT.replace("...", " …"), (FULL,)) == (FULL, ())


def test_a_lead_printed_twice_is_kept_once() -> None:
    assert join_lead("Đò chạy lại.", ("Đò chạy lại.", "Hết lũ.")) == ("Đò chạy lại.", ("Hết lũ.",))
    assert join_lead("Đò chạy lại", ("Đò chạy lại…",)) == ("Đò chạy lại…", ())


@pytest.mark.parametrize(
    ("lead", "paragraph"),
    [
        ("Bến Sim", "Bến Sim nằm cuối sông."),
        ("Sáng nay đò ngang bến S", FULL),
        ("Hết lũ.", FULL),
        ("", FULL),
        ("...", FULL),
    ],
)
def test_a_paragraph_that_only_begins_alike_stays(lead: str, paragraph: str) -> None:
    assert join_lead(lead, (paragraph,)) == (lead, (paragraph,))


@pytest.mark.parametrize("title", ["", "***", "chữ" * 400])
def test_what_nobody_could_click_is_no_title(title: str) -> None:
    with pytest.raises(Unreadable):
        check_title(title, 1)
