"""What an article tells machines about itself: search engines, and programs that show a link's title and picture. Pure.

The vocabulary is schema.org's NewsArticle (https://schema.org/NewsArticle) and the Open Graph protocol
(https://ogp.me).
"""

from __future__ import annotations

from typing import Any

from indexer.model import Article
from webapp.contexts_article import SharingView

DESCRIPTION_CHARS = 160
"""What search engines show of a description, about."""


def sharing(article: Article, newspaper: str, address: str, permanent: str) -> SharingView:
    """The article for machines; `permanent` is its short address."""
    return SharingView(
        description=description(article),
        newspaper=newspaper,
        linked_data=linked_data(article, newspaper, address, permanent),
    )


def description(article: Article) -> str:
    """How the article begins, cut between two words."""
    text = " ".join(" ".join((article.lead, *article.paragraphs[:3])).split())
    if len(text) <= DESCRIPTION_CHARS:
        return text
    return text[:DESCRIPTION_CHARS].rpartition(" ")[0].rstrip(" ,;:–-") + "…" if " " in text[:DESCRIPTION_CHARS] else ""


def linked_data(article: Article, newspaper: str, address: str, permanent: str) -> dict[str, Any]:
    """A NewsArticle as JSON-LD; what is unknown is left out."""
    published = article.published.isoformat() if article.published else ""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": published,
        "author": [{"@type": "Person", "name": author.name} for author in article.authors],
        "articleSection": article.section,
        "description": description(article),
        "inLanguage": "vi",
        "url": permanent,
        "mainEntityOfPage": address,
        "publisher": {"@type": "NewsMediaOrganization", "name": article.source or newspaper},
    }
    return {name: value for name, value in data.items() if value}
