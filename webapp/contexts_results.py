"""What the parts of a page of results get; see `contexts`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time on a timeline: a year, a month, a day."""

    label: str
    """What stands below the bar."""
    name: str
    """The stretch in words."""
    count: str
    """How many articles it has, written in the page's language."""
    title: str
    """Both in a sentence, for pointers and screen readers."""
    url: str
    """Its results, "" where there are none."""
    height: int
    """0-100, the share of the tallest bar; at least 4 where there is anything."""
    chosen: bool
    """Whether the results are limited to it."""
    ticked: bool
    """Whether its label is written even where there is little room."""


@dataclass(frozen=True, slots=True)
class TimeLink:
    """A longer time, of which the timeline shows a part."""

    label: str
    """The time in words."""
    url: str
    """Its results."""


@dataclass(frozen=True, slots=True)
class TimelineView:
    """`_timeline.html`."""

    name: str
    """The time that it shows, "" where that is all there is."""
    caption: str
    """What its bars count."""
    unit: str
    """`year`, `month` or `day`: what a bar stands for."""
    heading: str
    """The name of the unit, over a column."""
    bars: tuple[Bar, ...]
    """Even stretches of time, oldest first, empty ones among them."""
    up: tuple[TimeLink, ...]
    """The longer times that lead here, the longest first."""


@dataclass(frozen=True, slots=True)
class FacetSearch:
    """The box above a long facet in which a value is looked for by name."""

    typed: str
    """What it holds."""
    hidden: tuple[tuple[str, str], ...]
    """Name and value of what is sent along unseen."""
    told: str
    """What was found for what is typed, "" before."""
    clear_url: str
    """All values again, "" before."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several ways to show a list."""

    label: str
    """The way in words."""
    url: str
    """The list shown that way."""
    current: bool
    """Whether it is shown so now."""


@dataclass(frozen=True, slots=True)
class Folding:
    """Near-identical articles of a page."""

    told: str
    """How they are shown."""
    label: str
    """The other way to show them."""
    url: str
    """The page shown that way."""


@dataclass(frozen=True, slots=True)
class ListOptions:
    """The choices above a list."""

    sorts: tuple[Option, ...]
    """The orders that make sense here."""
    sizes: tuple[Option, ...]
    """Results a page; empty where one page holds all."""
    looks: tuple[Option, ...]
    """With passages, or without."""
    compact: bool
    """Whether it is shown without."""
    folding: Folding | None
    """None where no article of the page is like another."""
