"""The lists of synonyms on disk: the one that comes with the program, and the one that staff keep."""

from __future__ import annotations

import logging
import os
import shutil
import threading
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from indexer.errors import SynonymsUnreadable, SynonymsUnwritable
from indexer.querying.synonyms import Groups, Synonyms, read_groups
from indexer.sources.charset import Undecodable, decode

LOOK_SECONDS = 0.25
"""How often the staff's list is looked at: when it was last changed is asked, which costs some microseconds."""

HEAD = """\
# Tên gọi và chữ viết tắt cùng nghĩa, của tòa soạn.
#
#   Mỗi dòng một nhóm, giữa hai tên là dấu =      HĐND = Hội đồng nhân dân
#   Bỏ một nhóm có sẵn: thêm dấu - ở đầu dòng     - HS = học sinh
#   Ghi chú: từ dấu # đến hết dòng
#
# Mỗi tên có từ 1 đến 8 chữ. Viết tắt trùng với một chữ thường dùng (CA), hoặc chỉ có hai chữ cái (ĐH), thì người đọc
# phải gõ hoa mới được hiểu. Lưu tệp là có hiệu lực, không cần lập lại chỉ mục; `khobao synonyms check` báo dòng sai.
#
# Names and abbreviations that mean the same, kept by staff: a group on each line, with = between the names; - in front
# strikes out a group that comes with the program; what follows # is a comment. A name has 1 to 8 words. An abbreviation
# that is also a word (CA), or of two letters (ĐH), counts only when typed in capitals. Saving the file is enough: no
# new index is needed. `khobao synonyms check` names the lines that are wrong.
"""

PROBLEMS_LOGGED = 10
"""Lines that are logged of a list that holds many wrong ones: it may be no list at all."""

_Look = tuple[int, int, int, int] | None
"""What tells one state of a file from another: when it was changed, its size and number; None where there is no file.
"""

logger = logging.getLogger(__name__)


@cache
def read_abbreviations() -> Groups:
    """The list that comes with the program."""
    text = Path(__file__).with_name("querying").joinpath("abbreviations.txt").read_text(encoding="utf-8")
    return read_groups(text)


def read_own(path: Path) -> Groups:
    """The staff's list, empty where there is no file.

    Raises:
        SynonymsUnreadable: the file cannot be opened.
    """
    return read_groups(_decode(_read(path)))


def add_lines(path: Path, lines: Iterable[str]) -> None:
    """Put lines at the end of the staff's list, all or none, and leave what stands in it as it is.

    A list that is not there yet is made, with a head that explains it.

    Raises:
        SynonymsUnreadable: the file cannot be opened, or is not UTF-8.
    """
    raw = _read(path)
    try:
        text = decode(raw) if raw else HEAD + "\n"
    except Undecodable as error:
        raise SynonymsUnreadable(path, error.reason) from error
    line_end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += line_end
    _replace(path.resolve(), text + "".join(f"{line}{line_end}" for line in lines))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise SynonymsUnreadable(path, error.strerror or str(error)) from error


def _decode(raw: bytes) -> str:
    """The text; letters that are none become U+FFFD, so that their lines, and no others, are left out."""
    try:
        return decode(raw)
    except Undecodable:
        return raw.decode("utf-8", errors="replace")


def _replace(path: Path, text: str) -> None:
    """Write a file so that it is the old one or the new one, whatever happens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise SynonymsUnwritable(path, error.strerror or str(error)) from error


class SynonymFile:
    """Call it to get the synonyms in force: those that come with the program, and those of the staff's list.

    A list that was changed is taken up by the next call that comes 0.25 s or more after the one before; its wrong lines
    are logged and left out. Safe to share between threads, and to carry over a fork.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reading = threading.Lock()
        self._synonyms: Synonyms | None = None
        self._seen: _Look = None
        self._look_at = 0.0

    def __call__(self) -> Synonyms:
        synonyms = self._synonyms
        return synonyms if synonyms is not None and time.monotonic() < self._look_at else self._refresh()

    def _refresh(self) -> Synonyms:
        with self._reading:
            self._look_at = time.monotonic() + LOOK_SECONDS
            seen = _look(self._path)  # before it is read: what changes after that is seen next time
            if self._synonyms is None or seen != self._seen:
                self._seen = seen
                self._synonyms = self._read_anew(self._synonyms)
            return self._synonyms

    def _read_anew(self, before: Synonyms | None) -> Synonyms:
        ready = read_abbreviations()
        try:
            own = read_own(self._path)
        except SynonymsUnreadable as error:
            logger.error("%s %s", error, error.next_step)
            return before or Synonyms(ready.same)
        _log(self._path, own)
        return Synonyms((*ready.without(own.struck).same, *own.same))


def _look(path: Path) -> _Look:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size, facts.st_ino


def _log(path: Path, own: Groups) -> None:
    for problem in own.problems[:PROBLEMS_LOGGED]:
        logger.warning("%s:%d: the line is left out: it %s.", path, problem.line, problem.reason)
    if (more := len(own.problems) - PROBLEMS_LOGGED) > 0:
        logger.warning("%s: %d more lines are left out; khobao synonyms check names them.", path, more)
    if own.same or own.struck:
        logger.info("%s: %d groups, %d struck out", path, len(own.same), len(own.struck))
