"""What the suites on a real OpenSearch rely on: nodes that answer, break, come back, and end with their users."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.opensearch.fixtures import shared_node
from tests.opensearch.nodes import Cluster, NodeFailed, ask, free_ports, join
from tests.opensearch.prepare import Distribution, find_java
from tests.processes import wait_for_children, wait_until_gone

SLEEPER = ["sh", "-c", "read forever", "node"]
"""Stands for a node where only its process matters: it ends when the last user of its input does."""


@pytest.mark.opensearch
def test_a_node_answers_and_scores_with_our_scripts(cluster_url: str, index_prefix: str) -> None:
    counted = {"type": "scripted", "script": {"source": "return doc.freq"}}
    text = {"type": "text", "analyzer": "whitespace", "similarity": "counted"}
    made = {"settings": {"similarity": {"counted": counted}}, "mappings": {"properties": {"body": text}}}
    ask(cluster_url, f"/{index_prefix}-a", "PUT", made)
    ask(cluster_url, f"/{index_prefix}-a/_doc/1?refresh=true", "PUT", {"body": "sông hồng sông"})
    found = ask(cluster_url, f"/{index_prefix}-a/_search", "POST", {"query": {"term": {"body": "sông"}}})
    assert [hit["_score"] for hit in found["hits"]["hits"]] == [2.0]


@pytest.mark.opensearch
def test_a_node_does_not_outlive_a_killed_test(distribution: Distribution, tmp_path: Path) -> None:
    owner = (
        "import sys, time; from pathlib import Path; from tests.opensearch.nodes import Cluster\n"
        "with Cluster(sys.argv[2:], Path(sys.argv[1])): time.sleep(300)"
    )
    call = [sys.executable, "-c", owner, str(tmp_path), *distribution.command("64m")]
    with subprocess.Popen(call) as process:
        nodes = wait_for_children(process.pid, 1)
        process.send_signal(signal.SIGKILL)
    assert wait_until_gone(nodes)


def test_the_last_user_ends_a_shared_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cluster, "wait_for", lambda *_: None)  # it answers nobody
    shared = tmp_path / "shared"
    with shared_node(SLEEPER, shared) as first:
        with shared_node(SLEEPER, shared) as second:
            assert second == first, "the second user gets the first one's"
        another = join(shared)
        assert another is not None, "one user is left"
        os.close(another)
    assert join(shared) is None


def test_a_node_that_gives_up_is_told_with_its_last_words(tmp_path: Path) -> None:
    gives_up = Cluster(["sh", "-c", "echo no room >&2; exit 3"], tmp_path)
    with gives_up, pytest.raises(NodeFailed, match=r"ended with 3: no room"):
        gives_up.wait_for("green")


def test_ports_are_all_different() -> None:
    assert len(set(free_ports(6))) == 6


def _java(home: Path, version: str, compiler: bool = True) -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text(f'IMPLEMENTOR="Somebody"\nJAVA_VERSION="{version}"\n', encoding="utf-8")
    if compiler:
        (home / "bin" / "javac").touch()
    return home


def test_the_newest_java_that_can_compile_is_taken(tmp_path: Path) -> None:
    _java(tmp_path / "a-9", "9.0.4")
    _java(tmp_path / "b-17", "17.0.15")
    newest = _java(tmp_path / "c-25", "25.0.3")
    _java(tmp_path / "d-21", "21")
    _java(tmp_path / "e-26", "26", compiler=False)
    assert find_java({}, tmp_path) == newest


def test_a_java_that_is_named_goes_first_if_it_is_new_enough(tmp_path: Path) -> None:
    _java(tmp_path / "jvms" / "25", "25.0.3")
    old, named = _java(tmp_path / "17", "17.0.15"), _java(tmp_path / "21", "21.0.2")
    environment = {"JAVA_HOME": str(old), "JAVA_HOME_21": str(named)}
    assert find_java(environment, tmp_path / "jvms") == named


def test_without_a_new_java_none_is_found(tmp_path: Path) -> None:
    _java(tmp_path / "17", "17.0.15")
    assert find_java({"JAVA_HOME": str(tmp_path / "missing")}, tmp_path) is None
