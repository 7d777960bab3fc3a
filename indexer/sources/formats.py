"""What the name of a file says: its format, that it holds no article, or what it should be saved as."""

from __future__ import annotations

from collections.abc import Mapping

READERS: Mapping[str, str] = {
    ".txt": "plain_text",
    ".html": "html",
    ".htm": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".docx": "docx",
    ".json": "json_file",
    ".jsonl": "json_lines",
    ".jsonl.xz": "json_lines",
    ".jsonl.gz": "json_lines",
    ".csv": "tables",
    ".tsv": "tables",
    ".zip": "zipped",
}
"""Suffix -> the module of this package that reads it."""

SUFFIXES = tuple(READERS)
"""What the names of article files end with, in capitals or not."""

SAVE_AS: Mapping[str, str] = {
    ".doc": "an old Word file; save it as .docx",
    ".rtf": "a rich text file; save it as .docx",
    ".odt": "an OpenDocument file; save it as .docx",
    ".wps": "a Works file; save it as .docx",
    ".pdf": "a PDF; save its text as .txt or .docx",
    ".xls": "an old Excel table; save it as .csv (UTF-8)",
    ".xlsx": "an Excel table; save it as .csv (UTF-8)",
    ".ods": "an OpenDocument table; save it as .csv (UTF-8)",
    ".rar": "packed as RAR; pack it as .zip",
    ".7z": "packed as 7z; pack it as .zip",
    ".tar": "packed as tar; pack it as .zip",
    ".tar.gz": "packed as tar; pack it as .zip",
    ".tgz": "packed as tar; pack it as .zip",
}
"""What people bring, and what it has to become."""

_DEBRIS = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_PAGE_PARTS = ("_files", ".files")


def suffix_of(name: str) -> str | None:
    """Which of `SUFFIXES` a name or path ends with."""
    lower = name.lower()
    return next((suffix for suffix in SUFFIXES if lower.endswith(suffix)), None)


def why_unsupported(name: str) -> str:
    """What to do with a file that is of none of our formats."""
    lower = name.lower()
    for suffix, advice in SAVE_AS.items():
        if lower.endswith(suffix):
            return f"format not supported: {advice}"
    return f"format not supported; the names of article files end with {', '.join(SUFFIXES)}"


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this name holds no articles: hidden, a README, left behind by a system."""
    return name.startswith((".", "README")) or name.lower() in _DEBRIS


def page_of_parts(folder: str) -> tuple[str, ...]:
    """The names of saved pages whose pictures and styles a browser would have put into a folder of this name."""
    if not folder.endswith(_PAGE_PARTS):
        return ()
    for ending in _PAGE_PARTS:
        if folder.endswith(ending) and folder != ending:
            stem = folder.removesuffix(ending)
            return (f"{stem}.html", f"{stem}.htm")
    return ()
