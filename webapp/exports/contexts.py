"""What the templates in `templates/exports` get; see `webapp.contexts`."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class PacketCaption:
    """The words under a photo."""

    html: Markup
    """The caption, lit."""
    credit: str
    """Who took the photo, "" if nobody is named."""


@dataclass(frozen=True, slots=True)
class PacketArticle:
    """One article of a packet."""

    title: Markup
    """Its title, lit."""
    published: str
    """Day and time in words, "" if unknown."""
    published_iso: str
    """The same for machines."""
    authors: str
    """Their names, "" if none is known."""
    lead: Markup
    """The lead, lit; empty if there is none."""
    paragraphs: tuple[Markup, ...]
    """The text, lit."""
    captions: tuple[PacketCaption, ...]
    """The words under its photos."""
    citation: str
    """How to cite the article."""
    address: str
    """Its permanent address."""


@dataclass(frozen=True, slots=True)
class Packet:
    """`packet.html`: one file that needs nothing else."""

    language: str
    """`vi` or `en`."""
    query: str
    """What was searched, "" for everything."""
    heading: str
    """What the articles are, where nothing was searched."""
    count: str
    """How many they are, and of how many, in words."""
    is_partial: bool
    """Whether time ran out before all of the archive was looked at."""
    taken: str
    """When and where from, in words."""
    search_address: str
    """The search in the archive."""
    counted: str
    """`#1 / #2 bài`: how many of all articles the page's own search finds."""
    style: Markup
    """The style sheet."""
    script: Markup
    """The script."""
    policy: str
    """What the page may do (Content-Security-Policy): run that script, and load nothing."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article of a feed."""

    id: str
    """A tag URI (RFC 4151)."""
    title: str
    """Its title."""
    address: str
    """Its address."""
    updated: str
    """When it was published, as RFC 3339 writes it; the epoch where nobody knows, since a feed must tell."""
    published: str
    """The same, "" where that is not known."""
    authors: tuple[str, ...]
    """Who wrote it."""
    section: str
    """Its section, "" if none is known."""
    summary: str
    """What it says where the search found it."""


@dataclass(frozen=True, slots=True)
class Feed:
    """`feed.xml`."""

    id: str
    """A tag URI, the same on each page."""
    title: str
    """What was searched."""
    updated: str
    """When the newest of its entries was published."""
    self_address: str
    """The feed."""
    alternate_address: str
    """The same as a page for readers."""
    search_address: str
    """The OpenSearch description."""
    first_address: str
    """The feed's first page."""
    previous_address: str
    """Its page before, "" on the first."""
    next_address: str
    """Its page after, "" on the last."""
    total: int
    """How many articles were found."""
    start: int
    """The number of the first entry among them."""
    per_page: int
    """How many entries a page has at most."""
    entries: tuple[FeedEntry, ...]
    """The articles, the newest first."""
