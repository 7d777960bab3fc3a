"""`khobao serve`: a socket, the application with its archive open, and one process or several that answer."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask

from indexer.bootstrap import LiveArchive, SearchCounter, live_archive, search_counter
from indexer.errors import CannotListen, IndexUnavailable, SettingsError
from indexer.settings import Settings
from webapp import metrics, request_log
from webapp.app import create_app
from webapp.memory import keep_freed_memory
from webapp.server import BACKLOG, DRAIN_SECONDS, Server
from webapp.workers import STOPPING, Workers

logger = logging.getLogger(__name__)


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT, then finish what was asked.

    The socket comes first: a port that is taken is told at once, and early readers wait instead of being refused.
    Then everything is loaded that workers share with the process they are forked from.

    Args:
        settings: the settings in force.
        announce: is given the address, `http://host:port`, once requests can be answered.

    Raises:
        CannotListen: nobody can be served at the address of the settings.
        SettingsError: several workers are wanted and this system cannot fork.
    """
    if settings.workers > 1 and not hasattr(os, "fork"):
        raise SettingsError(f"workers = {settings.workers} needs a system that can fork.", "Set it to 1.")
    _log_to_stderr()
    keep_freed_memory()
    listener = listen(settings.host, settings.port)
    live, counter = live_archive(settings), search_counter(settings)
    app = create_app(settings, live, counter.count) if settings.count_searches else create_app(settings, live)
    with _telling_numbers(app, live, settings) as tell_numbers:
        site = _Site(app, live, counter, listener, settings, tell_numbers)
        if settings.workers == 1:
            site.answer(lambda: announce(address_of(listener)))
        else:
            site.share_out(settings.workers, lambda: announce(address_of(listener)))
    logger.info("Stopped")


def _log_to_stderr() -> None:
    """Lines with the time, the process and, while a request is answered, its id."""
    handler = logging.StreamHandler()
    handler.addFilter(request_log.InLog())
    form = "%(asctime)s [%(process)d%(request)s] %(levelname)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, handlers=[handler])


@contextmanager
def _telling_numbers(app: Flask, live: LiveArchive, settings: Settings) -> Iterator[Callable[[], None]]:
    """Measure, if that is wanted; what it yields is to be called in each process that answers."""
    if not settings.metrics_port:
        yield lambda: None
        return
    with listen("127.0.0.1", settings.metrics_port) as listener, metrics.shared_by(settings.workers):
        meter = metrics.Meter(app, live)
        logger.info("Numbers for Prometheus: %s/metrics", address_of(listener))

        def tell() -> None:
            meter.start()
            meter.serve(listener)

        yield tell


@dataclass(frozen=True)
class _Site:
    """What there is to serve, and where."""

    app: Flask
    live: LiveArchive
    counter: SearchCounter
    listener: socket.socket
    settings: Settings
    tell_numbers: Callable[[], None]

    def answer(self, ready: Callable[[], None], is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Serve from this process until SIGTERM or SIGINT, or until it is not wanted any more."""
        if _open_early(self.live):
            self._warm_up()
        gc.freeze()  # what is loaded stays: from here on the garbage collector need not look at it
        gc.enable()
        server = Server(
            self.app,
            self.listener,
            self.settings.threads,
            most_body_bytes(self.settings),
            behind_proxy=self.settings.trusted_proxies > 0,
        )
        for number in STOPPING:
            signal.signal(number, lambda *_: server.stop())
        with self.live.watching(), self.counter.counting():
            self.tell_numbers()
            ready()
            server.run(is_wanted)

    def share_out(self, count: int, ready: Callable[[], None]) -> None:
        """Serve from `count` forks of this process, which itself only looks after them."""
        self._warm_up()
        gc.freeze()  # a garbage collector that looked at what is shared would unshare it
        parent = os.getpid()
        workers = Workers(lambda: self.answer(lambda: None, lambda: os.getppid() == parent), count, DRAIN_SECONDS + 2)
        workers.start()
        self.live.release()  # the workers have it; kept here it would hold memory and files of builds long gone
        ready()
        try:
            workers.supervise()
        finally:
            self.listener.close()  # or new readers would wait here for an answer that nobody gives
            workers.stop()

    def _warm_up(self) -> None:
        """Make what is made at the first search, templates and the model of words, before a reader waits for it."""
        self.app.test_client().get("/tim-kiem?q=kho+b%C3%A1u")


def most_body_bytes(settings: Settings) -> int:
    """What a request may bring before it is looked at: without staff pages next to nothing.

    Twice an upload, since up to there the page itself says that it is too much, in the language of who sent it.
    """
    return 2_000_000 * settings.max_upload_mb if settings.staff_password_hash else 1_000_000


def _open_early(live: Callable[[], object]) -> bool:
    """Open the archive before anybody asks; whether there is one."""
    try:
        live()
    except (IndexUnavailable, OSError) as error:
        next_step = error.next_step if isinstance(error, IndexUnavailable) else ""
        logger.warning("Nothing can be searched yet. %s %s", error, next_step)
        return False
    return True


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections; they wait until a server accepts them. Raises CannotListen."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, *_, address = min(found, key=lambda one: one[0] != socket.AF_INET)  # localhost is 127.0.0.1 to most
        return socket.create_server(address, family=family, backlog=BACKLOG)
    except (socket.gaierror, UnicodeError) as error:
        raise CannotListen(host, port, "there is no such host") from error
    except OSError as error:
        raise CannotListen(host, port, os.strerror(error.errno or 0)) from error


def address_of(listener: socket.socket) -> str:
    """Where the socket listens, as `http://host:port`."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
