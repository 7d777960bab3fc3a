"""Whatever the library says to staff, there is Vietnamese for it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import durable
from indexer.errors import BuildUnusable, IndexDamaged, IndexIncompatible, IndexUnwritable
from indexer.manifest import Manifest, require_versions
from indexer.sources.charset import mend, recognise
from indexer.sources.charset.tables import VIETNAMESE
from indexer.sources.formats import SAVE_AS, why_unsupported
from tests.indexer.sources.charset.writing import legacy
from tests.webapp.staff.library_sentences import Parts, said
from webapp.staff.vietnamese import phrasebook, vietnamese
from webapp.staff.vietnamese.templates import Phrasebook

SYSTEM_ERRORS = (
    *durable.REFUSALS,
    errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.EMFILE, errno.ELOOP,
    errno.EINVAL, errno.ENOMEM, errno.ESTALE,
)  # fmt: skip

FILLINGS = ("KeyboardInterrupt", "No space left on device", "12", "a.txt")
"""What a hole may hold: a sentence that is known, or anything else."""


def incompatible() -> Iterator[str]:
    """A build's versions are compared one by one, and named by words from a table."""
    manifest = Manifest("whoosh", 1, 1, "", 0, {})
    for other in ({"engine": "khác"}, {"format_version": 2}, {"analysis_version": 2}):
        with pytest.raises(IndexIncompatible) as caught:
            require_versions(manifest, **{"engine": "whoosh", "format_version": 1, "analysis_version": 1, **other})
        yield from (str(caught.value), caught.value.what)


def verdicts() -> Iterator[str]:
    """What is said of a character set is put together from its name."""
    text = "Ủy ban nhân dân huyện đã họp bàn về việc xây dựng đường giao thông nông thôn, cấp nước sạch cho các xã."
    for charset in VIETNAMESE:
        yield recognise(legacy(text, charset)).verdict
    garbled = mend(text.encode().decode("cp1252", "replace")).verdict
    yield from (garbled, garbled.replace("garbled", "garbled in part"))


SAID_ELSEWHERE = (
    *incompatible(),
    *(why_unsupported(f"bài{ending}") for ending in SAVE_AS),
    *SAVE_AS.values(),
    *verdicts(),
    *map(os.strerror, SYSTEM_ERRORS),
    str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
    *(str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)) for path in ("/kho/a.txt", "/kho/'a'.txt")),
    str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/kho/a.txt", None, "/kho/b.txt")),
    "KeyboardInterrupt",
    "MemoryError",
)
"""Sentences that are put together from tables, or by Python."""


def filled(parts: Parts, hole: str) -> str:
    return "".join(hole if part is None else part for part in parts)


def holes(template: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(template) if name is not None)


@pytest.fixture(scope="module")
def sentences() -> dict[Parts, str]:
    """What the library says, and the module that says it."""
    return said()


def test_the_source_is_read_at_all(sentences: dict[Parts, str]) -> None:
    assert len(sentences) > 120
    assert ("is empty; put an article into it or remove it",) in sentences
    assert ("is in no character set we can tell; save the file as UTF-8",) in sentences
    assert ("The index is damaged: ", None, ".") in sentences


def test_every_sentence_of_the_library_has_its_vietnamese(sentences: dict[Parts, str]) -> None:
    untold = [
        f"{module} says {filled(parts, '…')!r}; add it to webapp/staff/vietnamese"
        for parts, module in sentences.items()
        if not any(vietnamese(filled(parts, hole)) for hole in FILLINGS)
    ]
    assert untold == []


def test_nothing_is_known_that_is_never_said(sentences: dict[Parts, str]) -> None:
    spoken = [filled(parts, hole) for parts in sentences for hole in FILLINGS] + [*SAID_ELSEWHERE]
    used = {template for text in spoken for template, _ in phrasebook().matches(text)}
    assert {english for english in phrasebook().phrases if english not in used} == set()


def test_both_languages_tell_the_same() -> None:
    for english, told in phrasebook().phrases.items():
        assert holes(english) == holes(told), english


@pytest.mark.parametrize("number", SYSTEM_ERRORS)
def test_what_the_system_says_is_known(number: int) -> None:
    for error in (OSError(number, os.strerror(number)), OSError(number, os.strerror(number), "/kho/a b: 'c'.txt")):
        assert vietnamese(str(error)) is not None


@pytest.mark.parametrize("text", SAID_ELSEWHERE)
def test_what_is_said_elsewhere_is_known(text: str) -> None:
    assert vietnamese(text)


def test_sentences_in_sentences_are_told_too() -> None:
    error = BuildUnusable("20210302-1", IndexDamaged("/kho/x.txt is missing").problem)
    assert vietnamese(str(error)) == "Không dùng bản 20210302-1 được: thiếu /kho/x.txt; chưa đổi gì."
    full = IndexUnwritable(Path("/kho"), "No space left on device (3 MB free, up to 40 MB needed)", "")
    assert vietnamese(str(full)) == (
        "Không ghi được /kho: đĩa đầy (còn trống 3 MB, cần đến 40 MB); chỉ mục cũ vẫn dùng như trước."
    )


def test_a_sentence_with_an_unknown_one_in_it_is_not_half_told() -> None:
    assert vietnamese("Build 20210302-1 cannot be made live: the moon is full; nothing was changed.") is None
    assert vietnamese("") is None


def test_names_may_hold_anything() -> None:
    told = vietnamese("/kho/{x} %s; nothing.txt: cannot be written: Permission denied; nothing was changed.")
    assert told == "/kho/{x} %s; nothing.txt: không ghi được: không có quyền; chưa đổi gì."


@given(st.text(max_size=200), st.integers(0, 400))
@settings(max_examples=20, deadline=None)
def test_any_text_is_known_or_not(text: str, times: int) -> None:
    for each in (text, f"{text}: {text}; nothing was changed.", "The index is damaged: " * times + text + "." * times):
        assert vietnamese(each) is None or vietnamese(each)


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_stood_in_the_holes_stands_in_the_translation(one: str, other: str) -> None:
    book = Phrasebook({"has {one}, and {other} too": "có {one} và {other}"})
    first, _, rest = f"{one}, and {other}".partition(", and ")
    assert book.translate(f"has {one}, and {other} too") == f"có {first} và {rest}"
