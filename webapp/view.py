"""How a reader wants lists to look; it changes nothing about what is found. Pure.

It stands in the address (`gon=1`, `gop=0`) and goes along with every link, so that pages can be kept for all readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from webapp.params import Arguments


@dataclass(frozen=True, slots=True)
class View:
    """`compact` lists show titles without passages; `folds` puts near-identical articles below the first of them."""

    compact: bool = False
    folds: bool = True

    def items(self) -> Iterator[tuple[str, str]]:
        """The arguments that say so, where it is not the usual view."""
        if self.compact:
            yield "gon", "1"
        if not self.folds:
            yield "gop", "0"


USUAL = View()


def read_view(args: Arguments) -> View:
    """The view that the arguments ask for; what they do not say, or not so that it can be read, is as usual."""
    return View(compact="1" in args.getlist("gon"), folds="0" not in args.getlist("gop"))
