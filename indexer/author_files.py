"""The list of authors that are one on disk, as staff keep it."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from indexer.author_merges import NO_MERGES, MergeList, Merges, read_merges
from indexer.errors import StaffListUnreadable
from indexer.staff_list import StaffList, Watched

HEAD = """\
# Các tên ký của cùng một tác giả, của tòa soạn.
#
#   Mỗi dòng một người, tên để hiện ra đứng đầu, giữa hai tên là dấu =    Nguyễn Văn A = N.V.A
#   Hai người khác nhau, đừng gợi ý nữa: thêm dấu - ở đầu dòng            - Hà My = Hà Mi
#   Ghi chú: từ dấu # đến hết dòng
#
# Chữ hoa, chỗ đặt dấu thanh, học hàm và học vị không phân biệt. Lưu tệp là có hiệu lực, không cần lập lại chỉ mục; xóa
# dòng là trở lại như cũ. `khobao authors check` báo dòng sai.
#
# The names one author signs with, kept by staff: a person on each line, the name to be shown first, with = between the
# names; - in front says that they are different people, not to be proposed again; what follows # is a comment. Saving
# the file is enough: no new index is needed, and removing the line undoes it. `khobao authors check` names the lines
# that are wrong.
"""

PROBLEMS_LOGGED = 10
"""Lines that are logged of a list that holds many wrong ones: it may be no list at all."""

logger = logging.getLogger(__name__)


def author_list(path: Path) -> StaffList:
    """The list at a path."""
    return StaffList(path, "authors_file", HEAD)


class AuthorFile(Watched[Merges]):
    """Call it to get the merges in force. The wrong lines of the list are logged and left out."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, partial(_read_anew, path))


def _read_anew(path: Path, before: Merges | None) -> Merges:
    try:
        read = read_merges(author_list(path).read())
    except StaffListUnreadable as error:
        logger.error("%s %s", error, error.next_step)
        return before or NO_MERGES
    _log(path, read)
    return read.merges


def _log(path: Path, read: MergeList) -> None:
    for problem in read.problems[:PROBLEMS_LOGGED]:
        logger.warning("%s:%d: the line is left out: it %s.", path, problem.line, problem.reason)
    if (more := len(read.problems) - PROBLEMS_LOGGED) > 0:
        logger.warning("%s: %d more lines are left out; khobao authors check names them.", path, more)
    if read.groups:
        logger.info("%s: %d groups of authors", path, len(read.groups))
