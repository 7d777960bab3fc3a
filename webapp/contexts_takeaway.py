"""What `_takeaway.html` gets; see `contexts`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TakeawayLink:
    """A file of the results."""

    label: str
    """What kind of file."""
    url: str
    """The file."""


@dataclass(frozen=True, slots=True)
class Takeaway:
    """The results, to be taken along."""

    files: tuple[TakeawayLink, ...]
    """The files there are; none where nothing was found."""
    citations: tuple[TakeawayLink, ...]
    """The same as citations, in each style."""
    feed_url: str
    """The results as a feed, newest first."""
    note: str
    """Which of them do not hold all results, "" if they all do."""
