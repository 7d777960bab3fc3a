"""Dates in words in the fields and in the query: what was understood is a chip, what was not is told at its field."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient


def page_of(client: FlaskClient, language: str = "vi", **arguments: str) -> str:
    client.set_cookie("lang", language)
    return unescape(client.get(f"/tim-kiem?{urlencode(arguments)}").text)


def chips(page: str) -> list[str]:
    return re.findall(r'<a href="[^"]+" class="chip[^>]+><bdi>(.+?)</bdi>', page)


def offer(page: str) -> tuple[str, dict[str, list[str]]] | None:
    found = re.search(r'<p class="date-offer"><a href="([^"]+)"[^>]*><bdi>(.+?)</bdi>', page)
    return (found[2], parse_qs(urlsplit(found[1]).query, keep_blank_values=True)) if found else None


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("Tết 2015", "Tết 2015", ["Tết 2015: 19/2/2015 – 21/2/2015"]),
        ("tet at mui 2015", "21/2/2015", ["Tết 2015: 19/2/2015 – 21/2/2015"]),
        ("rằm tháng Bảy 2020", "rằm tháng Bảy 2020", ["Rằm tháng Bảy 2020: 2/9/2020 (15/7 âm lịch)"]),
        ("2/9/2020", "2/9/2020", ["Ngày 2/9/2020 (15/7 âm lịch)"]),
        ("tháng Chạp 2019", "tháng Chạp 2019", ["Tháng 12 âm lịch 2019: 26/12/2019 – 24/1/2020"]),
        ("quý I/2015", "quý I/2015", ["Quý I/2015: 1/1/2015 – 31/3/2015"]),
        ("tháng 7/2015", "7/2015", ["Tháng 7/2015"]),
        ("2015", "năm 2015", ["Năm 2015"]),
        ("8 tháng đầu năm 2015", "8 tháng đầu năm 2015", ["8 tháng đầu năm 2015: 1/1/2015 – 31/8/2015"]),
        ("Tết 2015", "", ["Từ 19/2/2015 (Tết 2015)"]),
        ("Tết 2015", "2015", ["Từ 19/2/2015 (Tết 2015)", "Đến 31/12/2015"]),
        ("2016", "Tết 2015", ["Từ 19/2/2015 (Tết 2015)", "Đến 31/12/2016"]),
    ],
)
def test_what_was_understood_is_a_chip_in_words(client: FlaskClient, since: str, until: str, shown: list[str]) -> None:
    page = page_of(client, **{"from": since, "to": until})
    assert chips(page) == shown


def test_chips_are_translated(client: FlaskClient) -> None:
    page = page_of(client, "en", **{"from": "rằm tháng Giêng 2015", "to": "5/3/2015"})
    assert chips(page) == ["5 March 2015 (lunar 15/1)"]
    page = page_of(client, "en", **{"from": "quý 1/2015", "to": "quý 1/2015"})
    assert chips(page) == ["Quarter 1 of 2015: 1 January 2015 – 31 March 2015"]


def test_a_chip_of_both_ends_takes_both_away(client: FlaskClient) -> None:
    page = page_of(client, q="xây", **{"from": "Tết 2015", "to": "Tết 2015"})
    found = re.search(r'<a href="([^"]+)" class="chip', page)
    assert found
    assert parse_qs(urlsplit(found[1]).query) == {"q": ["xây"]}


def test_the_first_day_and_the_last_both_count(client: FlaskClient) -> None:
    # There is one of 1/7/2020.
    for since, until in (
        ("quý 3/2020", "7/2020"),
        ("quý 2/2020", "1/7/2020"),
        ("11/5 âm lịch 2020", "11/5 âm lịch 2020"),
    ):
        assert "— 1 bài" in page_of(client, q="xây", **{"from": since, "to": until})
    assert "— 0 bài" in page_of(client, q="xây", **{"from": "quý 2/2020", "to": "quý 2/2020"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("quý 2", "“quý 2” chưa nói năm nào"),
        ("mùng 1 tháng 7 2020", "có thể là ngày âm hay ngày dương"),
        ("những năm 20", "chưa nói thế kỷ nào"),
        ("xưa", "Chưa đọc được ngày “xưa”"),
    ],
)
@pytest.mark.parametrize("name", ["from", "to"])
def test_what_a_date_lacks_is_told_at_its_field(client: FlaskClient, name: str, text: str, told: str) -> None:
    page = page_of(client, q="xây", **{name: text})
    note = re.search(rf'<li id="{name}-error">(.+?)</li>', page)
    assert note
    assert told in note[1]
    field = re.search(rf'<input id="{name}"[^>]+>', page)
    assert field
    assert f'value="{text}"' in field[0]
    assert f'aria-describedby="{name}-error date-hint" aria-invalid="true"' in field[0]
    assert chips(page) == []


def test_words_at_the_end_of_a_query_are_searched_and_offered_as_days(client: FlaskClient) -> None:
    page = page_of(client, q="xây dựng Tết 2015")
    assert chips(page) == []
    assert 'value="xây dựng Tết 2015"' in page
    assert offer(page) == (
        "“xây dựng” chỉ trong Tết 2015 (19/2/2015 – 21/2/2015)",
        {"q": ["xây dựng"], "from": ["2015-02-19"], "to": ["2015-02-21"]},
    )
    assert offer(page_of(client, q="tết 2015")) == (
        "Chỉ trong tết 2015 (19/2/2015 – 21/2/2015)",
        {"q": [""], "from": ["2015-02-19"], "to": ["2015-02-21"]},
    )


def test_words_in_the_first_field_alone_are_offered_as_the_last_day_too(client: FlaskClient) -> None:
    assert offer(page_of(client, q="xây", **{"from": "Tết 2015"})) == (
        "Chỉ trong Tết 2015 (19/2/2015 – 21/2/2015)",
        {"q": ["xây"], "from": ["2015-02-19"], "to": ["2015-02-21"]},
    )


@pytest.mark.parametrize(
    "query",
    ["xây dựng", "xây 2015", '"Tết 2015"', "xây (Tết 2015)", "ngày:Tết 2015", "xây -tết 2015", "Tết", "tết 2015 quê"],
)
def test_nothing_is_offered_where_no_date_in_words_ends_the_query(client: FlaskClient, query: str) -> None:
    assert offer(page_of(client, q=query)) is None


def test_nothing_is_offered_where_days_are_chosen_already(client: FlaskClient) -> None:
    assert offer(page_of(client, q="xây Tết 2015", **{"from": "2015"})) is None
    assert offer(page_of(client, q="xây", **{"from": "2015", "to": "2016"})) is None


def test_the_json_api_takes_the_same_words(client: FlaskClient) -> None:
    arguments = urlencode({"q": "xây", "from": "quý 3/2020", "to": "quý 3/2020"})
    assert client.get(f"/api/v1/search?{arguments}").get_json()["total"] == 1
    assert client.get("/api/v1/search?q=a&from=qu%C3%BD+2").status_code == 400
