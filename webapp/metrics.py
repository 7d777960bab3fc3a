"""What the server does, in numbers for Prometheus, at a port of its own that only this machine can reach.

Any worker answers there for all of them: each writes its numbers into a file in memory that the others can read.
"""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from flask import Flask, g, request
from werkzeug.wrappers import Response

from indexer.errors import IndexUnavailable
from webapp.site import Archive

if TYPE_CHECKING:  # most servers measure nothing, and start faster without
    from prometheus_client.core import Metric

SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Bounds of the histograms: a page takes some 15 ms, a search is cut short after 250."""

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})

PATIENCE_SECONDS = 5
"""For whoever reads the numbers."""


@contextmanager
def shared_by(workers: int) -> Iterator[None]:
    """Within it the numbers of several processes are added up. Enter it before anything is measured."""
    if workers == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="khobao-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # read when prometheus_client is imported
        yield


class Meter:
    """Measures what an application does, once it is told to start; `registry` is what the numbers are read from.

    It is put on before the application answers anything, so that the first request, which nobody sent, is not counted.
    """

    def __init__(self, app: Flask, archives: Callable[[], Archive]) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415 - see above

        self.registry, kept = CollectorRegistry(), None
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - see above

            MultiProcessCollector(self.registry)  # type: ignore[no-untyped-call] # it has no types
            kept = CollectorRegistry()
        kept = kept or self.registry
        self._requests = Counter("khobao_requests", "Requests answered", ("method", "route", "status"), registry=kept)
        self._answering = Histogram(
            "khobao_request_seconds", "Time to the answer, by route", ("route",), buckets=SECONDS, registry=kept
        )
        self._searching = Histogram("khobao_search_seconds", "Time of the search alone", buckets=SECONDS, registry=kept)
        self._has_started = False
        self.registry.register(_AboutArchive(archives))
        app.after_request(self._note)

    def start(self) -> None:
        """Count from here on."""
        self._has_started = True

    def serve(self, listener: socket.socket) -> None:
        """Tell the numbers to whoever asks at a socket, in a thread of its own. Call it after a fork."""
        from prometheus_client import make_wsgi_app  # noqa: PLC0415 - see above

        server = _Server(listener)
        server.set_app(make_wsgi_app(self.registry))
        threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()

    def _note(self, response: Response) -> Response:
        if self._has_started:
            route = request.url_rule.rule if request.url_rule else "none"
            method = request.method if request.method in METHODS else "other"
            self._requests.labels(method, route, response.status_code).inc()
            self._answering.labels(route).observe(time.perf_counter() - g.started)
            if "search_seconds" in g:
                self._searching.observe(g.search_seconds)
        return response


class _AboutArchive:
    """What is served: asked for when the numbers are read."""

    def __init__(self, archives: Callable[[], Archive]) -> None:
        self._archives = archives

    def collect(self) -> Iterable[Metric]:
        from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily  # noqa: PLC0415 - see above

        try:
            archive = self._archives()
        except IndexUnavailable:
            yield GaugeMetricFamily("khobao_articles", "Articles that can be found", value=0)
            return
        yield GaugeMetricFamily("khobao_articles", "Articles that can be found", value=archive.article_count)
        yield InfoMetricFamily("khobao_build", "The build of the index that answers", value={"build": archive.build})


class _Server(WSGIServer):
    """Answers at a socket that is there already, and that other processes may share."""

    def __init__(self, listener: socket.socket) -> None:
        super().__init__(listener.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        listener.setblocking(False)  # another process may have been faster: then there is nobody left to wait for
        self.socket = listener
        self.server_name, self.server_port = listener.getsockname()[:2]
        self.setup_environ()


class _Handler(WSGIRequestHandler):
    timeout = PATIENCE_SECONDS

    def log_message(self, *_: Any) -> None:
        """Say nothing: it is asked every few seconds."""
