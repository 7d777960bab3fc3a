"""The product as its users run it: the command line and the server, each a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.sample import write_sample

KHOBAO = (sys.executable, "-u", "-c", "from webapp.cli import main; main()")
"""The command of this working copy, whatever is installed."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running `khobao serve`."""

    host: str
    port: int
    process: int

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"


def khobao(*arguments: str) -> None:
    """Run a command to its end. Rejected articles (status 1) are fine; ends the benchmark if the command failed."""
    done = subprocess.run([*KHOBAO, *arguments], capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"khobao {' '.join(arguments)} failed:\n{done.stderr}")


def index_sample(data: Path, articles: int, folder: Path) -> Path:
    """Index the first articles of a file as a reader would; the index's folder, which lies in `folder`."""
    write_sample(data, folder / "articles.jsonl", articles)
    khobao("index", str(folder / "articles.jsonl"), "--index", str(folder / "index"))
    return folder / "index"


@contextmanager
def serving(index_dir: Path, *arguments: str) -> Iterator[Server]:
    """A server on a free port, stopped at the end."""
    call = [*KHOBAO, "serve", "--port", "0", "--index", str(index_dir), *arguments]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = process.stdout.readline()
        try:
            address = next((word for word in said.split() if word.startswith("http://")), "")
            host, _, port = address.removeprefix("http://").rpartition(":")
            if not host:
                sys.exit(f"khobao serve did not start: {said}")
            yield Server(host, int(port), process.pid)
        finally:
            process.terminate()
