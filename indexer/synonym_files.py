"""The lists of synonyms on disk: the one that comes with the program, and the one that staff keep."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path

from indexer.errors import StaffListUnreadable
from indexer.querying.synonyms import Groups, Synonyms, read_groups
from indexer.staff_list import StaffList, Watched

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

logger = logging.getLogger(__name__)


@cache
def read_abbreviations() -> Groups:
    """The list that comes with the program."""
    text = Path(__file__).with_name("querying").joinpath("abbreviations.txt").read_text(encoding="utf-8")
    return read_groups(text)


def read_own(path: Path) -> Groups:
    """The staff's list, empty where there is no file.

    Raises:
        StaffListUnreadable: the file cannot be opened.
    """
    return read_groups(_list(path).read())


def add_lines(path: Path, lines: Iterable[str]) -> None:
    """Put lines at the end of the staff's list; see `StaffList.add`."""
    _list(path).add(lines)


def _list(path: Path) -> StaffList:
    return StaffList(path, "synonyms_file", HEAD)


class SynonymFile(Watched[Synonyms]):
    """Call it to get the synonyms in force: those that come with the program, and those of the staff's list.

    The wrong lines of the list are logged and left out.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, partial(_read_anew, path))


def _read_anew(path: Path, before: Synonyms | None) -> Synonyms:
    ready = read_abbreviations()
    try:
        own = read_own(path)
    except StaffListUnreadable as error:
        logger.error("%s %s", error, error.next_step)
        return before or Synonyms(ready.same)
    _log(path, own)
    return Synonyms((*ready.without(own.struck).same, *own.same))


def _log(path: Path, own: Groups) -> None:
    for problem in own.problems[:PROBLEMS_LOGGED]:
        logger.warning("%s:%d: the line is left out: it %s.", path, problem.line, problem.reason)
    if (more := len(own.problems) - PROBLEMS_LOGGED) > 0:
        logger.warning("%s: %d more lines are left out; khobao synonyms check names them.", path, more)
    if own.same or own.struck:
        logger.info("%s: %d groups, %d struck out", path, len(own.same), len(own.struck))
