"""Adapters behind `indexer.ports`: the only places that import an engine. They never import each other."""
