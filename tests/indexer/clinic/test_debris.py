"""What counts as markup that was left in a text."""

from __future__ import annotations

import pytest

from indexer.clinic.debris import find_debris


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sáng nay,<p>chợ đông.</p>", "<p>chợ đông.</p>"),
        ('Xem <a href="/x.html">bài trước</a>', '<a href="/x.html">'),
        ("Chợ&nbsp;đông", "&nbsp;"),
        ("Gạo &amp; muối", "&amp;"),
        ("Chợ &#8211; bến", "&#8211;"),
        ("Chữ [b]đậm[/b]", "[b]"),
        ("[img]http://x.example/a.jpg[/img]", "[img]"),
        ("Chào {{ user.name }}", "{{"),
        ("hết bài. < /", "< /"),
        ("hết bài... <", "<"),
        ("p.p1 {margin: 0.0px; font: 12.0px Arial}", "{margin: 0.0px;"),
        ('$(document).ready(function(){ console.log("x") })', "function(){"),
        ("<!-- quảng cáo -->", "<!--"),
        ("<![CDATA[ x ]]>", "<![CDATA["),
    ],
)
def test_debris_is_found_and_shown(text: str, shown: str) -> None:
    assert find_debris(text).startswith(shown)
    assert len(find_debris(text)) <= 40


@pytest.mark.parametrize(
    "text",
    [
        "Tỉ lệ nợ xấu < 1,0%, gió < cấp 6, a<b",
        "AT&T; R&D; Bộ TT&TT; S&P 500",
        "[Infographic] Tên lửa [VIDEO] [1] [quy định tại điều 16 - PV] [Nga]",
        "Xem thêm > > > Sao Việt",
        "Hàm f(x) {x thuộc R}",
        "Tập hợp {1; 2; 3}",
        "<Chuyện cũ viết lại>, <Báo Mới>",
        "",
    ],
)
def test_what_newspapers_print_is_none(text: str) -> None:
    assert find_debris(text) == ""


@pytest.mark.parametrize("beginning", ["[b=", "[caption ", "function(", "{a: ", "<p ", "&#1"])
def test_beginnings_without_an_end_take_no_time_without_end(beginning: str) -> None:
    assert len(find_debris(beginning * 50_000 + " {")) <= 40
