"""Files that were uploaded and are not taken in yet.

    index_data/staged/<token>/<name>    one upload; the token cannot be guessed

They are thrown away after a day. Names come from outside: whatever they hold, a file stays in its folder.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from werkzeug.datastructures import FileStorage

MOST_FILES = 50
"""Files of one upload: more cannot be looked through on one page."""

KEPT_SECONDS = 24 * 60 * 60

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_LONGEST_NAME = 180
"""Bytes, of the 255 that file systems allow: names get additions."""


class Staging:
    """The uploads in one index folder."""

    def __init__(self, index_dir: Path) -> None:
        self._folder = index_dir / "staged"

    def keep(self, uploads: Iterable[FileStorage]) -> str:
        """Write the files of an upload, all or none; returns its token. Raises OSError."""
        token = secrets.token_urlsafe(16)
        folder = self._folder / token
        folder.mkdir(parents=True)
        try:
            for upload in uploads:
                upload.save(folder / free_name(safe_name(upload.filename or ""), lambda name: (folder / name).exists()))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return token

    def files(self, token: str) -> tuple[Path, ...]:
        """The files of an upload by name; none where it is gone, or the token was never given."""
        with suppress(OSError):
            if _TOKEN.fullmatch(token):
                return tuple(sorted(path for path in (self._folder / token).iterdir() if path.is_file()))
        return ()

    def discard(self, token: str) -> None:
        """Throw an upload away."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self._folder / token, ignore_errors=True)

    def prune(self) -> None:
        """Throw away what nobody came back for."""
        for folder in self._old():
            shutil.rmtree(folder, ignore_errors=True)

    def _old(self) -> Iterator[Path]:
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.stat().st_mtime < time.time() - KEPT_SECONDS:
                    yield folder


def safe_name(name: str) -> str:
    """A name for a file, of what a browser says it is called: no path, nothing unseen, nothing that is passed over.

    Runs pass over hidden files and READMEs, so neither name is kept.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    tidy = re.sub(r'[<>:"|?*\s]+', " ", seen).strip(" .")
    name = _shortened(tidy or "khong-ten")
    return f"bai-{name}" if name.startswith("README") else name


def _shortened(name: str) -> str:
    """The name with a stem that is cut where all of it would be too long; what it ends with says what it is."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    end = f"{dot}{ending}".encode()[: _LONGEST_NAME // 2]
    short = stem.encode()[: _LONGEST_NAME - len(end)]
    return (short + end).decode(errors="ignore").rstrip(" .")


def free_name(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, or else the first of `lua-2.txt`, `lua-3.txt`, … that is not taken."""
    stem, dot, ending = name.partition(".")
    others = (f"{stem}-{number}{dot}{ending}" for number in count(2))
    return next(each for each in chain([name], others) if not is_taken(each))
