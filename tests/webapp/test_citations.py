"""Citations: every part where readers and reference managers look for it, and no text that breaks out of its field."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Article, Author
from tests.webapp.conftest import ARTICLES, author
from webapp import citations
from webapp.citations import Cited

ADDRESS = "https://bao.example/b/0123456789"
FULL = Cited(ARTICLES[0], "Báo Quê", ADDRESS, "0123456789", date(2026, 8, 5))
BARE = replace(FULL, article=Article(id="x", title="Ai làm?"))
TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


def signed(*names: str) -> Cited:
    return replace(FULL, article=replace(ARTICLES[0], authors=tuple(map(author, names))))


def test_the_vietnamese_way() -> None:
    assert citations.vietnamese(FULL) == (
        "Đình Lâm, Hồng Hà (2020), “Đẩy mạnh xây dựng Đảng ở cơ sở”, Báo Quê, ngày 1/7/2020,"
        f" {ADDRESS}, truy cập ngày 5/8/2026."
    )
    assert citations.vietnamese(BARE) == (f"“Ai làm?”, Báo Quê, không rõ ngày, {ADDRESS}, truy cập ngày 5/8/2026.")
    assert citations.vietnamese(signed()).startswith("“Đẩy mạnh xây dựng Đảng ở cơ sở” (2020), Báo Quê")


def test_a_source_that_is_known_is_what_printed_the_article() -> None:
    taken = replace(FULL, article=replace(FULL.article, source="Báo Bến Sim"))
    for style in citations.STYLES:
        assert "Báo Bến Sim" in style.write(taken)
        assert "Báo Quê" not in style.write(taken)


def test_no_two_entries_of_a_list_have_one_key() -> None:
    text = "".join(citations.listed([FULL, BARE, replace(BARE, code="abcdefghij")], citations.BIBTEX))
    keys = re.findall(r"^@article\{(.*),$", text, re.MULTILINE)
    assert keys == ["khobao-0123456789", "khobao-0123456789-2", "khobao-abcdefghij"]


@given(st.lists(st.sampled_from(["0123456789", "abcdefghij"]), max_size=5), TEXT)
def test_a_list_to_read_has_a_line_for_each_article(codes: list[str], name: str) -> None:
    article = replace(FULL.article, authors=(Author(name, "k"),), source=name)
    for style in (citations.VIETNAMESE, citations.APA):
        lines = "".join(citations.listed((replace(FULL, article=article, code=code) for code in codes), style))
        assert len(lines.splitlines()) == len(codes)


def test_after_apa() -> None:
    assert citations.apa(FULL) == (
        f"Đình Lâm & Hồng Hà. (2020, July 1). Đẩy mạnh xây dựng Đảng ở cơ sở. Báo Quê. {ADDRESS}"
    )
    assert citations.apa(BARE) == f"Ai làm? (n.d.). Báo Quê. {ADDRESS}"


@pytest.mark.parametrize(
    ("names", "opening"),
    [
        (("N.V.A.",), "N.V.A. (2020"),
        (("A", "B", "C"), "A, B, & C. (2020"),
        (tuple(map(str, range(1, 23))), ", 19, … 22. (2020"),
    ],
)
def test_one_author_or_many_after_apa(names: tuple[str, ...], opening: str) -> None:
    assert opening in citations.apa(signed(*names))


def test_for_bibtex() -> None:
    assert citations.bibtex(FULL) == (
        "@article{khobao-0123456789,\n"
        "  author = {{Đình Lâm} and {Hồng Hà}},\n"
        "  title = {{Đẩy mạnh xây dựng Đảng ở cơ sở}},\n"
        "  journal = {Báo Quê},\n"
        "  year = {2020},\n"
        "  month = jul,\n"
        "  day = {1},\n"
        f"  url = {{{ADDRESS}}},\n"
        "  urldate = {2026-08-05},\n"
        "  language = {vietnamese},\n"
        "}\n"
    )
    bare = citations.bibtex(BARE)
    assert not re.search(r"author|year|month|day =", bare.replace("urldate", ""))


def test_signs_that_latex_reads_are_written_as_it_wants_them() -> None:
    article = Article(id="x", title=r"50% & {một} \hai a_b #1 ~ ^")
    assert (
        r"title = {{50\% \& \textbraceleft{}một\textbraceright{} \textbackslash{}hai a\_b \#1"
        r" \textasciitilde{} \textasciicircum{}}}"
    ) in citations.bibtex(replace(FULL, article=article))


@given(title=TEXT, name=TEXT, newspaper=TEXT)
def test_no_text_breaks_out_of_its_field_in_bibtex(title: str, name: str, newspaper: str) -> None:
    article = Article(id="x", title=title, authors=(Author(name, "k"),))
    entry = citations.bibtex(replace(FULL, article=article, newspaper=newspaper))
    depth = 0
    for place, sign in enumerate(entry):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or place < len("@article") or place >= len(entry) - 2
    assert depth == 0
    assert [line.split(" = ")[0].strip() for line in entry.split("\n")[1:-2]] == (
        ["author", "title"] + ["journal"] * bool(newspaper.split()) + ["url", "urldate", "language"]
    )


def test_for_ris() -> None:
    assert citations.ris(FULL).split("\r\n") == [
        "TY  - NEWS", "AU  - Đình Lâm", "AU  - Hồng Hà", "TI  - Đẩy mạnh xây dựng Đảng ở cơ sở", "T2  - Báo Quê",
        "SE  - Chính trị", "PY  - 2020", "DA  - 2020/07/01/", "LA  - vi", f"UR  - {ADDRESS}", "Y2  - 2026/08/05/",
        "ER  - ", "",
    ]  # fmt: skip


@given(title=TEXT, name=TEXT, section=TEXT)
def test_no_text_breaks_out_of_its_line_in_ris(title: str, name: str, section: str) -> None:
    article = Article(id="x", title=title, authors=(Author(name, "k"),), section=section)
    record = citations.ris(replace(FULL, article=article))
    lines = record.splitlines()
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert [line[:2] for line in lines].count("ER") == 1
    assert lines[-1] == "ER  - "
