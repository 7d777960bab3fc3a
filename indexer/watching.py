"""`khobao index --watch`: follows folders, waits for files to finish arriving, and runs index on what changed.

A file has arrived when nothing was heard of it for some seconds and its size and time have stayed the same as long.
What is pending is taken in together once all of it has arrived, so that one run sees both ends of a renaming; what
has arrived need not wait longer than `Pace.longest_wait` for the rest, unless something is gone: that may be the one
end of a renaming whose other end is among the rest.

Article files that are there are given to the run by name. Where something is gone, the run is given the whole folder
that is followed: only so it knows whether the folder was emptied, or is not mounted. So it is for a file that holds no
articles: it may say something of those beside it, and if not, it is for index to reject.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import Change, watch

from indexer.errors import IndexBusy, KhobaoError, SourceNotFound
from indexer.sources.places import under
from indexer.sources.walk import suffix_of

RunOn = Callable[[Sequence[Path]], str]
"""Runs index on paths (none: on all it was made from) and says what it did. May raise KhobaoError, OSError."""

Events = Generator[set[tuple[Change, str]], None, None]

Tell = Callable[[str], None]

Signature = tuple[int, ...]
"""What of a file or folder stays the same when nothing is written to it; empty for what is not there."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to look, and how long to wait; all in seconds.

    With `poll` the folders are looked through so often, as network file systems do not tell what changes; 0 leaves it
    to the system to tell, unless the environment's WATCHFILES_FORCE_POLLING asks for polling.
    """

    settle: float = 3.0
    poll: float = 0.0
    tick: float = 0.5
    longest_wait: float = 60.0
    retry: float = 5.0
    longest_retry: float = 300.0


@dataclass(slots=True)
class _Arrival:
    signature: Signature
    first_heard: float
    quiet_since: float


@dataclass
class Arrivals:
    """Paths that changed and were not taken in yet. Times are those of one clock that only goes forward."""

    pace: Pace
    pending: dict[str, _Arrival] = field(default_factory=dict)

    def hear(self, path: str, now: float) -> None:
        """Something happened to a path."""
        known = self.pending.get(path)
        self.pending[path] = _Arrival(signature_of(path), known.first_heard if known else now, now)

    def look(self, now: float) -> None:
        """See for oneself whether anything still grows: not every file system tells."""
        for path, arrival in self.pending.items():
            if (signature := signature_of(path)) != arrival.signature:
                arrival.signature, arrival.quiet_since = signature, now

    def ready(self, now: float) -> set[str]:
        """The paths to take in now."""
        arrived = {path for path, each in self.pending.items() if now - each.quiet_since >= self.pace.settle}
        if len(arrived) == len(self.pending):
            return arrived
        return {
            path
            for path in arrived
            if now - self.pending[path].first_heard >= self.pace.longest_wait and self.pending[path].signature
        }

    def forget(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.pending.pop(path, None)


def signature_of(path: str) -> Signature:
    """Of a folder: of all below it, since who moves a folder in says nothing of its files."""
    try:
        state = os.stat(path)
        if not stat.S_ISDIR(state.st_mode):
            return state.st_size, state.st_mtime_ns
        files = [os.lstat(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names]
    except OSError:
        return (0,) if os.path.lexists(path) else ()
    return len(files), sum(each.st_size for each in files), max((each.st_mtime_ns for each in files), default=0)


def paths_to_run(batch: Iterable[str], roots: Sequence[str]) -> tuple[Path, ...]:
    """What a run is to be given: articles and folders by name, and for anything else the followed folder it was in.

    What was in a folder that is gone itself is left out: its articles stay until it is back.
    """
    chosen: set[str] = set()
    for path in batch:
        root = root_of(path, roots)
        if os.path.isdir(path) or (suffix_of(path) and os.path.lexists(path)):
            chosen.add(path)
        elif root and os.path.lexists(root):
            chosen.add(root)
    return tuple(path for path in map(Path, sorted(chosen)) if not any(str(above) in chosen for above in path.parents))


def root_of(path: str, roots: Sequence[str]) -> str | None:
    """The followed folder or file a path belongs to: the innermost, where one lies in the other."""
    return max((root for root in roots if under([root])(path)), key=len, default=None)


def is_of_interest(change: Change, path: str, root: str | None) -> bool:
    """Whether index would read the path, or might have: the rules are those of `sources.walk`."""
    if root is None:
        return False
    below = path[len(root) :].split(os.sep)
    if any(name.startswith((".", "README")) for name in below):
        return False
    is_folder = os.path.isdir(path) and path != root
    return not (is_folder and (change == Change.modified or suffix_of(path)))


def follow(
    roots: Sequence[Path],
    run: RunOn,
    tell: Tell,
    pace: Pace = Pace(),
    stop: threading.Event | None = None,
    given: Sequence[Path] = (),
) -> None:
    """Run index on `given` as one would without --watch, then on whatever changes below `roots`, until `stop` is set.

    Raises:
        KhobaoError, OSError: by the first run, unless the index was busy. Later runs are told of and tried again.
        KeyboardInterrupt: at a signal; a run that is under way leaves the old index.
    """
    named = [os.path.abspath(root) for root in roots]  # as index names them: links stay as they are
    _Watch(named, run, tell, pace, stop or threading.Event()).follow(given)


class _Watch:
    """One `follow`."""

    def __init__(self, roots: Sequence[str], run: RunOn, tell: Tell, pace: Pace, stop: threading.Event) -> None:
        self._roots, self._run, self._tell, self._pace, self._stop = roots, run, tell, pace, stop
        self._arrivals = Arrivals(pace)
        self._identities = {root: _identity(root) for root in roots}
        self._pause, self._try_at, self._complaint = pace.retry, 0.0, ""
        self._polls = pace.poll > 0
        self._has_begun = False

    def follow(self, given: Sequence[Path]) -> None:
        while not self._stop.is_set():
            with closing(self._events()) as events:
                self._listen(events, given)

    def _listen(self, events: Events, given: Sequence[Path]) -> None:
        """Until `stop`, or until a followed folder has come or gone, and so must be listened to anew."""
        for changes in events:
            now = time.monotonic()
            for change, path in changes:
                if is_of_interest(change, path, root_of(path, self._roots)):
                    self._arrivals.hear(path, now)
            if not self._has_begun:  # only now that we listen: what comes during this run is heard
                self._has_begun = True
                self._run_first(given)
            must_restart = self._look_at_roots(now)
            self._take_in(now)
            if must_restart:
                return

    def _run_first(self, given: Sequence[Path]) -> None:
        try:
            self._tell(self._run(given))
        except IndexBusy as error:
            self._put_off(error)
            for root in self._roots:
                self._arrivals.hear(root, time.monotonic())
        self._tell(f"Following {', '.join(self._roots)}; Ctrl-C ends it.")

    def _events(self) -> Events:
        """What happened since the last time, again and again, even if it is nothing."""
        folders = [root for root in self._roots if os.path.isdir(root)]
        tick = max(1, round(self._pace.tick * 1000))
        try:
            if folders:
                yield from self._system_events(folders, tick)
        except FileNotFoundError:  # gone this moment: whoever looks at the roots will say so
            yield set()
            return
        except OSError as error:
            if self._polls:
                raise
            self._tell(f"The system cannot tell what changes ({error}); looking through the folders instead.")
            self._polls = True
            return
        while not folders and not self._stop.is_set():
            yield set()
            self._stop.wait(self._pace.tick)

    def _system_events(self, folders: list[str], tick: int) -> Events:
        return watch(
            *folders,
            watch_filter=None,  # one that passes nothing on would keep us from looking at what is pending
            debounce=tick,
            step=min(50, tick),
            rust_timeout=tick,
            yield_on_timeout=True,
            stop_event=self._stop,
            force_polling=True if self._polls else None,
            poll_delay_ms=max(1, round((self._pace.poll or 1.0) * 1000)),
            ignore_permission_denied=True,
        )

    def _look_at_roots(self, now: float) -> bool:
        """Take note of followed folders that came, went or were replaced, and of files; whether there were folders."""
        is_another = False
        for root, before in self._identities.items():
            identity = _identity(root)
            if identity == before:
                continue
            self._identities[root] = identity
            self._arrivals.hear(root, now)
            is_another = is_another or os.path.isdir(root) or not identity
            if not identity:
                self._tell(f"{root} is not there any more; its articles stay until it is back.")
            elif not before:
                self._tell(f"{root} is back.")
        return is_another

    def _take_in(self, now: float) -> None:
        self._arrivals.look(now)
        batch = self._arrivals.ready(now) if now >= self._try_at else set()
        if not batch:
            return
        try:
            if paths := paths_to_run(batch, self._roots):
                self._tell(self._run(paths))
        except SourceNotFound:  # it went this moment: the next look sees it so
            return
        except (KhobaoError, OSError) as error:
            self._put_off(error)
        else:
            self._arrivals.forget(batch)
            self._pause, self._complaint = self._pace.retry, ""

    def _put_off(self, error: Exception) -> None:
        """Keep what is pending, and try again; waiting longer each time, but for a busy index."""
        self._try_at = time.monotonic() + self._pause
        if not isinstance(error, IndexBusy):
            self._pause = min(self._pause * 2, self._pace.longest_retry)
        if str(error) != self._complaint:
            self._complaint = str(error)
            next_step = error.next_step if isinstance(error, KhobaoError) else ""
            self._tell(f"{error} {next_step} It is tried again.")


def _identity(root: str) -> Signature:
    """Which folder it is, or, of a file, also its content; empty for what is not there."""
    try:
        state = os.stat(root)
    except OSError:
        return ()
    content = () if stat.S_ISDIR(state.st_mode) else (state.st_size, state.st_mtime_ns)
    return state.st_dev, state.st_ino, *content
