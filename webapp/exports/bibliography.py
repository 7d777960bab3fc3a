"""Articles -> their citations in one file: a list to read, or records for a reference manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.model import Article
from webapp import citations, site
from webapp.citations import Style
from webapp.exports.characters import legal


def bibliography(articles: Iterable[Article], style: Style) -> Iterator[str]:
    """The file, citation by citation, in the order of the articles."""
    return map(legal, citations.listed(map(site.cited, articles), style))
