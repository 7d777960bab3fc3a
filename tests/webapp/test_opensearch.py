"""A browser can take the archive up among its search engines."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from tests.hostile import QUERIES
from tests.webapp.conftest import FakeArchive
from webapp.app import create_app

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_every_page_leads_to_the_description(client: FlaskClient) -> None:
    for path in ("/", "/tim-kiem?q=xây", "/bai/khong-ngay", "/tro-giup"):
        assert (
            '<link rel="search" type="application/opensearchdescription+xml" title="Kho Báo" href="/opensearch.xml">'
            in client.get(path).text
        )


def test_the_description_keeps_to_the_lengths_of_the_standard_and_its_addresses_answer(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    root = Xml.fromstring(answer.data)  # noqa: S314 - our own
    assert len(root.findtext(f"{NAMESPACE}ShortName") or "") in range(1, 17)
    assert len(root.findtext(f"{NAMESPACE}LongName") or "") in range(1, 49)
    assert len(root.findtext(f"{NAMESPACE}Description") or "") in range(1, 1025)
    addresses = {each.get("type", ""): each.get("template", "") for each in root.findall(f"{NAMESPACE}Url")}
    assert set(addresses) >= {"text/html", "application/atom+xml", "application/x-suggestions+json"}
    for media_type, template in addresses.items():
        url = template.replace("{searchTerms}", "xây+dựng").replace("{startPage?}", "1")
        assert url.startswith("http://localhost/")
        answer = client.get(url.removeprefix("http://localhost"))
        assert (answer.status_code, answer.mimetype) == (200, media_type)


def test_suggestions_come_in_the_form_that_browsers_ask_for(client: FlaskClient) -> None:
    answer = client.get("/goi-y.json?q=đình")
    assert answer.mimetype == "application/x-suggestions+json"
    assert answer.get_data(as_text=True) == '["đình", ["tác giả:\\"Đình Lâm\\""]]'
    assert client.get("/goi-y.json").get_data(as_text=True) == '["", []]'


def test_below_a_path_every_address_is_below_it() -> None:
    client = create_app(Settings(), FakeArchive).test_client()
    told = client.get("/opensearch.xml", base_url="https://bao.example/kho/").text
    assert 'template="https://bao.example/kho/tim-kiem?q={searchTerms}"' in told
    assert told.count("https://bao.example/kho/") == 5


@pytest.mark.parametrize("query", QUERIES[::5], ids=lambda query: ascii(query[:20]))
def test_any_text_gets_suggestions(client: FlaskClient, query: str) -> None:
    answer = client.get("/goi-y.json", query_string={"q": query.encode("utf-8", "surrogatepass")})
    assert answer.status_code == 200
