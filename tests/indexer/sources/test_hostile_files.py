"""Files that break programs: each gives an article or a reason, and the good file beside it is read."""

from __future__ import annotations

import codecs
import gzip
import json
import lzma
import os
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.model import Article, Rejected, Remark
from indexer.sources.reader import MISTAKE, Item, read_source
from indexer.sources.walk import find_sources

MAX_BYTES = 20_000_000
TEXT = "Đò chạy lại\n\nBà con mừng.\n"
RANDOM = random.Random(7).randbytes(20_000)
LINE = json.dumps({"title": "Đò chạy lại", "body": "Bà con mừng."}).encode() + b"\n"
LINES = b"".join(LINE.replace(b"con", b"%d" % number) for number in range(2000))
XZ, GZ = lzma.compress(LINES), gzip.compress(LINES)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "one blank.txt": b" ",
    "blank lines.txt": b"\n \r\n\t\n",
    "only a mark.txt": codecs.BOM_UTF8,
    "only a utf-16 mark.txt": codecs.BOM_UTF16_LE,
    "one nul.txt": b"\0",
    "nul inside.txt": TEXT.encode().replace(b"con", b"c\0n"),
    "random.txt": RANDOM,
    "png.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + RANDOM[:500],
    "elf.txt": b"\x7fELF\x02\x01\x01" + bytes(200),
    "utf-16 without mark.txt": TEXT.encode("utf-16-le"),
    "utf-16 cut in a character.txt": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1],
    "utf-16 lone surrogate.txt": codecs.BOM_UTF16_BE + b"\xd8\x00\x00a",
    "utf-32.txt": codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    "lone continuation bytes.txt": b"\x80\x80\x80",
    "overlong.txt": b"\xc0\xafetc",
    "surrogates in utf-8.txt": b"M\xed\xa0\xbd\n\nHai",
    "cut in a character.txt": TEXT.encode().rstrip()[:10],
    "latin-1.txt": "Café à la crème\n\nÉté".encode("latin-1"),
    "windows line ends.txt": TEXT.replace("\n", "\r\n").encode(),
    "old mac line ends.txt": TEXT.replace("\n", "\r").encode(),
    "one line of a megabyte.txt": b"chu " * 250_000,
    "a paragraph of a megabyte.txt": b"Mot\n\n" + b"chu " * 250_000,
    "a word of a megabyte.txt": b"Mot\n\n" + b"a" * 1_000_000,
    "brackets.txt": b"Mot\n\n" + b"(\xe1\xba\xa2nh: " * 50_000,
    "brackets in short lines.txt": b"Mot\n\n" + (b"(" * 400 + b"\xe1\xba\xa2nh: " * 60 + b"\n") * 200,
    "dashes as byline.txt": b"Mot\n\nHai.\n\n" + b" - " * 39,
    "many combining marks.txt": ("Mot\n\na" + "\u0301" * 50_000).encode(),
    "half a million empty lines.txt": b"\n" * 500_000 + TEXT.encode(),
    "many captions.txt": b"Mot\n\n" + b"".join(b"so %d (\xe1\xba\xa2nh: A)\n" % n for n in range(5000)),
    "only a stamp.txt": b"10:07, 01/07/2020",
    "only a byline.txt": "Văn Kỳ.".encode(),
    "only a title.txt": "Đò chạy lại".encode(),
    "only a credit.txt": "Ảnh: Hà My".encode(),
    "stamp and byline.txt": "15/07/2020\n\nVăn Kỳ".encode(),
    "three stamps.txt": b"15/07/2020\n16/07/2020\n17/07/2020\n",
    "title of 10,000 characters.txt": b"chu " * 2500 + b"\n\nHai.",
    "title of invisible characters.txt": "\u200b\u200b\n\u200b\n".encode(),
    "title of stars.txt": b"****\n\nHai.",
    "right to left marks.txt": "\u202eĐò\u202c chạy\n\n\u2067Hai\u2069.".encode(),
    "escapes.txt": b"\x1b[31mDo\x07 ngang\x1b[0m\n\nHai\x08.",
    "markup.txt": b"<script>alert(1)</script>\n\n<b>Hai</b>&nbsp;",
    "noncharacters.txt": "Đò \ufffe\uffff\U0010ffff\n\nHai.".encode(),
    "empty.jsonl": b"",
    "blank.jsonl": b"\n\n",
    "random.jsonl": RANDOM,
    "nul.jsonl": bytes(1000),
    "one array.jsonl": b"[" + LINE.strip() + b"]",
    "pretty printed.jsonl": json.dumps(json.loads(LINE), indent=2).encode(),
    "cut off.jsonl": LINES[:-20],
    "nested.jsonl": b"[" * 1_000_000,
    "numbers.jsonl": b"1\n2.5\n1e999\n-0\n" + b"9" * 10_000,
    "constants.jsonl": b"NaN\nInfinity\nnull\ntrue\n",
    "utf-16.jsonl": codecs.BOM_UTF16_LE + LINE.decode().encode("utf-16-le"),
    "lone surrogates.jsonl": b'{"title": "\\ud800", "body": "\\udc00", "id": "\\ud800"}',
    "repeated keys.jsonl": b'{"title": "A", "title": null, "body": "B"}',
    "wrong types.jsonl": b'{"title": {}, "body": []}\n{"title": "A", "body": {}, "published": []}',
    "not xz.jsonl.xz": RANDOM,
    "empty.jsonl.xz": b"",
    "cut in the head.jsonl.xz": XZ[:10],
    "cut.jsonl.xz": XZ[: len(XZ) // 2],
    "damaged.jsonl.xz": XZ[:100] + bytes(20) + XZ[120:],
    "tail.jsonl.xz": XZ + RANDOM,
    "not gzip.jsonl.gz": RANDOM,
    "empty.jsonl.gz": b"",
    "cut in the head.jsonl.gz": GZ[:5],
    "cut.jsonl.gz": GZ[: len(GZ) // 2],
    "damaged.jsonl.gz": GZ[:100] + bytes(20) + GZ[120:],
    "wrong checksum.jsonl.gz": GZ[:-8] + bytes(8),
    "tail.jsonl.gz": GZ + RANDOM,
    "zlib.jsonl.gz": zlib.compress(LINES),
    "xz.jsonl.gz": XZ,
    "random.html": RANDOM,
    "nul.html": bytes(1000),
    "brackets.html": b"<" * 200_000,
    "fifty thousand tags.html": b"<h1>Mot</h1><p>" + b"<b>x</b> " * 50_000,
    "unclosed tags.html": b"<h1>Mot</h1>" + b"<div>" * 100_000 + b"Hai",
    "many links.html": b"<h1>Mot</h1>" + b"".join(b"<a href=%d>so %d</a> " % (n, n) for n in range(5000)),
    "looping script.html": b"<script type=application/ld+json>" + b"[" * 100_000 + b"</script><h1>Mot</h1><p>Hai",
    "semicolons without end.html": (
        b"<script type=application/ld+json>{}" + b";" * 300_000 + b"x</script><h1>Mot</h1><p>Hai"
    ),
    "comments without end.html": (
        b'<script type=application/ld+json>{"@type":"NewsArticle","headline":"Mot","articleBody":"'
        + b"<!--" * 75_000
        + b'"}</script><h1>Mot</h1><p>Hai'
    ),
    "many titles.html": (
        b"".join(b'<meta property="og:title" content="Mot %d - Bao">' % n for n in range(3000))
        + b"".join(b"<p>Hai %d</p>" % n for n in range(3000))
    ),
    "letters of no size.html": "<font size='²'>Mot</font><font size=%s>x</font><p>Hai".encode() % (b"9" * 5000),
    "two long captions.json": json.dumps(
        {"title": "Mot", "body": "Hai", "captions": ["a b c d e " * 30_000, "a b c e d " * 30_000]}
    ).encode(),
    "strange charset.html": b"<meta charset=base64><h1>Mot</h1><p>Hai \xff",
    "not mail.mhtml": RANDOM,
    "mail without end.mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n" * 2000,
    "random.docx": RANDOM,
    "old word.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + RANDOM,
    "random.zip": RANDOM,
    "only an end.zip": b"PK\5\6" + bytes(18),
    "a long list.zip": b"PK\5\6" + bytes(4) + b"\xff" * 8 + b"\xff\xff\xff\x0f" + bytes(6),
    "random.csv": RANDOM,
    "one quote.csv": b'title,body\n"' + b"a,b\n" * 30_000,
    "all quotes.csv": b"title,body\n" + b'"' * 1_000_000,
    "quotes on every line.csv": b"title,body\n" + b'"a\n' * 100_000,
    "many columns.csv": b"title,body" + b"," * 50_000 + b"\na,b\n",
    "random.json": RANDOM,
    "nested.json": b"[" * 1_000_000,
    "picture.jpg": RANDOM,
    "no suffix": TEXT.encode(),
}

ODDITIES: dict[str, Callable[[Path], None]] = {
    "fifty megabytes of nothing.txt": sparse,
    "fifty megabytes of nothing.jsonl": sparse,
    "folder.txt": Path.mkdir,
    "folder.jsonl": Path.mkdir,
    "link to nothing.txt": lambda path: path.symlink_to("missing.txt"),
    "link to itself.txt": lambda path: path.symlink_to(path),
    "link to its folder": lambda path: path.symlink_to(path.parent),
    "pipe.txt": os.mkfifo,
    "device.txt": lambda path: path.symlink_to("/dev/zero"),
}

HOSTILE: dict[str, Callable[[Path], object]] = {
    **{name: lambda path, raw=raw: path.write_bytes(raw) for name, raw in FILES.items()},
    **ODDITIES,
}


def read_folder(folder: Path) -> dict[str, list[Item]]:
    """File name -> what came of it."""
    found: dict[str, list[Item]] = {}
    for source in find_sources(folder):
        if isinstance(source, Rejected):
            found.setdefault(Path(source.path).name, []).append(source)
        else:
            found[source.path.name] = list(read_source(source, MAX_BYTES))
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Item]]:
    """What came of all of them in one folder; some take a second to read."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    for name, make in HOSTILE.items():
        make(folder / name)
    return read_folder(folder)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_an_article_or_named_with_a_reason(found: dict[str, list[Item]], name: str) -> None:
    assert found[name]
    for item in found[name]:
        if isinstance(item, Rejected | Remark):
            assert Path(item.path).name == name
            assert item.reason
            assert MISTAKE not in item.reason
            assert str(item).encode()
        else:
            assert item.title
            assert item.passages()


def test_no_file_is_passed_over_and_the_good_one_is_read(found: dict[str, list[Item]]) -> None:
    assert set(found) == {"good.txt", *HOSTILE}
    assert isinstance(found["good.txt"][0], Article)


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 50
