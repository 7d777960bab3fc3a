"""JSON lines: one article a line, and each bad line by itself."""

from __future__ import annotations

import gzip
import json
import lzma
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from indexer.model import Article, Caption, Rejected
from indexer.sources import json_lines
from indexer.sources.inputs import Input

GOOD: dict[str, Any] = {"title": "Đò chạy lại", "body": "Bà con mừng."}


def read(path: Path, *lines: object) -> list[Article | Rejected]:
    """Articles and rejects of a file made of `lines`: objects to dump, or raw bytes."""
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path.write_bytes(b"\n".join(raw))
    return list(json_lines.read(Input.of_file(path, "file")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bai.jsonl"


def only(items: list[Article | Rejected]) -> Article:
    (article,) = items
    assert isinstance(article, Article)
    return article


def test_every_key_is_read(path: Path) -> None:
    article = only(
        read(
            path,
            {
                "id": "so-7",
                "title": " Đò  chạy lại ",
                "lead": "Sáng nay đò ngang bến Sim...",
                "body": "Sáng nay đò ngang bến Sim chạy lại.\n\nNước rút.\r\n",
                "published": "2020-07-15T08:30:00+07:00",
                "author": "Văn Kỳ - Hà My",
                "category": "Đời sống",
                "captions": ["Đò vào bến. (Ảnh: Hà My)", "Đò vào bến.", "Ảnh: Thu Hòa"],
                "url": "khong dung",
            },
        )
    )
    assert article.id == "so-7"
    assert article.title == "Đò chạy lại"
    assert article.lead == "Sáng nay đò ngang bến Sim chạy lại."
    assert article.paragraphs == ("Nước rút.",)
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-15T08:30:00+07:00"
    assert [author.name for author in article.authors] == ["Văn Kỳ", "Hà My"]
    assert article.section == "Đời sống"
    assert article.captions == (Caption("Đò vào bến.", "Hà My"), Caption("Ảnh: Thu Hòa"))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        (None, []),
        ("", []),
        ("  ", []),
        ("Bạn đọc gửi qua mạng", ["Bạn đọc gửi qua mạng"]),
        (["Văn Kỳ", "Hà My và Thu Hòa", None, "VĂN KỲ"], ["Văn Kỳ", "Hà My", "Thu Hòa"]),
    ],
)
def test_authors_come_as_a_byline_or_a_list(path: Path, author: object, names: list[str]) -> None:
    article = only(read(path, {**GOOD, "author": author}))
    assert [each.name for each in article.authors] == names


@pytest.mark.parametrize("published", [None, "", "hôm qua", "31/6/2020", 44027, True, {}])
def test_an_unknown_date_is_no_date(path: Path, published: object) -> None:
    assert only(read(path, {**GOOD, "published": published})).published is None


@pytest.mark.parametrize("published", ["08:30, 15/07/2020", 1594776600, 1594776600000, {"$date": 1594776600000}])
def test_a_printed_stamp_or_a_machines_number_is_a_date_too(path: Path, published: object) -> None:
    article = only(read(path, {**GOOD, "published": published}))
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-15T08:30:00+07:00"


def test_the_body_may_be_a_list_of_paragraphs(path: Path) -> None:
    article = only(read(path, {**GOOD, "body": ["Một.", None, "Hai.\nBa."]}))
    assert article.paragraphs == ("Một.", "Hai.", "Ba.")


@pytest.mark.parametrize("own", ["vnds-train-013046", "2020/07/01/x", "a.b~c", "so:7"])
def test_an_own_id_that_can_stand_in_an_address_stays_as_it_is(path: Path, own: str) -> None:
    assert only(read(path, {**GOOD, "id": own})).id == own


@pytest.mark.parametrize("own", ["../x", "a/./b", "/a", "a//b", "a b", "a?b", "a#b"])
def test_an_own_id_that_cannot_becomes_a_slug(path: Path, own: str) -> None:
    found = only(read(path, {**GOOD, "id": own})).id
    assert found != own
    assert "/" not in found


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("so-7", "so-7"),
        (7, "7"),
        (0, "0"),
        (None, "file-1"),
        ("", "file-1"),
        (" ", "file-1"),
        (True, "file-1"),
        ([], "file-1"),
    ],
)
def test_an_article_without_an_id_is_called_after_its_line(path: Path, own: object, expected: str) -> None:
    assert only(read(path, {**GOOD, "id": own})).id == expected


def test_an_id_that_does_not_fit_an_address_is_made_to(path: Path) -> None:
    assert only(read(path, {**GOOD, "id": "Bài 7/15?"})).id.startswith("Bai-7-15-")


BOTH = ("Đời sống", "Báo Bến Sim")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "not JSON"),
        (b"{", "not JSON"),
        (b'{"title": "\xff"}', "UTF-8"),
        (b'{"title": "a\0b", "body": "c"}', "UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (b"1" * 5000, "not JSON"),
        (b"[]", "no object"),
        (b"null", "no object"),
        (b'"bai"', "no object"),
        ({}, "no title"),
        ({"body": "Một."}, "no title"),
        ({"title": "", "body": "Một."}, "no title"),
        ({"title": "—", "body": "Một."}, "no title"),
        ({"title": 7, "body": "Một."}, "title that is not text"),
        ({"title": ["Một"], "body": "Một."}, "title that is not text"),
        ({"title": "Một " * 500, "body": "Một."}, "title of at most"),
        ({"title": "Một"}, "no text"),
        ({"title": "Một", "body": None}, "no text"),
        ({"title": "Một", "body": " \n ", "captions": []}, "no text"),
        ({"title": "Một", "body": {"p": "Hai"}}, "body"),
        ({"title": "Một", "body": [["Hai"]]}, "body"),
        ({"title": "Một", "body": 7}, "body"),
        ({"title": "Một", "body": "Hai", "lead": 7}, "lead"),
        ({"title": "Một", "body": "Hai", "author": {"name": "Hà My"}}, "author"),
        ({"title": "Một", "body": "Hai", "category": []}, "category"),
        ({"title": "Một", "body": "Hai", "captions": [7]}, "captions"),
    ],
)
def test_a_bad_line_is_rejected_by_its_number_and_the_rest_is_read(path: Path, line: object, reason: str) -> None:
    before, bad, after = read(path, GOOD, line, GOOD)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(bad, Rejected)
    assert (bad.path, bad.line) == (path.as_posix(), 2)
    assert reason in bad.reason


@pytest.mark.parametrize(
    ("said", "section", "source"),
    [
        ({"section": "Đời sống", "publisher": "Báo Bến Sim"}, "Đời sống", "Báo Bến Sim"),
        ({"category": "", "chuyen_muc": "Đời sống", "source": "  ", "nguồn": "Báo Bến Sim"}, "Đời sống", "Báo Bến Sim"),
        ({"category": "Đời sống", "section": "Khác", "source": "Báo Bến Sim", "newspaper": "Khác"}, *BOTH),
        (
            {"articleSection": ["Đời sống", "Khác"], "publisher": {"@id": "#a", "name": "Báo Bến Sim"}},
            *BOTH,
        ),
        ({"section": "Đời sống", "source": [{"name": "Báo Bến Sim"}, "Khác"]}, *BOTH),
        ({"section": 7, "source": 7}, "", ""),
        ({"section": [], "source": {"id": 3}, "publisher": None}, "", ""),
        ({"source": "Nguồn: Báo Bến Sim"}, "", "Báo Bến Sim"),
        ({"source": "theo TTXVN"}, "", "TTXVN"),
        ({"source": "https://www.Bao.vn/a.html?b"}, "", "bao.vn"),
        ({"source": "file:///a.txt"}, "", ""),
        ({"source": "Một câu dài không phải tên. " * 10}, "", ""),
    ],
)
def test_sections_and_sources_are_known_by_their_usual_names_and_shapes(
    path: Path, said: dict[str, object], section: str, source: str
) -> None:
    """What is no name is passed over: nobody loses an article for a field that need not be there."""
    article = only(read(path, {**GOOD, **said}))
    assert (article.section, article.source) == (section, source)


def test_empty_lines_are_no_articles(path: Path) -> None:
    assert [item.id for item in read(path, b"", GOOD, b"  \r", b"", GOOD, b"") if isinstance(item, Article)] == [
        "file-2",
        "file-5",
    ]


@pytest.mark.parametrize("raw", [b"", b"\n \n"])
def test_a_file_without_articles_says_so(path: Path, raw: bytes) -> None:
    (item,) = read(path, raw)
    assert isinstance(item, Rejected)
    assert "no articles" in item.reason


def test_a_byte_order_mark_is_no_part_of_the_first_line(path: Path) -> None:
    assert only(read(path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode())).title == GOOD["title"]


def test_lone_surrogates_and_controls_are_repaired(path: Path) -> None:
    article = only(read(path, b'{"title": "\\ud83d Mot\\u0000hai \\ud83d\\ude00", "body": "\\udfffBa"}'))
    assert article.title == "\ufffd Mot hai \U0001f600"
    assert article.paragraphs == ("\ufffdBa",)


def test_a_line_that_is_too_long_is_passed_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MAX_LINE_BYTES", 100)
    before, bad, after = read(path, GOOD, {**GOOD, "body": "chữ " * 200}, GOOD)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(bad, Rejected)
    assert bad.line == 2


def test_a_file_of_something_else_is_given_up(path: Path) -> None:
    items = read(path, *[b"x"] * 3000, GOOD)
    assert len(items) == json_lines.MAX_BAD_RUN + 1
    assert "the rest was not read" in str(items[-1])


PACKERS = {".jsonl": bytes, ".jsonl.xz": lzma.compress, ".jsonl.gz": gzip.compress}


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_files_are_read_alike(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bai{suffix}"
    raw = b"\n".join(json.dumps({**GOOD, "id": number}).encode() for number in range(50))
    path.write_bytes(PACKERS[suffix](raw))
    items = list(json_lines.read(Input.of_file(path, "file")))
    assert [item.id for item in items if isinstance(item, Article)] == [str(n) for n in range(50)]


@pytest.mark.parametrize("suffix", [".jsonl.xz", ".jsonl.gz"])
def test_what_stands_before_the_break_of_a_packed_file_is_kept(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bai{suffix}"
    lines = (json.dumps({**GOOD, "id": n, "body": f"Số {n * 7919 % 10007}."}).encode() for n in range(5000))
    packed = PACKERS[suffix](b"\n".join(lines))
    path.write_bytes(packed[: len(packed) // 2])
    *articles, last = json_lines.read(Input.of_file(path, "file"))
    assert len(articles) > 500
    assert all(isinstance(item, Article) for item in articles)
    assert isinstance(last, Rejected)
    assert "breaks off" in last.reason
    assert last.line == len(articles) + 1


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bai.jsonl.gz"
    line = json.dumps({**GOOD, "body": "chữ " * 2500}).encode() + b"\n"
    path.write_bytes(gzip.compress(line * 500))
    tracemalloc.start()
    try:
        assert sum(isinstance(item, Article) for item in json_lines.read(Input.of_file(path, "file"))) == 500
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
