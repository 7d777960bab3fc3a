"""An article is read as it was indexed, and what is found in it keeps its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.documents import to_document
from indexer.engines.memory import MemoryEngine
from indexer.explaining.reading import occurrences, read, sightings
from indexer.explanation import Part, Place
from indexer.model import Article, Author, Caption, SearchRequest
from indexer.querying.plan import BODY, TITLE, Near, Sequence, Spellings, WrittenClause

ARTICLE = Article(
    "a",
    "TP.HCM mưa",
    "",
    ("Mưa. Mưa to!", "", "Mùa mưa"),
    (Caption("Mưa", "Lan"), Caption("")),
    (Author("Mưa", "mưa"),),
)


def test_every_article_is_read_as_it_was_indexed(sample_archive: Archive) -> None:
    ids = [hit.id for hit in sample_archive.search(SearchRequest("", page_size=100)).hits]
    articles = [found.article for id_ in ids if (found := sample_archive.article(id_))]
    for article in (*articles, ARTICLE):
        document, text = to_document(article, "", ""), read(article)
        assert tuple(spot.term for spot in text.spots[TITLE]) == document.title
        assert tuple(spot.term for spot in text.spots[BODY]) == document.body


def test_an_occurrence_is_as_it_is_printed() -> None:
    found = occurrences(Sequence((Spellings(("tp",)), Spellings(("hcm",)))), read(ARTICLE))
    assert [each.printed for each in found] == ["TP.HCM"]


def test_spellings_are_gathered_whatever_their_capitals_with_all_their_places() -> None:
    (sighting,) = sightings(occurrences(Spellings(("mưa",)), read(ARTICLE)))
    assert sighting.printed == "Mưa"
    assert sighting.places == (
        Place(Part.TITLE),
        Place(Part.PARAGRAPH, 1, 2),
        Place(Part.PARAGRAPH, 3),
        Place(Part.CAPTION, 1),
        Place(Part.BYLINE),
    )


MUA, MUA_SEASON, TO = Spellings(("mưa",), (BODY,)), Spellings(("mùa",), (BODY,)), Spellings(("to", "lan"), (BODY,))


@pytest.mark.parametrize(
    "clause",
    [
        MUA,
        TO,
        Sequence((MUA, TO)),
        *(Near((MUA, MUA_SEASON), distance) for distance in range(1, 8)),
        *(Near((MUA, MUA), distance) for distance in range(1, 4)),
        *(Near((MUA_SEASON, TO, MUA), distance) for distance in range(1, 6)),
    ],
    ids=str,
)
def test_a_clause_is_found_as_often_as_the_index_counts_it(clause: WrittenClause) -> None:
    engine, folder = MemoryEngine(), Path("one")
    engine.create(folder)
    writer = engine.writer(folder)
    writer.add(to_document(ARTICLE, "", ""))
    writer.commit()
    weighings = engine.searcher(folder).weigh([clause], "a")
    assert weighings is not None
    frequency = weighings[0].frequency  # of an article of average length, in the body: the plain number
    assert len(occurrences(clause, read(ARTICLE))) == pytest.approx(frequency)


def test_nothing_is_found_across_passages() -> None:
    assert not occurrences(Sequence((Spellings(("to",)), Spellings(("mùa",)))), read(ARTICLE))
