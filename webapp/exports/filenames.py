"""What a file that is taken along is called: what it holds, and whether that is all."""

from __future__ import annotations

import re
from urllib.parse import quote

from werkzeug.utils import secure_filename

from indexer.model import Export, SearchRequest

MOST_CHARS = 60
"""Characters of the query."""

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]+')
"""What some system forbids in names of files, and what turns the reading direction around."""


def filename(request: SearchRequest, export: Export, suffix: str) -> str:
    """`kho-bao_xây dựng Đảng_41 bài.csv`; `500 trong 4745 bài` where that is not all, and `chưa đủ` where time ran out
    before it was known.
    """
    text = _NOT_IN_NAMES.sub(" ", export.searched)[:MOST_CHARS]
    subject = " ".join(text.split()).strip(". ") or ("tất cả" if not request.is_filtered else "theo bộ lọc")
    number = f"{export.count} trong {export.total}" if export.count < export.total else str(export.total)
    parts = ("kho-bao", subject, f"{number} bài", *(("chưa đủ",) if export.is_partial else ()))
    return f"{'_'.join(parts)}.{suffix}"


def ascii_name(name: str) -> str:
    """The same in letters that every program can write: `kho-bao_xay-dung-Dang_41-bai.csv`."""
    plain = name.translate({ord("đ"): "d", ord("Đ"): "D", ord(" "): "-"})
    return re.sub("-{2,}", "-", secure_filename(plain))


def disposition(name: str) -> dict[str, str]:
    """The parameters of Content-Disposition: for old programs in ASCII, for all others as it is (RFC 6266, 8187)."""
    return {"filename": ascii_name(name), "filename*": f"UTF-8''{quote(name, safe='')}"}
