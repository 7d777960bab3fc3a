"""`khobao index`: its options, as a person gives them. What it does to an index is in the tests of `build`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.cli import cli


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--watch", "--compare"], "--watch does not go with --compare"),
        (["--watch", "--compare", "--yes"], "--watch does not go with --compare, --yes"),
        (["--watch", "--rebuild"], "--rebuild"),
        (["--watch", "--remove", "x"], "--remove"),
        (["--watch", "--json"], "--json"),
        (["--settle", "1"], "need --watch"),
        (["--poll", "0"], "need --watch"),
        (["--yes"], "--yes needs --compare"),
        (["--remove"], "needs the PATHS"),
        (["--remove", "--rebuild", "x"], "exclude each other"),
    ],
)
def test_options_that_would_be_ignored_are_refused(tmp_path: Path, options: list[str], told: str) -> None:
    index_dir = tmp_path / "index"
    result = CliRunner().invoke(cli, ["index", "--index", str(index_dir), *options], catch_exceptions=False)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert not index_dir.exists()


def test_help_has_the_options_under_headings() -> None:
    text = CliRunner().invoke(cli, ["index", "--help"], catch_exceptions=False).stdout
    headings = ["What is taken in:", "Before readers get it:", "Go on and follow the folders:", "Options:"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert places[1] < text.rindex("--yes") < places[2] < text.index("--settle") < places[3]
    assert "--run" not in text
