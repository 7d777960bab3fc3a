"""The engine whose index lives in an OpenSearch cluster. Only `client` knows OpenSearch's own library."""

from indexer.engines.opensearch_engine.client import ClusterOptions

__all__ = ["ClusterOptions"]
