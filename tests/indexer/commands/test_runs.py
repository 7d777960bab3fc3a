"""`khobao runs`, as a person reads it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from tests.conftest import WriteArticle
from webapp.cli import cli


def test_runs_tells_what_each_did_or_why_it_failed(tmp_path: Path, write_article: WriteArticle) -> None:
    write_article("a.txt")
    index = ["--index", str(tmp_path / "index")]
    CliRunner().invoke(cli, ["index", str(tmp_path / "articles"), *index])
    CliRunner().invoke(cli, ["index", str(tmp_path / "nowhere"), *index])
    told = CliRunner().invoke(cli, ["runs", *index]).stdout.splitlines()
    assert "failed" in told[0]
    assert "nowhere: no such file or folder" in told[0]
    assert "1 articles: 1 new, 0 changed, 0 removed, 0 rejected" in told[1]
    listed = json.loads(CliRunner().invoke(cli, ["runs", "--json", *index]).stdout)
    assert [run["state"] for run in listed] == ["failed", "done"]
