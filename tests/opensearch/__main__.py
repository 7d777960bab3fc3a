"""Nodes to try things on: `python -m tests.opensearch --nodes 3 --port 9200`. They run until Ctrl-C, then are gone."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.opensearch.nodes import Cluster
from tests.opensearch.prepare import Unprepared, prepared


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.opensearch", description=__doc__)
    asked.add_argument("--nodes", type=int, default=1)
    asked.add_argument("--port", type=int, help="of the first node; the others follow (default: free ones)")
    asked.add_argument("--heap", default="512m")
    asked.add_argument("--data", type=Path, help="keep the data in this folder (default: a temporary one)")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.data or Path(scratch)
        with Cluster(prepared().command(options.heap), folder, options.nodes, first_port=options.port) as cluster:
            cluster.wait_for("green")
            print("Green:", *cluster.urls, flush=True)  # noqa: T201 - a command says what it did
            try:
                cluster.wait_until_ended()
            except KeyboardInterrupt:
                for i in range(options.nodes):
                    cluster.end(i)


if __name__ == "__main__":
    try:
        main()
    except Unprepared as missing:
        sys.exit(f"No OpenSearch: {missing}")
