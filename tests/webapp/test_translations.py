"""The English catalogue holds every sentence of the code and templates, and is compiled."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import webapp

PACKAGE = Path(webapp.__file__).parent
CATALOGUE = PACKAGE / "translations" / "en" / "LC_MESSAGES"


def message_id(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


@cache
def used() -> frozenset[str]:
    with (PACKAGE / "translations" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(PACKAGE, methods, options)
    return frozenset(message_id(message) for _, _, message, _, _ in found)


@cache
def catalogue() -> Catalog:
    with (CATALOGUE / "messages.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def test_templates_and_code_are_both_searched() -> None:
    assert {"Lọc kết quả", "Năm %(year)s"} <= used()


def test_every_sentence_is_in_the_catalogue() -> None:
    assert used() - {message_id(message.id) for message in catalogue() if message.id} == set()


def test_the_catalogue_holds_no_sentence_that_is_gone() -> None:
    assert {message_id(message.id) for message in catalogue() if message.id} - used() == set()


def test_every_sentence_is_translated_with_the_same_placeholders() -> None:
    for message in catalogue():
        assert message.id == "" or all(strings(message)), message.id
        assert not message.fuzzy or message.id == "", message.id
        assert list(message.check(catalogue())) == [], message.id


def test_the_compiled_catalogue_is_up_to_date() -> None:
    with (CATALOGUE / "messages.mo").open("rb") as file:
        compiled = sentences(read_mo(file))
    assert compiled == sentences(catalogue())


def strings(message: Message) -> tuple[str, ...]:
    """The translation; one for each number where there are several."""
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ())


def sentences(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    return {message_id(one.id): strings(one) for one in catalogue if one.id}
