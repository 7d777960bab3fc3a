"""What the library says in English (why a file is rejected, why a run failed), in Vietnamese: staff read that.

The library speaks English to the command line and to records; it knows nothing of pages. So its sentences are known
here by their templates, and a test sees to it that each one is.
"""

from __future__ import annotations

from functools import cache

from webapp.staff.vietnamese.cluster import CLUSTER
from webapp.staff.vietnamese.corrections import CORRECTIONS
from webapp.staff.vietnamese.index import INDEX
from webapp.staff.vietnamese.sources import SOURCES
from webapp.staff.vietnamese.system import SYSTEM
from webapp.staff.vietnamese.templates import Phrasebook

__all__ = ["phrasebook", "vietnamese"]


def vietnamese(english: str) -> str | None:
    """A sentence of the library in Vietnamese; None for one that is not known."""
    return phrasebook().translate(english)


@cache
def phrasebook() -> Phrasebook:
    """All that is known, in the order it is looked up."""
    return Phrasebook({**SOURCES, **CORRECTIONS, **INDEX, **CLUSTER, **SYSTEM})
