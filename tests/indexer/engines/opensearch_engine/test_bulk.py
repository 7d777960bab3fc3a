"""Bulk changes, without a cluster: what is sent again, and how much at once."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.engines.opensearch_engine import bulk, client
from indexer.engines.opensearch_engine.bulk import BulkSender, Change
from indexer.engines.opensearch_engine.client import Cluster, ClusterOptions
from indexer.errors import ClusterAway, ClusterRefused
from tests.indexer.engines.opensearch_engine.scripted import Answer, Scripted, cut_off, status

OPTIONS = ClusterOptions(("http://one:9200",))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.0005)
    monkeypatch.setattr(client, "LONGEST_WAIT_S", 0.001)
    monkeypatch.setattr(bulk, "LONG_PATIENCE_S", 0.05)


def changes(count: int) -> list[Change]:
    return [Change(str(number), number + 1, {"title": "mưa"}) for number in range(count)]


def ids(lines: list[dict[str, Any]]) -> list[str]:
    return [line["index"]["_id"] for line in lines if "index" in line]


def answer_with(**failing: int) -> Answer:
    """Each change done, but for those that have a status of their own: `_3=429`."""

    def answer(lines: list[dict[str, Any]]) -> dict[str, Any]:
        return {"items": [{"index": item(failing.get(f"_{each}", 200))} for each in ids(lines)]}

    return answer


def item(code: int) -> dict[str, Any]:
    return {"status": code, **({} if code < 300 else {"error": {"type": "t", "reason": f"r{code}"}})}


def send(count: int, *answers: Answer) -> tuple[dict[str, str], Scripted]:
    script = Scripted([*answers])
    return BulkSender(Cluster(OPTIONS, script), "a").send(changes(count)), script


def test_only_what_was_turned_away_is_sent_again() -> None:
    refused, script = send(6, answer_with(_1=429, _4=503), answer_with())
    assert refused == {}
    assert [ids(lines) for lines in script.bodies] == [["0", "1", "2", "3", "4", "5"], ["1", "4"]]


@pytest.mark.parametrize("failure", [status(429), status(503), cut_off()])
def test_a_request_that_failed_is_sent_again_in_smaller_ones_that_grow_again(
    monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    monkeypatch.setattr(bulk, "MOST_CHANGES", 8)
    refused, script = send(20, failure, failure, answer_with())
    assert refused == {}
    assert [len(ids(lines)) for lines in script.bodies] == [8, 4, 2, 4, 8, 6]
    assert [each for lines in script.bodies[2:] for each in ids(lines)] == [str(number) for number in range(20)]


def test_a_request_holds_so_many_bytes_or_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(changes(1)[0].lines())
    monkeypatch.setattr(bulk, "MOST_BYTES", 3 * size)
    _, script = send(7, answer_with())
    assert [len(ids(lines)) for lines in script.bodies] == [3, 3, 1]
    monkeypatch.setattr(bulk, "MOST_BYTES", size - 1)
    _, script = send(2, answer_with())
    assert [len(ids(lines)) for lines in script.bodies] == [1, 1]


@pytest.mark.parametrize("code", [400, 413])
def test_an_article_that_no_cluster_will_take_is_refused_and_the_others_go_on(code: int) -> None:
    refused, script = send(4, answer_with(_2=code))
    assert refused == {"2": f"t: r{code}"}
    assert len(script.requests) == 1


@pytest.mark.parametrize("code", [400, 413])
def test_of_a_request_that_is_refused_as_a_whole_the_article_to_blame_is_found(code: int) -> None:
    def choosy(lines: list[dict[str, Any]]) -> dict[str, Any]:
        if "2" in ids(lines):
            raise status(code)
        return {"items": [{"index": item(200)} for _ in ids(lines)]}

    refused, script = send(8, choosy)
    assert refused == {"2": "some_exception: because"}
    sent = [each for lines in script.bodies for each in ids(lines) if "2" not in ids(lines)]
    assert sorted(sent) == [each for each in "01345678" if each != "8"]


def test_a_change_that_a_later_one_has_overtaken_is_done() -> None:
    assert send(2, answer_with(_0=409))[0] == {}


def test_a_cluster_that_takes_nothing_for_long_ends_it() -> None:
    with pytest.raises(ClusterAway, match="429: t: r429"):
        send(2, answer_with(_0=429, _1=429))


def test_an_index_that_is_gone_is_no_fault_of_an_article() -> None:
    with pytest.raises(ClusterRefused, match="r404"):
        send(2, answer_with(_0=404))
