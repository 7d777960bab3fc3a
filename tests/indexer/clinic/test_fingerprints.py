"""What makes no difference to a fingerprint, and what does."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.canonical import canonical
from indexer.clinic.fingerprints import FEWEST_SHINGLES, FINGERPRINT_VERSION, NUMBER_POINTS, TEXT_POINTS, fingerprint
from indexer.model import Article, Caption
from indexer.sources.fields import authors_named

ARTICLE = Article(
    "a",
    "Hoà giải ở thôn Thuý Sơn",
    lead="Ngày 12/4, hơn 30 hộ dân đã đến nhà văn hoá.",
    paragraphs=("Ông trưởng thôn nói: “Xong 5 việc – còn 17 việc”.", "Thuỷ lợi, đường sá, 8 cây cầu, 240 ha lúa."),
)


@pytest.mark.parametrize(
    "other",
    [
        replace(ARTICLE, id="b", authors=authors_named(["Lan Chi"]), captions=(Caption("Bến cá."),), section="Xã hội"),
        replace(ARTICLE, title="HÒA GIẢI ở thôn Thúy Sơn!"),
        replace(ARTICLE, lead="Ngay 12 / 4,  hon 30 ho dan da den nha van hoa"),
        replace(ARTICLE, paragraphs=('Ông trưởng thôn nói: "Xong 5 việc - còn 17 việc". ' + ARTICLE.paragraphs[1],)),
        replace(ARTICLE, lead="", paragraphs=(ARTICLE.lead, *ARTICLE.paragraphs)),
    ],
)
def test_spelling_signs_breaks_bylines_and_captions_make_no_difference(other: Article) -> None:
    assert fingerprint(other) == fingerprint(ARTICLE)


def test_one_word_makes_another_digest_and_leaves_most_of_the_sketch() -> None:
    one, other = fingerprint(ARTICLE), fingerprint(replace(ARTICLE, lead=ARTICLE.lead.replace("hộ", "người")))
    assert one.digest != other.digest
    same = sum(mine == its for mine, its in zip(one.text, other.text, strict=True))
    assert TEXT_POINTS // 2 < same < TEXT_POINTS


def test_a_title_moved_into_the_text_is_another_article() -> None:
    moved = replace(ARTICLE, title="", lead=f"{ARTICLE.title} {ARTICLE.lead}")
    assert fingerprint(moved).digest != fingerprint(ARTICLE).digest


def test_words_of_the_same_letters_are_different_words() -> None:
    words = ("1231", "1321", "banan", "nanab", "abab", "baba", "12", "21", "1 2", "112", "211", "a", "aa", "aaa", "b")
    assert len({fingerprint(Article("", word)).digest for word in words}) == len(words)


def test_a_short_text_has_a_digest_alone() -> None:
    found = fingerprint(Article("a", "Tin vắn", "Mưa lớn ở miền Trung."))
    assert (len(found.digest), found.text, found.numbers) == (8, b"", b"")


@given(st.text(max_size=300).map(canonical))
def test_any_text_has_a_fingerprint_of_its_size(text: str) -> None:
    found = fingerprint(Article("a", text, text, (text,)))
    assert len(found.digest) == 8
    assert len(found.text) in (0, TEXT_POINTS)
    assert len(found.numbers) in (0, NUMBER_POINTS)
    assert fingerprint(Article("b", normalize("NFC", text), text, (text,))) == found


def test_the_order_of_shingles_is_no_matter_to_the_sketch_but_to_the_digest() -> None:
    words = [f"{letter}x" for letter in "abcdefghijklmnopqrstuvwxyz"][: FEWEST_SHINGLES + 4]
    there, back = " ".join(words), " ".join((*words, *words))
    one, other = fingerprint(Article("a", "t", there)), fingerprint(Article("a", "t", back))
    assert one.digest != other.digest
    assert sum(mine != its for mine, its in zip(one.text, other.text, strict=True)) < TEXT_POINTS // 4


def test_a_fingerprint_stays_the_same_from_process_to_process_until_its_version_is_raised() -> None:
    joined = b"".join(fingerprint(ARTICLE))
    assert (FINGERPRINT_VERSION, crc32(joined)) == (2, 2796882641)
