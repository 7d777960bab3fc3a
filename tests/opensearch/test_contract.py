"""What `indexer.ports` promises, asked of the engine on a real cluster: the tests that every engine has to pass.

An archive that tests only look at is indexed once; one that they change is changed in a copy of its folder, which the
engine takes for a build that begins with what another holds.
"""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path

import pytest

from indexer.engines.opensearch_engine import OpenSearchEngine
from indexer.engines.opensearch_engine.searcher import OpenSearchSearcher
from tests.indexer.engines import test_contract as contract

pytestmark = pytest.mark.opensearch

OTHERWISE = {"test_compounds_are_counted_by_articles"}
"""Its documents are no articles as they would be analysed: what this engine takes out, it analyses again. See
`test_answers`."""

globals().update(
    {
        name: test
        for name, test in vars(contract).items()
        if name.startswith("test_") and name not in OTHERWISE
        if inspect.signature(test).parameters.keys() & {"engine", "searcher"}
    }
)


@pytest.fixture(scope="module")
def archive(shared_engine: OpenSearchEngine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample archive. Nobody writes into it."""
    folder = tmp_path_factory.mktemp("archive")
    contract.fill(shared_engine, folder, *contract.ARCHIVE)
    return folder


@pytest.fixture
def engine(shared_engine: OpenSearchEngine) -> OpenSearchEngine:
    return shared_engine


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a name that no other test of this run has: indexes are called after it."""
    return tmp_path_factory.mktemp("build")


@pytest.fixture
def searcher(engine: OpenSearchEngine, archive: Path, folder: Path) -> OpenSearchSearcher:
    shutil.copytree(archive, folder, dirs_exist_ok=True)
    return engine.searcher(folder)
