"""SYNTAX.md tells how marks are read, over an archive of short articles; every row is held to it, in both engines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

import indexer.querying
from indexer.archive import Archive
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.model import OfferKind, SearchPage, SearchRequest
from indexer.notices import FEW_HAVE_ALL, REPLACED
from indexer.querying.parser import parse
from indexer.querying.planner import is_without_marks
from tests.indexer.small_archives import ready_synonyms, searcher_of

DOC = (Path(indexer.querying.__file__).parent / "SYNTAX.md").read_text(encoding="utf-8")
VIETNAMESE = "| gõ | tìm thấy | không lẫn với | tìm thay bằng | mời bấm | vì sao |"
ENGLISH = "| type | found | never | searched instead | offered | why |"
NOTHING = "–"
KINDS = {
    OfferKind.SPELLING: ("cách viết", "spelling"),
    OfferKind.UNMARKED: ("không dấu", "no marks"),
    OfferKind.LITERAL: ("như đã gõ", "as typed"),
    OfferKind.ALL_WORDS: ("đủ mọi từ", "all words"),
    OfferKind.CORRECTION: ("có phải", "did you mean"),
    OfferKind.UNQUOTED: ("không ngoặc", "no quotes"),
}
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}
TYPED_AS = {
    "(NFD)": lambda text: unicodedata.normalize("NFD", text),
    "(U+200B)": "\u200b".join,
}

Offered = tuple[OfferKind, str, int]


@dataclass(frozen=True)
class Row:
    """One row: `found` are the groups of articles that stand one above the other, in any order within each."""

    typed: str
    is_literal: bool
    found: tuple[frozenset[str], ...]
    never: frozenset[str]
    searched: str
    offered: tuple[Offered, ...]

    def __str__(self) -> str:
        return f"{self.typed}{' literally' if self.is_literal else ''}"


def rows(header: str) -> Iterator[Row]:
    lines = iter(DOC.splitlines())
    next(line for line in lines if line == header)
    next(lines)
    for line in lines:
        if not line:
            return
        cells = line.removeprefix("| ").removesuffix(" |").split(" | ")
        assert len(cells) == header.count(" | ") + 1, line
        yield row(*cells[:5])


def row(typed: str, found: str, never: str, instead: str, offers: str) -> Row:
    text, *literal = codes(typed)
    how = re.search(r"\(\S+\)$", typed)
    typed_text = TYPED_AS[how[0]](text) if how else text
    return Row(
        typed_text,
        literal == ["literal=1"],
        tuple(frozenset(codes(group)) for group in found.split(" > ") if group != NOTHING),
        frozenset(codes(never)),
        typed_text if instead == NOTHING else codes(instead)[0],
        tuple(chain.from_iterable(map(offers_of, offers.split("; ")))) if offers != NOTHING else (),
    )


def codes(cell: str) -> list[str]:
    return [text for _, text in re.findall(r"(?<!`)(`{1,2}) ?(.+?) ?\1(?!`)", cell)]


def offers_of(cell: str) -> Iterator[Offered]:
    """Of one kind: `cách viết ‹a› 3, ‹b› 1`; the way back has no number."""
    kind, _, _ = cell.partition(" `")
    for part in cell.split(", "):
        (text,) = codes(part)
        number = re.search(r"`\s(\d+)$", part)
        yield KIND_OF[kind], text, int(number[1]) if number else 0


@cache
def articles() -> tuple[str, ...]:
    """The texts of the example archive, each as often as it stands there."""
    block = re.search(r"```text\n(.*?)```", DOC, re.DOTALL)
    assert block
    lines = [line.split(" × ") for line in block[1].splitlines()]
    return tuple(text for number, text in lines for _ in range(int(number)))


@pytest.fixture(scope="module", params=[MemoryEngine, WhooshEngine], ids=["memory", "whoosh"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    searcher = searcher_of(articles(), request.param(), tmp_path_factory.mktemp("marks"))
    return Archive(searcher, "marks", synonyms=ready_synonyms)


Ask = Callable[[Row], SearchPage]


@pytest.fixture(scope="module")
def ask(archive: Archive) -> Ask:
    """Each row is asked once; every test looks at another side of the same page."""

    @cache
    def search(row: Row) -> SearchPage:
        return archive.search(SearchRequest(row.typed, literal=row.is_literal, page_size=100))

    return search


def texts_of(archive: Archive, page: SearchPage) -> list[str]:
    opened = [archive.article(hit.id) for hit in page.hits]
    return [each.article.lead for each in opened if each]


ROWS = tuple(rows(VIETNAMESE))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_found_and_in_which_order(archive: Archive, ask: Ask, row: Row) -> None:
    texts = texts_of(archive, ask(row))
    rest = list(texts)
    for group in row.found:
        size = sum(text in group for text in texts)
        assert set(rest[:size]) == group
        rest = rest[size:]
    assert rest == []
    assert len(texts) == sum(text in group for group in row.found for text in articles())


@pytest.mark.parametrize("row", [row for row in ROWS if row.never], ids=str)
def test_what_is_never_found_is_in_the_archive(archive: Archive, ask: Ask, row: Row) -> None:
    assert row.never <= set(articles())
    assert not row.never & set(texts_of(archive, ask(row)))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_searched_instead_is_said(ask: Ask, row: Row) -> None:
    page = ask(row)
    assert page.searched == row.searched
    told = [notice for notice in page.notices if notice.code in REPLACED]
    assert [(each.values["typed"], each.values["searched"]) for each in told] == (
        [] if row.searched == row.typed else [(row.typed, row.searched)]
    )


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_is_offered(ask: Ask, row: Row) -> None:
    page = ask(row)
    assert [(offer.kind, offer.text, offer.count) for offer in page.offers] == list(row.offered)


def test_both_languages_show_the_same_examples() -> None:
    assert tuple(rows(ENGLISH)) == ROWS


def test_the_table_shows_every_kind_of_offer_and_replacement(ask: Ask) -> None:
    assert {kind for row in ROWS for kind, _, _ in row.offered} == set(OfferKind)
    told = {notice.code for row in ROWS for notice in ask(row).notices}
    assert told >= {
        *REPLACED,
        FEW_HAVE_ALL,
        "every_spelling",
        "most_words",
        "bound_kept",
        "bound_alone",
        "missing_phrase",
    }


def test_every_spelling_is_said_of_the_queries_without_marks_alone(ask: Ask) -> None:
    for row in ROWS:
        tree = parse(row.typed).tree
        told = {notice.code for notice in ask(row).notices}
        assert "every_spelling" not in told or (tree and is_without_marks(tree)), row
