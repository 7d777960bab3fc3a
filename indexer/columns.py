"""What the fields of an article are called in other people's tables: CSV headers and JSON keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FIELDS = ("id", "title", "lead", "body", "published", "author", "category", "source", "captions")
"""What an article can bring, under the names our own files use."""

USUAL: Mapping[str, tuple[str, ...]] = {
    "category": ("section", "articleSection", "chuyên mục", "Chuyên mục", "chuyen_muc", "chuyenmuc", "chuyên_mục"),
    "source": ("newspaper", "publisher", "og:site_name", "site_name", "nguồn", "Nguồn", "nguon", "tên báo", "ten_bao"),
}
"""What most people call these fields; looked for, in this order, where neither the setting nor our own name tells."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`names` are pairs of a field and what it is called elsewhere, in the order they are put together.

    A field that is not named, or none of whose names a table has, is looked for under its own name: files in our own
    layout are read whatever the setting says.
    """

    names: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, field: str) -> tuple[str, ...]:
        """The other names of a field; () where it has none."""
        return dict(self.names).get(field, ())

    def all_names(self) -> Iterator[str]:
        """Every name that means something, the fields' own too, the surest last."""
        for names in USUAL.values():
            yield from names
        yield from FIELDS
        for _, names in self.names:
            yield from names

    def __str__(self) -> str:
        """As `read_columns` reads it."""
        if not self.names:
            return ", ".join(FIELDS)
        return ", ".join(f"{field}={'+'.join(names)}" for field, names in self.names)


def read_columns(value: str | Mapping[str, object]) -> Columns:
    """Columns from a table of settings, or from `title=tieu_de, published=gio+ngay`.

    Raises:
        ValueError: an unknown field, or no name for one.
    """
    pairs = _pairs(value) if isinstance(value, str) else value.items()
    named = [(_field(field), _names(field, given)) for field, given in pairs]
    return Columns(tuple((field, names) for field, names in named if names))


def _pairs(text: str) -> Iterator[tuple[str, object]]:
    for entry in filter(None, (entry.strip() for entry in text.split(","))):
        field, sign, names = entry.partition("=")
        yield field.strip(), [name.strip() for name in names.split("+")] if sign else [field.strip()]


def _field(name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"{name!r} is none of {', '.join(FIELDS)}")
    return name


def _names(field: str, given: object) -> tuple[str, ...]:
    """() for a field that is called what we call it."""
    listed = given if isinstance(given, list) else [given]
    names = tuple(name for name in listed if isinstance(name, str) and name.strip())
    if not names or len(names) < len(listed):
        raise ValueError(f"{field} needs the name of a column, or a list of names")
    return () if names == (field,) else names
