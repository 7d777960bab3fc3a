"""What fields are called elsewhere: read from settings, and written so that it can be read again."""

from __future__ import annotations

import pytest

from indexer.columns import FIELDS, Columns, read_columns


@pytest.mark.parametrize("text", ["title=tieu_de", "body=sapo+noi dung, published=gio+ngay", "", ", ,"])
def test_what_is_written_reads_the_same(text: str) -> None:
    columns = read_columns(text)
    assert read_columns(str(columns)) == columns


def test_without_a_word_fields_are_called_what_they_are() -> None:
    assert read_columns(", ".join(FIELDS)) == Columns()
    assert Columns().of("title") == ()


@pytest.mark.parametrize("text", ["headline=x", "title=", "title=a+", "=a"])
def test_a_wrong_entry_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"is none of|needs the name"):
        read_columns(text)
