"""Nodes of OpenSearch on loopback, each in a Java of its own, so that one can be killed and brought back."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 300.0
"""Seconds in which nodes start on a machine that does many other things. One that gives up is noticed at once."""

PORTS = range(15_000, 32_000)
"""Below those the system gives to outgoing connections: nobody takes a dead node's port before it returns."""

REQUEST_SECONDS = 30.0

OTHERS_SECONDS = 1800.0
"""How long the one who started shared nodes waits for the others who use them."""


class NodeFailed(Exception):
    """A node ended or never became what was waited for; with the end of its log."""


def ask(url: str, path: str, method: str = "GET", body: Any = None) -> Any:
    """The JSON that a node answers. Raises OSError or HTTPException where it cannot be had, also for a refusal."""
    host = urlsplit(url).netloc
    connection = HTTPConnection(host, timeout=REQUEST_SECONDS)
    try:
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, sent, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
        if answer.status >= 400:
            raise HTTPException(f"{method} {path}: {answer.status} {said[:500]!r}")
        return json.loads(said)
    finally:
        connection.close()


@dataclass
class Node:
    """One node: where it is, and its process while it has one."""

    name: str
    home: Path
    http_port: int
    transport_port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def log(self) -> Path:
        return self.home / "node.log"

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def check(self) -> None:
        """Raises NodeFailed if it ended by itself."""
        if self.process is not None and self.process.poll() is not None:
            log = self.log.read_text(encoding="utf-8", errors="replace")
            raise NodeFailed(f"{self.name} ended with {self.process.returncode}: {log[-3000:]}")


@dataclass
class Cluster:
    """Nodes that know each other: `with Cluster(command, folder, count=3) as cluster: cluster.wait_for("green")`.

    `command` starts a node and takes its settings as name=value. Data and logs go below `folder`. The nodes live as
    long as somebody holds the pipe `folder/users` open, so they end with this process whatever becomes of it; another
    process keeps them by `join`.
    """

    command: Sequence[str]
    folder: Path
    count: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)
    first_port: int | None = None
    nodes: list[Node] = field(init=False, default_factory=list)
    _use: int | None = field(init=False, default=None)

    def __enter__(self) -> Cluster:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def urls(self) -> list[str]:
        """Addresses of all nodes, also of those that do not run."""
        return [node.url for node in self.nodes]

    def start(self) -> None:
        """Starts all nodes; returns before they answer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        pipe = self.folder / "users"
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # nobody can open a pipe to write before somebody reads
        self._use = os.open(pipe, os.O_WRONLY)
        os.close(reader)
        ports = free_ports(2 * self.count)
        if self.first_port is not None:
            ports[: self.count] = range(self.first_port, self.first_port + self.count)
        for i in range(self.count):
            name = f"n{i + 1}"
            self.nodes.append(Node(name, self.folder / name, ports[i], ports[self.count + i]))
        for node in self.nodes:
            self._run(node)

    def _run(self, node: Node) -> None:
        (node.home / "config").mkdir(parents=True, exist_ok=True)
        settings = [f"{name}={value}" for name, value in self._settings(node).items()]
        with (self.folder / "users").open("rb") as users, node.log.open("ab") as log:
            node.process = subprocess.Popen(
                [*self.command, *settings], stdin=users, stdout=log, stderr=log, start_new_session=True
            )

    def _settings(self, node: Node) -> dict[str, str]:
        if self.count == 1:
            discovery = {"discovery.type": "single-node"}
        else:
            seeds = ",".join(f"127.0.0.1:{each.transport_port}" for each in self.nodes)
            names = ",".join(each.name for each in self.nodes)
            discovery = {"discovery.seed_hosts": seeds, "cluster.initial_cluster_manager_nodes": names}
        return {
            "cluster.name": "khobao-tests",
            "node.name": node.name,
            "path.home": str(node.home),
            "path.repo": str(self.folder / "snapshots"),
            "network.host": "127.0.0.1",
            "http.port": str(node.http_port),
            "transport.port": str(node.transport_port),
            "cluster.routing.allocation.disk.threshold_enabled": "false",  # a full disk of ours is no test of theirs
            **discovery,
            **self.settings,
        }

    def kill(self, node: int) -> None:
        """Ends a node at once, as a cut of power would (SIGKILL); its data stay."""
        process = self.nodes[node].process
        assert process is not None, "it does not run"
        process.kill()
        process.wait()
        self.nodes[node].process = None

    def end(self, node: int) -> None:
        """Asks a node to close its indexes and end, and waits for it."""
        process = self.nodes[node].process
        assert process is not None, "it does not run"
        process.terminate()
        process.wait(PATIENCE)
        self.nodes[node].process = None

    def restart(self, node: int) -> None:
        """Starts a node again, with the ports and the data it had; if it runs, it is ended first."""
        if self.nodes[node].is_running:
            self.end(node)
        self._run(self.nodes[node])

    def ask(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """What the first running node answers."""
        url = next(node.url for node in self.nodes if node.is_running)
        return ask(url, path, method, body)

    def wait_for(self, status: str, seconds: float = PATIENCE) -> None:
        """Waits until all nodes that run are in the cluster and it is "yellow" or "green". Raises NodeFailed."""
        running = sum(node.is_running for node in self.nodes)
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={running}&wait_for_no_relocating_shards=true"
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for node in self.nodes:
                node.check()
            try:
                self.ask(f"{path}&timeout=5s")
            except (OSError, HTTPException):  # it does not listen yet, or knows of no cluster, or time ran out
                time.sleep(0.1)
            else:
                return
        logs = "".join(f"\n{node.name}: {node.log.read_text(errors='replace')[-1000:]}" for node in self.nodes)
        raise NodeFailed(f"the cluster did not become {status} in {seconds:.0f} s{logs}")

    def clear(self) -> None:
        """Brings back nodes that do not run and deletes every index."""
        for i, node in enumerate(self.nodes):
            if not node.is_running:
                self._run(self.nodes[i])
        self.wait_for("yellow")
        self.ask("/_all", "DELETE")
        self.wait_for("green")

    def stop(self) -> None:
        """Ends all nodes at once."""
        self.release()
        for i, node in enumerate(self.nodes):
            if node.process is not None:
                self.kill(i)

    def release(self) -> None:
        """Gives up our use of the nodes; they end if it was the last."""
        if self._use is not None:
            os.close(self._use)
            self._use = None

    def wait_until_unused(self) -> None:
        """Gives up our use, and waits until nobody else uses the nodes either and they have ended."""
        self.release()
        self.wait_until_ended(OTHERS_SECONDS)

    def wait_until_ended(self, seconds: float | None = None) -> None:
        """Waits until no node runs. Raises subprocess.TimeoutExpired."""
        for node in self.nodes:
            if node.process is not None:
                node.process.wait(seconds)


def join(folder: Path) -> int | None:
    """Keeps the nodes below this folder running till the descriptor is closed; None where none run."""
    try:
        return os.open(folder / "users", os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # there is no pipe, or nobody reads it
        return None


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    found: list[int] = []
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                found.append(port)
        if len(found) == count:
            return found
    raise NodeFailed("no free port")
