"""A question without its quotation marks."""

from __future__ import annotations

import pytest

from indexer.querying.parser import parse
from indexer.querying.unquoting import unquote
from indexer.querying.writing import write


def unquoted(text: str) -> str:
    tree = parse(text).tree
    return write(unquote(tree)) if tree else ""


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ('"xây dựng"', "xây dựng"),
        ("“xây dựng” «cầu» phà", "xây dựng cầu phà"),
        ('"xây dựng', "xây dựng"),
        ('"xây dựng đảng"~5', "xây dựng đảng"),
        ('tiêu đề:"bão lũ"~3 -"cầu thủ"~10 2020', 'tiêu đề:(bão lũ) -"cầu thủ"~10 2020'),
        ('("xây cầu" OR phà) ngày:2020', "(xây cầu OR phà) ngày:2020-01-01..2020-12-31"),
        ('tác giả:"Văn Kỳ" "cầu OR phà"', 'tác giả:"Văn Kỳ" cầu or phà'),
        ('"tác giả: (Nam) -x"', "tác giả Nam x"),
        ("xây ~5", "xây ~5"),
        ('""~5', ""),
    ],
)
def test_phrases_become_words_and_all_else_stays(typed: str, plain: str) -> None:
    assert unquoted(typed) == plain
