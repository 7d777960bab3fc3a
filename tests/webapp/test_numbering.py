"""Matches are numbered through the whole article, and each leads to its neighbours."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from webapp.numbering import Wording, lit_through

WORDING = Wording("vi", "Trước", "Sau")
PARTS = st.lists(
    st.tuples(st.text(max_size=30), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=5)),
    max_size=6,
)


def test_three_matches_in_two_parts() -> None:
    (title, body), total = lit_through([("Xây dựng", [(0, 3)]), ("xây <nhà> xây", [(0, 3), (10, 13)])], WORDING)
    assert total == 3
    assert title == Markup(
        '<mark id="m1" tabindex="-1">Xây</mark><span class="hop" data-place="1 / 3" lang="vi">'
        '<a href="#m3" aria-label="Trước"></a><a href="#m2" aria-label="Sau"></a></span> dựng'
    )
    assert "&lt;nhà&gt;" in body
    assert re.findall(r"\d / 3", body) == ["2 / 3", "3 / 3"]
    assert re.findall(r'href="#(m\d)"', body) == ["m1", "m3", "m2", "m1"]


def test_an_article_without_matches_has_none() -> None:
    assert lit_through([("a & b", ()), ("", ())], WORDING) == ((Markup("a &amp; b"), Markup("")), 0)


@given(PARTS)
def test_nothing_of_the_text_is_lost_and_every_link_leads_somewhere(
    parts: list[tuple[str, list[tuple[int, int]]]],
) -> None:
    lit, total = lit_through(parts, WORDING)
    for (text, _), html in zip(parts, lit, strict=True):
        bare = re.sub(r'<span class="hop".*?</span>|</?mark[^>]*>', "", html)
        assert unescape(bare).replace("\r", "\n") == text.replace("\r", "\n")
    page = "".join(lit)
    assert re.findall(r'<mark id="(m\d+)"', page) == [f"m{number}" for number in range(1, total + 1)]
    assert set(re.findall(r'href="#(m\d+)"', page)) <= {f"m{number}" for number in range(1, total + 1)}
