"""Fixtures for every test: where things are, and a sample archive indexed once."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from indexer import bootstrap
from indexer.archive import Archive
from indexer.settings import Settings

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
# Where the environment forbids it, each of the hundred processes of a run would compile the library and its tests anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# How long an example takes says most about what else the machine is at.
hypothesis_settings.register_profile("khobao", deadline=None)
hypothesis_settings.load_profile("khobao")

OWNERS_ARTICLE = "2020-07-01-so-ket-cong-tac-to-chuc-xay-dung-dang"


pytest_plugins = ["tests.opensearch.fixtures"]  # also: which engine holds the sample archive

LONGEST = ("opensearch/test_three_nodes.py", "faults", "opensearch", "browser", "test_server.py", "test_crash.py")
"""Files whose tests take longest, or folders of them. They go first, so that no worker is alone with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.path.relative_to(ROOT / "tests").as_posix()))


def pytest_collection_finish() -> None:
    """Seven thousand tests are in memory from here on: looking for garbage among them again and again takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _place(file: str) -> int:
    return next((place for place, long in enumerate(LONGEST) if file.startswith(long)), len(LONGEST))


# A question may take as long as it likes, in this process and in those that tests start: on a busy machine an answer
# would be part of the truth.
ANY_TIME = 0
os.environ["KHOBAO_QUERY_BUDGET_MS"] = str(ANY_TIME)


def settings_in(folder: Path, **others: Any) -> Settings:
    """Settings of an archive in a folder of its own."""
    places = {"index_dir": folder / "index", "seeds_dir": folder / "articles"}
    return Settings(**{**places, "query_budget_ms": ANY_TIME, **others})


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The sample articles that come with the project."""
    return SEEDS


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory, engine_settings: dict[str, Any]) -> Settings:
    """Settings of an index of the sample archive; not to be changed by a test."""
    settings = settings_in(tmp_path_factory.mktemp("sample"), seeds_dir=SEEDS, **engine_settings)
    bootstrap.index(settings)
    return settings


@pytest.fixture(scope="session")
def sample_archive(sample_settings: Settings) -> Archive:
    """The sample archive, open."""
    return bootstrap.open_archive(sample_settings)


class CompiledTemplates(BytecodeCache):
    """Templates as they were compiled for the app before: many tests make one of their own, and show a page of it."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._held.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self._held[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(autouse=True, scope="session")
def compiled_templates() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", CompiledTemplates())
        yield


WriteArticle = Callable[..., Path]


@pytest.fixture
def write_article(tmp_path: Path) -> WriteArticle:
    """Writes an article in the archive's own layout: `write_article("a.txt", title=..., body=..., ...)`."""

    def write(
        name: str,
        title: str = "Một tiêu đề",
        body: str = "Một đoạn văn.",
        stamp: str = "08:00, 02/03/2021",
        byline: str = "Văn Kỳ.",
    ) -> Path:
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{stamp}\n\n{title}\n\n{body}\n\n\n{byline}\n", encoding="utf-8")
        return path

    return write
