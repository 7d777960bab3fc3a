"""Small archives for suggestions, in the reference engine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from indexer.documents import to_document
from indexer.engines.memory import MemoryLexicon
from indexer.model import Article

SENTENCES = (
    *["Công tác xây dựng Đảng của tỉnh Khánh Hòa."] * 12,
    *["Đang xây cầu ở Khánh Hòa, đang dựng rạp."] * 4,
    *["Nhà máy xử lý nước thải, cách xử lý rác."] * 8,
    *["Người dân Việt Nam giành giải nhất, để dành tiền."] * 6,
    *["Kỹ thuật nuôi tôm, kĩ thuật mới, kỳ họp, kí tên."] * 3,
    *["Hoa khánh thành vườn hoa, đường đi, con người còn đông."] * 3,
    *["Trên Facebook, Covid-19 tại TP.HCM năm 2020."] * 3,
    "Xưa dụng cụ xấy dang dở.",
)


@cache
def archive() -> MemoryLexicon:
    """What a small archive knows of its words."""
    return lexicon_of(SENTENCES)


def lexicon_of(sentences: Iterable[str]) -> MemoryLexicon:
    articles = (Article(str(number), "", "", (text,), (), (), None) for number, text in enumerate(sentences))
    return MemoryLexicon([to_document(article, "", "") for article in articles])
