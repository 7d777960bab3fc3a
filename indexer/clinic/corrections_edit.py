"""The text of a `corrections.toml` with one entry added, altered or taken out; all else in it stays as it is. Pure.

Comments, blank lines and the entries of other people are kept to the letter: only the lines of the one entry are given
to tomlkit. What comes out is read again before it is used, so that no slip of ours can spoil what others wrote.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import asdict
from typing import Any, NamedTuple

import tomlkit

from indexer.clinic.corrections_file import headers
from indexer.problems import Correction

HEAD = """\
# Các bài trong thư mục này được sửa như dưới đây; tệp của bài thì giữ nguyên. Mỗi mục bắt đầu bằng mã bài:
#
#   ["2020-07-01-ma-bai"]
#   published = "1/7/2020"                 # ngày trước tháng; "" nếu không có ngày
#   authors = ["Lan Chi", "Văn Kỳ"]        # [] nếu không có tác giả
#   title = "…"                            # cũng vậy: lead, section, source
#   captions = ["Bến cá. (Ảnh: Lê Bình)"]
#   accept = ["no-byline"]                 # đã xem, như thế là đúng
#   note = "theo báo in"
#
# Sau khi sửa: khobao index. Lệnh `khobao fix` ghi giúp vào tệp này.
#
# Corrections of the articles in this folder, whose own files stay as they are. Each entry begins with the id of its
# article; dates have the day first; "" and [] are "there is none"; `accept` names problems that were looked at and are
# right so. They count after `khobao index`. `khobao fix` writes them, and leaves all else in this file as it is.
"""


_END_OF_LINE = re.compile(r"(?<=\n)")
"""TOML's, and no more: `splitlines` would also cut a text at U+0085."""


class NotEditable(ValueError):
    """The file is no TOML, or says something else once it is changed; `str()` is the end of a sentence."""


class _Parts(NamedTuple):
    """The text before an entry, its own lines, and the rest."""

    before: str
    entry: str
    after: str


def with_entry(text: str, article_id: str, correction: Correction) -> str:
    """Raises NotEditable."""
    said = _read(text)
    fields = _plain(correction)
    if article_id not in said:
        edited = _appended(text, article_id, fields)
    elif parts := _parts(text, article_id):
        edited = parts.before + _with_fields(parts.entry, article_id, fields) + parts.after
    else:
        edited = _with_fields(text, article_id, fields)
    return _proved(edited, {**said, article_id: fields}, text)


def without_entry(text: str, article_id: str) -> str:
    """Raises NotEditable, KeyError where there is no such entry."""
    said = _read(text)
    del said[article_id]
    if parts := _parts(text, article_id):
        edited = (parts.before.rstrip() + "\n\n" if parts.before.strip() else "") + parts.after.lstrip("\r\n")
    else:
        document = tomlkit.parse(text)
        document.remove(article_id)
        edited = tomlkit.dumps(document)
    return _proved(edited, said, text)


def _read(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotEditable(f"is not TOML ({error})") from error


def _proved(edited: str, meant: dict[str, Any], text: str) -> str:
    """The text, with the line ends of the old one, once it is certain that it says what is meant and no more."""
    if "\r\n" in text:
        edited = edited.replace("\r\n", "\n").replace("\n", "\r\n")
    if not _are_equal(_read(edited), meant):
        raise NotEditable("is written in a way that this program cannot change; do it in a text editor")
    return edited


def _are_equal(one: dict[str, Any], other: dict[str, Any]) -> bool:
    try:
        return one == other
    except RecursionError:
        return False


def _plain(correction: Correction) -> dict[str, Any]:
    """As TOML has it; what says nothing is left out."""
    fields = {name: value for name, value in asdict(correction).items() if value is not None}
    if not correction.accept:
        del fields["accept"]
    if not correction.note:
        del fields["note"]
    return {name: [*map(str, value)] if isinstance(value, tuple) else value for name, value in fields.items()}


def _appended(text: str, article_id: str, fields: dict[str, Any]) -> str:
    text = text or HEAD
    name = json.dumps(article_id, ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )  # all that TOML escapes and JSON does not
    entry = f"[{name}]\n{tomlkit.dumps(fields)}"
    return f"{text.rstrip()}\n\n{entry}" if text.strip() else entry


def _with_fields(text: str, article_id: str, fields: dict[str, Any]) -> str:
    document = tomlkit.parse(text)
    table = document[article_id]
    for name in [*table]:
        if name not in fields:
            table.remove(name)
    for name, value in fields.items():
        if name not in table or table[name] != value:
            table[name] = value
    return tomlkit.dumps(document)


def _parts(text: str, article_id: str) -> _Parts | None:
    """Where an entry with a head of its own stands. Comments below its last line belong to what follows."""
    starts = [*headers(text)]
    lines = _END_OF_LINE.split(text)
    for place, (number, name) in enumerate(starts):
        if name == article_id:
            end = starts[place + 1][0] - 1 if place + 1 < len(starts) else len(lines)
            while end > number and _says_nothing(lines[end - 1]):
                end -= 1
            last = "".join(lines[number - 1 : end])
            joined = last if last.endswith("\n") else f"{last}\n"
            return _Parts("".join(lines[: number - 1]), joined, "".join(lines[end:]))
    return None


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")
