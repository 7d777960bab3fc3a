"""Where builds are kept for other machines, beside the folder on this one; see `builds`.

An engine whose index lives in a cluster keeps there what belongs to it as well: the folders of its builds, and which
of them is live. Then the cluster says what there is, and the folder of a machine is a copy.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class Depot(Protocol):
    """The builds that all machines share. All but `lock` may raise ClusterAway."""

    def live(self) -> str | None:
        """The name of the live build; None before the first. Asked often: an answer may be a moment old."""
        ...

    def names(self) -> list[str]:
        """The names of all complete builds, the newest first."""
        ...

    def fetch(self, name: str, folder: Path) -> None:
        """Put the files of a complete build into a new folder, every byte checked, the manifest last.

        Raises IndexDamaged where they are not there, or not as they were.
        """
        ...

    def publish(self, folder: Path) -> None:
        """Take in the files of a build, which is complete from then on. What is there already is not sent again."""
        ...

    def switch(self, name: str, instead: str | None) -> None:
        """Make a complete build live, at once for all machines.

        Raises SwitchLost when another one than `instead` is live: somebody else was quicker.
        """
        ...

    def discard(self, name: str) -> None:
        """Remove a build, complete or not, its index and its files; no error where it is not there."""
        ...

    def sweep(self) -> None:
        """Remove what killed runs of any machine left behind. Only who holds the lock may do so."""
        ...

    def lock(self) -> AbstractContextManager[None]:
        """Be the only writer among all machines. Raises IndexBusy, saying who is."""
        ...
