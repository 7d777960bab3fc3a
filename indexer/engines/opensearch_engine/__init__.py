"""The engine whose index lives in an OpenSearch cluster. Only `client` knows OpenSearch's own library."""

from indexer.engines.opensearch_engine.client import ClusterOptions
from indexer.engines.opensearch_engine.engine import OpenSearchEngine

__all__ = ["ClusterOptions", "OpenSearchEngine"]
