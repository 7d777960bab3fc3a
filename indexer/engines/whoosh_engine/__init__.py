"""The index on one machine: Whoosh keeps schema, segments, commits and stored articles; scoring is arrays (numpy)."""

from indexer.engines.whoosh_engine.engine import WhooshEngine

__all__ = ["WhooshEngine"]
