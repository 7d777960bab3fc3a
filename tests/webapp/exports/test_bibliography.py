"""The citations of all results in one file."""

from __future__ import annotations

import re
from datetime import date
from html import escape

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import ARTICLES


def test_bibtex_has_an_entry_for_each_result_in_their_order(client: FlaskClient) -> None:
    answer = client.get("/tim-kiem.bib?q=xây+dựng&sort=oldest")
    assert answer.content_type == "application/x-bibtex"
    titles = re.findall(r"^  title = \{\{(.+)\}\},$", answer.text, re.MULTILINE)
    assert titles[-1] == "Đẩy mạnh xây dựng Đảng ở cơ sở"
    keys = re.findall(r"^@article\{(khobao-[a-z0-9]+),$", answer.text, re.MULTILINE)
    assert len(set(keys)) == len(titles) == int(answer.headers["X-Total-Count"])
    assert "journal = {Báo Bến Sim}" in answer.text


def test_ris_has_a_record_for_each_result(client: FlaskClient) -> None:
    answer = client.get("/tim-kiem.ris?q=xây+dựng")
    assert answer.content_type == "application/x-research-info-systems"
    lines = answer.data.decode().split("\r\n")
    assert lines.count("TY  - NEWS") == lines.count("ER  - ") == int(answer.headers["X-Total-Count"])
    assert "T2  - Báo Bến Sim" in lines


@pytest.mark.parametrize("ending", ["txt", "apa.txt"])
def test_a_list_to_read_says_of_each_what_its_page_says(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/tim-kiem.{ending}?q=sinh+hoạt+chi+bộ")
    assert answer.content_type == "text/plain; charset=utf-8"
    (line,) = answer.text.splitlines()
    assert escape(line, quote=False) in client.get(f"/bai/{ARTICLES[0].id}").text
    assert str(date.today().year) in line or ending != "txt"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_there_are_no_citations_in_a_style_that_is_not_known(client: FlaskClient) -> None:
    assert client.get("/tim-kiem.mla?q=xây").status_code == 404
