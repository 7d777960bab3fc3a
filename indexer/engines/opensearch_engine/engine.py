"""Opens the index of a build's folder for writing or searching."""

from __future__ import annotations

from pathlib import Path

from indexer.engines.opensearch_engine import indexes
from indexer.engines.opensearch_engine.client import Cluster, ClusterOptions
from indexer.engines.opensearch_engine.depot import OpenSearchDepot
from indexer.engines.opensearch_engine.mapping import FORMAT_VERSION
from indexer.engines.opensearch_engine.reference import Reference, read_reference, write_reference
from indexer.engines.opensearch_engine.searcher import OpenSearchSearcher
from indexer.engines.opensearch_engine.writer import OpenSearchWriter
from indexer.errors import IndexDamaged
from indexer.lexicon.parts import open_parts


class OpenSearchEngine:
    """A build is an index in the cluster, and a folder here with its words and records.

    All but the constructor may raise ClusterAway and ClusterRefused. Raises SettingsError where the options are of no
    use.
    """

    name = "opensearch"
    format_version = FORMAT_VERSION

    def __init__(self, options: ClusterOptions) -> None:
        self._cluster = Cluster(options)
        self._prefix = options.prefix

    def create(self, folder: Path) -> None:
        self._begin(folder, 1)

    def writer(self, folder: Path) -> OpenSearchWriter:
        return OpenSearchWriter(self._cluster, folder, self._target(folder, read_reference(folder)))

    def searcher(self, folder: Path) -> OpenSearchSearcher:
        reference = read_reference(folder)
        if indexes.made_at(self._cluster, reference.index) != reference.made_at:
            raise IndexDamaged(f"the index {reference.index} is not the one that {folder.name} was written into")
        return OpenSearchSearcher(self._cluster, reference.index, open_parts(folder))

    def depot(self) -> OpenSearchDepot:
        """Where the builds are kept for other machines."""
        return OpenSearchDepot(self._cluster)

    def _target(self, folder: Path, before: Reference) -> Reference:
        """The index to write: nobody may see a change to one that is committed, so that is cloned."""
        if not before.is_committed:
            return before if self._is_empty(before.index) else self._begin(folder, 1)
        index = self._free_name(folder, before)
        return Reference(index, indexes.clone(self._cluster, before.index, index), before.version, before.articles)

    def _is_empty(self, index: str) -> bool:
        """Whether no writer that was killed left anything in it."""
        indexes.refresh(self._cluster, index)
        return indexes.count(self._cluster, index) == 0

    def _free_name(self, folder: Path, before: Reference) -> str:
        own = indexes.name_of(self._prefix, folder.name)
        if before.index != own and not before.index.startswith(f"{own}."):
            return own
        generation = int(before.index.removeprefix(own).lstrip(".") or 1)
        return indexes.name_of(self._prefix, folder.name, generation + 1)

    def _begin(self, folder: Path, generation: int) -> Reference:
        index = indexes.name_of(self._prefix, folder.name, generation)
        reference = Reference(index, indexes.create(self._cluster, index))
        write_reference(folder, reference)
        return reference
