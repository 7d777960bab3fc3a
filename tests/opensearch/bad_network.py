"""A network that fails on purpose: an HTTP proxy that stands between us and the cluster, and does to chosen requests
what networks, balancers and busy nodes do."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, cycle
from threading import Event, Thread
from urllib.parse import urlsplit


class Fault(StrEnum):
    NONE = "none"
    REFUSED = "refused"
    """The connection is closed before anything is read."""
    SLOW = "slow"
    """The request is carried out, but the answer comes when nobody waits for it any more."""
    HALF_CLOSED = "half-closed"
    """The request is carried out, and the connection closed without an answer."""
    CUT_SHORT = "cut-short"
    """Half of the answer comes."""
    LATE = "late"
    """The connection is closed, and the request carried out when `release` is called."""
    BUSY = "429"
    AWAY = "503"
    QUEUE_FULL = "queue-full"
    """Every second change of a bulk request is turned away with 429, the others are made."""


Choose = Callable[[str, str], Fault]
"""Given method and path of a request, what shall become of it."""


def fine(_method: str, _path: str) -> Fault:
    return Fault.NONE


def every_second(fault: Fault, part_of_path: str) -> Choose:
    """The first, third ... request with this in its path meets with the fault."""
    turn = cycle((fault, Fault.NONE))
    return lambda _method, path: next(turn) if part_of_path in path else Fault.NONE


def all_in_turn() -> Choose:
    """Every second bulk request meets with the next fault, and so does every second one of the others."""
    faults = [fault for fault in Fault if fault not in (Fault.NONE, Fault.LATE)]
    bulk, others = (cycle(chain(*((fault, Fault.NONE) for fault in faults))) for _ in range(2))
    return lambda _method, path: next(bulk if "_bulk" in path else others)


class BadNetwork:
    """Passes requests on to `target` (http://host:port), as `choose` says.

    Args:
        slow_s: how long a slow answer takes.
        tls: what the address is secured with, if it is.
        authorization: the header without which the answer is 401; empty where none is needed.
    """

    def __init__(
        self, target: str, slow_s: float = 1.0, *, tls: ssl.SSLContext | None = None, authorization: str = ""
    ) -> None:
        self.choose: Choose = fine
        self.met: list[Fault] = []
        self.slow_s = slow_s
        self._late: list[Callable[[], object]] = []
        place = urlsplit(target)
        network = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                network._handle(self, (place.hostname or "", place.port or 80))

            do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - the names the base class looks for

            def log_message(self, *_args: object) -> None:
                """Nothing to say."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._authorization = authorization
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._over = Event()
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def failing(self, choose: Choose) -> Iterator[None]:
        self.choose = choose
        try:
            yield
        finally:
            self.choose = fine

    def release(self) -> None:
        """Carry out what is late, now."""
        for send in self._late:
            send()
        self._late.clear()

    def stop(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handle(self, handler: BaseHTTPRequestHandler, place: tuple[str, int]) -> None:
        fault = self.choose(handler.command, handler.path)
        self.met.append(fault)
        if fault is Fault.REFUSED:
            return _hang_up(handler)
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))

        if self._authorization and handler.headers.get("Authorization") != self._authorization:
            return _answer(handler, 401, b"Unauthorized")

        def send(body: bytes = body) -> tuple[int, bytes]:
            return _forward(place, handler, body)

        match fault:
            case Fault.LATE:
                self._late.append(send)
                _hang_up(handler)
            case Fault.BUSY | Fault.AWAY:
                _answer(handler, int(fault), b'{"error": {"type": "test", "reason": "as asked for"}}')
            case Fault.HALF_CLOSED:
                send()
                _hang_up(handler)
            case Fault.SLOW:
                send()
                self._over.wait(self.slow_s)
                _hang_up(handler)
            case Fault.QUEUE_FULL if handler.path.split("?")[0].endswith("/_bulk"):
                _answer(handler, 200, _half_of_it(body, send))
            case _:
                status, answer = send()
                _answer(handler, status, answer, cut_short=fault is Fault.CUT_SHORT)
        return None


def _forward(place: tuple[str, int], handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(*place, timeout=60)
    try:
        headers = {"Content-Type": handler.headers.get("Content-Type", "application/json")}
        connection.request(handler.command, handler.path, body or None, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _answer(handler: BaseHTTPRequestHandler, status: int, body: bytes, *, cut_short: bool = False) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2] if cut_short else body)
    if cut_short:
        _hang_up(handler)


def _hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


def _half_of_it(body: bytes, send: Callable[[bytes], tuple[int, bytes]]) -> bytes:
    """Has every second change carried out; the answer to all of them."""
    changes: list[list[bytes]] = []
    lines = iter(body.splitlines(keepends=True))
    for line in lines:
        changes.append([line] if b'"delete"' in line[:10] else [line, next(lines)])
    taken = b"".join(line for change in changes[1::2] for line in change)
    answers = iter(json.loads(send(taken)[1])["items"] if taken else [])
    turned_away = {"index": {"status": 429, "error": {"type": "rejected_execution_exception", "reason": "queue full"}}}
    items = [next(answers) if number % 2 else turned_away for number in range(len(changes))]
    return json.dumps({"errors": True, "items": items}).encode()
