"""What becomes of requests that fail, without a cluster."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opensearchpy.exceptions import ConnectionTimeout, SerializationError, SSLError

from indexer.engines.opensearch_engine import breaker, client
from indexer.engines.opensearch_engine.breaker import Breaker
from indexer.engines.opensearch_engine.client import LONG_PATIENCE_S, Cluster, ClusterOptions
from indexer.errors import ClusterAway, ClusterRefused, SettingsError
from tests.indexer.engines.opensearch_engine.scripted import Answer, Scripted, cut_off, status

OPTIONS = ClusterOptions(("http://one:9200", "http://two:9200"), user="us", password="sesame")  # noqa: S106 - of no cluster


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("FIRST_WAIT_S", 0.0005), ("LONGEST_WAIT_S", 0.001)):
        monkeypatch.setattr(client, name, seconds)


def told(*answers: Answer) -> tuple[Cluster, Scripted]:
    script = Scripted([*answers])
    return Cluster(OPTIONS, script), script


@pytest.mark.parametrize("failure", [cut_off(), status(429), status(502), status(503), SerializationError("<html>")])
def test_a_request_that_may_succeed_later_is_sent_again(failure: Exception) -> None:
    cluster, script = told(failure, {"hits": {}})
    assert cluster.search("a", {}) == {"hits": {}}
    assert len(script.requests) == 2


def test_a_cluster_that_stays_away_is_told_by_its_addresses_and_the_reason() -> None:
    cluster, script = told(cut_off())
    with pytest.raises(ClusterAway, match=r"http://one:9200, http://two:9200 does not answer \(connection refused"):
        cluster.request("GET", "/", patience_s=0)
    assert len(script.requests) == 2, "each node is tried, whatever the patience"


def test_a_slow_answer_is_not_waited_for_once_more_when_time_is_up() -> None:
    cluster, script = told(ConnectionTimeout("TIMEOUT", "timed out", OSError()))
    with pytest.raises(ClusterAway):
        cluster.request("GET", "/", patience_s=0)
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("failure", "advice"),
    [
        (status(401), "opensearch_password"),
        (status(403, "security_exception"), "rights"),
        (SSLError("N/A", "self-signed certificate", OSError()), "opensearch_ca"),
        (status(400), "log"),
    ],
)
def test_a_refusal_is_final_and_says_what_to_do(failure: Exception, advice: str) -> None:
    cluster, script = told(failure)
    with pytest.raises(ClusterRefused) as caught:
        cluster.search("a", {})
    assert len(script.requests) == 1
    assert advice in caught.value.next_step
    assert "sesame" not in f"{caught.value} {caught.value.next_step} {OPTIONS!r}"


def test_the_reason_of_a_refusal_goes_down_to_its_cause() -> None:
    error = {
        "type": "search_phase",
        "reason": "all failed",
        "failed_shards": [{"reason": {"type": "x", "reason": "y"}}],
    }
    assert client.reason_of(error) == "search_phase: all failed; x: y"
    assert client.reason_of(None) == "no reason given"


def test_one_failed_part_of_several_searches_fails_them_all() -> None:
    good, bad = {"hits": {}, "status": 200}, {"error": {"type": "x", "reason": "y"}, "status": 503}
    cluster, script = told({"responses": [good, bad]}, {"responses": [good, good]})
    assert cluster.msearch("a", [{}, {}], timeout_ms=50) == [good, good]
    assert script.bodies[0] == [{}, {"timeout": "50ms"}, {}, {"timeout": "50ms"}]
    cluster, _ = told({"responses": [{"error": {"type": "parse", "reason": "z"}, "status": 400}]})
    with pytest.raises(ClusterRefused, match="parse: z"):
        cluster.msearch("a", [{}])


def test_an_answer_that_lacks_shards_is_none_where_all_are_wanted() -> None:
    lacking = {"_shards": {"total": 2, "failed": 1, "failures": [{"reason": {"type": "gone", "reason": "node left"}}]}}
    cluster, _ = told(lacking, {"count": 3, "_shards": {"total": 2, "failed": 0}})
    assert cluster.request("GET", "/a/_count", on_all_shards=True)["count"] == 3
    cluster, _ = told(lacking)
    with pytest.raises(ClusterAway, match="1 of 2 shards failed: gone: node left"):
        cluster.request("GET", "/a/_count", on_all_shards=True, patience_s=0)
    assert cluster.search("a", {}) == lacking


# -- the circuit breaker


def test_readers_are_told_at_once_while_the_cluster_is_known_to_be_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaker, "PAUSE_S", 0.1)
    cluster, script = told(*[cut_off()] * (breaker.FAILURES + 2), {})
    with pytest.raises(ClusterAway):
        cluster.request("GET", "/")
    sent = len(script.requests)
    assert sent == breaker.FAILURES
    with pytest.raises(ClusterAway, match="has not answered for a while"):
        cluster.search("a", {})
    assert len(script.requests) == sent, "nothing was sent"
    assert cluster.request("GET", "/", patience_s=LONG_PATIENCE_S) == {}, "a run waits until it is asked again"


@pytest.mark.parametrize("code", [429, 500])
def test_a_busy_cluster_is_not_away_nor_one_that_fails_at_a_question(code: int) -> None:
    cluster, script = told(*[status(code)] * (2 * breaker.FAILURES), {})
    assert cluster.request("GET", "/", patience_s=10) == {}
    assert len(script.requests) == 2 * breaker.FAILURES + 1


def test_when_the_pause_is_over_one_may_try_and_the_others_wait_for_what_happens() -> None:
    now = [0.0]
    breaks = Breaker(lambda: now[0])
    for _ in range(breaker.FAILURES):
        assert breaks.seconds_to_wait() == 0
        breaks.failed()
    assert breaks.seconds_to_wait() == breaker.PAUSE_S
    now[0] += breaker.PAUSE_S
    assert [breaks.seconds_to_wait() for _ in range(3)] == [0, breaker.PAUSE_S, breaker.PAUSE_S]
    breaks.failed()
    assert breaks.seconds_to_wait() == breaker.PAUSE_S
    now[0] += breaker.PAUSE_S
    assert breaks.seconds_to_wait() == 0
    breaks.succeeded()
    assert [breaks.seconds_to_wait() for _ in range(3)] == [0, 0, 0]


def test_a_certificate_that_is_not_there_is_a_wrong_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="opensearch_ca"):
        Cluster(ClusterOptions(("https://one:9200",), ca=str(tmp_path / "ca.pem")))


@pytest.fixture
def address_teller() -> Iterator[str]:
    """A server that keeps connections open, and answers with the port at the other end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = b'{"port": %d}' % self.client_address[1]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_workers_do_not_read_each_others_answers(address_teller: str) -> None:
    """A connection that two processes use at once mixes their answers up: after a fork each opens its own."""
    cluster = Cluster(ClusterOptions((address_teller,)))
    ours = cluster.request("GET", "/")["port"]
    assert cluster.request("GET", "/")["port"] == ours, "one process uses a connection again"
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the server has a thread, which the child lacks
        child = os.fork()
    if not child:
        os.write(writing, str(cluster.request("GET", "/")["port"]).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(reading, 10)) != ours
    for end in (reading, writing):
        os.close(end)
