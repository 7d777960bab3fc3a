"""The help page promises readers what its examples find; over the sample archive they do."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.archive import Archive
from indexer.model import OfferKind, SearchPage, SearchRequest


def examples(client: FlaskClient) -> list[str]:
    found = re.findall(r"<dt><a [^>]+><code>(.+?)</code>", client.get("/tro-giup").text)
    return [unescape(query) for query in found]


def ask(archive: Archive, query: str) -> SearchPage:
    return archive.search(SearchRequest(query, page_size=100))


def test_every_example_finds_something(client: FlaskClient, sample_archive: Archive) -> None:
    assert len(examples(client)) >= 20
    assert [query for query in examples(client) if not ask(sample_archive, query).total] == []


@pytest.mark.parametrize(
    ("query", "searched"),
    [("mưa lon", "mưa lớn"), ("xaay duwngj", "xây dựng"), ("d9uo7ng2 sa81t", "đường sắt"), ("marathon", "marathon")],
)
def test_an_example_is_read_as_the_page_says(
    client: FlaskClient, sample_archive: Archive, query: str, searched: str
) -> None:
    assert query in examples(client)
    assert ask(sample_archive, query).searched == searched


@pytest.mark.parametrize(
    ("query", "kind", "texts"),
    [
        ("mua", OfferKind.SPELLING, {"mưa", "mùa"}),
        ("cảnh xát giao thông", OfferKind.CORRECTION, {"cảnh sát giao thông"}),
    ],
)
def test_an_example_offers_what_the_page_says(
    client: FlaskClient, sample_archive: Archive, query: str, kind: OfferKind, texts: set[str]
) -> None:
    assert query in examples(client)
    page = ask(sample_archive, query)
    assert texts <= {offer.text for offer in page.offers if offer.kind is kind}
    assert page.searched == query


@pytest.mark.parametrize(("more", "fewer"), [("HĐND", '"HĐND"'), ("CA", "ca"), ("xay dung", "xây dựng")])
def test_of_two_examples_one_finds_more_as_the_page_says(
    client: FlaskClient, sample_archive: Archive, more: str, fewer: str
) -> None:
    assert more in examples(client)
    found, less = ({hit.id for hit in ask(sample_archive, query).hits} for query in (more, fewer))
    assert less < found
