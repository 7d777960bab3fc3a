"""Waitress, with an end that loses nothing: told to stop, a server answers what it was asked before it goes."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from typing import Any

import waitress
from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.task import WSGITask

DRAIN_SECONDS = 10.0
"""How long requests in flight may take once the server is told to stop."""

FIRST_WORD_SECONDS = 0.5
"""How long a new connection may then be silent before it is closed: its request may be on the way."""

CONNECTIONS = 500
"""Open at a time in one process. Browsers keep several each for two minutes, so waitress's 100 would shut readers out;
systems let a process open 1024 files, if they are not told otherwise.
"""

BACKLOG = 1024
"""Connections that wait in the system's queue while all processes are busy."""

logger = logging.getLogger(__name__)


class _Task(WSGITask):  # type: ignore[misc] # waitress has no types
    """Tells the client when this is the last answer on its connection."""

    def build_response_header(self) -> Any:
        if self.channel.server.is_stopping:
            self.set_close_on_finish()
        return super().build_response_header()


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    task_class = _Task


class Server:
    """Answers requests that come in at `listener`, which other processes may share, until it is told to stop.

    Make it after a fork: it has threads.
    """

    def __init__(
        self, app: Flask, listener: socket.socket, threads: int, most_body_bytes: int, *, behind_proxy: bool = False
    ) -> None:
        # It warns of every request that waits a moment for a thread; a page and its fonts do that each time.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._map: dict[int, Any] = {}
        self._waitress = waitress.create_server(
            app,
            map=self._map,
            sockets=[listener],
            threads=threads,
            backlog=BACKLOG,
            connection_limit=CONNECTIONS,
            max_request_body_size=most_body_bytes,
            clear_untrusted_proxy_headers=not behind_proxy,  # else the application is to read them
        )
        self._waitress.channel_class = _Channel
        self._waitress.is_stopping = False  # ours; `_Task` reads it

    def run(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Serve until `stop`, or until `is_wanted`, asked every second, says no; then finish what was asked."""
        while is_wanted() and not self._waitress.is_stopping:
            self._turn(1.0)
        self._waitress.is_stopping = True
        self._accept_the_waiting()
        self._drain()
        self._waitress.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def stop(self) -> None:
        """Make `run` come to its end; may be called from a signal handler."""
        if not self._waitress.is_stopping:
            self._waitress.is_stopping = True
            self._waitress.pull_trigger()  # wakes the loop

    def _turn(self, seconds: float) -> None:
        """Wait for something to do and do it: accept, read, write. By poll: select knows no file beyond 1024."""
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._map, count=1)

    def _accept_the_waiting(self) -> None:
        """Take in who is connected already, as far as this process knows; then leave the door to others."""
        for _ in range(BACKLOG):
            known = len(self._waitress.active_channels)
            self._waitress.handle_accept()
            if len(self._waitress.active_channels) == known:
                break
        self._waitress.del_channel()
        self._waitress.socket.close()

    def _drain(self) -> None:
        since = time.time()
        while self._waitress.active_channels and time.time() < since + DRAIN_SECONDS:
            self._turn(0.1)
            for channel in list(self._waitress.active_channels.values()):
                if _is_done(channel, since):
                    channel.handle_close()
        if left := len(self._waitress.active_channels):
            logger.warning("%d requests were not finished after %d s and got no answer", left, DRAIN_SECONDS)


def _is_done(channel: Any, since: float) -> bool:
    """Whether a connection has neither a request under way nor an answer to send."""
    if channel.requests or channel.request is not None or channel.total_outbufs_len:
        return False
    is_silent = channel.last_activity == channel.creation_time
    return not is_silent or time.time() > since + FIRST_WORD_SECONDS
