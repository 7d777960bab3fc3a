"""`khobao serve`: a socket, the application with its archive open, and one process or several that answer."""

from __future__ import annotations

import gc
import logging
import os
import socket
from collections.abc import Callable

from indexer.bootstrap import live_archive
from indexer.errors import CannotListen, IndexUnavailable, SettingsError
from indexer.settings import Settings
from webapp.app import create_app
from webapp.server import BACKLOG, DRAIN_SECONDS, Server
from webapp.workers import Workers

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
    logging.basicConfig(level=logging.INFO, format="%(asctime)s [%(process)d] %(levelname)s %(message)s")
    listener = listen(settings.host, settings.port)
    live = live_archive(settings)
    app = create_app(settings, live)

    def answer(is_wanted: Callable[[], bool]) -> None:
        _open_early(live)
        with live.watching():
            Server(app, listener, settings.threads).run(is_wanted)

    _open_early(live)
    gc.freeze()  # what is loaded stays; a collector that looked at it would also unshare its memory
    announce(address_of(listener))
    if settings.workers == 1:
        answer(lambda: True)
    else:
        _share_out(answer, settings.workers, live.release)
        listener.close()
    logger.info("Stopped")


def _share_out(answer: Callable[[Callable[[], bool]], None], count: int, release: Callable[[], None]) -> None:
    parent = os.getpid()
    workers = Workers(lambda: answer(lambda: os.getppid() == parent), count, DRAIN_SECONDS + 2)
    workers.start()
    release()  # the workers have it; a parent that kept it would hold memory and files of builds long gone
    workers.supervise()
    workers.stop()


def _open_early(live: Callable[[], object]) -> None:
    """Open the archive before anybody asks, if there is one."""
    try:
        live()
    except (IndexUnavailable, OSError) as error:
        logger.warning("There is nothing to search yet. %s", error)


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
