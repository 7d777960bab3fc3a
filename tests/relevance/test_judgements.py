"""Reading judged queries: what is well formed is read, what is not is named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.relevance.judgements import read_qrels, read_queries


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    queries, qrels = tmp_path / "queries.tsv", tmp_path / "qrels.tsv"
    queries.write_text("# ghi chú\nq1\tmưa lớn\n\nq2\tcon người\n", encoding="utf-8")
    qrels.write_text("q1\t0\ta\t3\nq1\t0\tb\t0\n# ghi chú\nq2\t0\ta\t1\n", encoding="utf-8")
    assert read_queries(queries) == {"q1": "mưa lớn", "q2": "con người"}
    assert read_qrels(qrels) == {"q1": {"a": 3, "b": 0}, "q2": {"a": 1}}


@pytest.mark.parametrize("text", ["q1\tmưa\nq1\tnắng\n", "\nq1 mưa\n", "\nq1\tmưa\t3\n"])
def test_a_bad_line_of_queries_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "queries.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"queries\.tsv:2: "):
        read_queries(path)


@pytest.mark.parametrize("text", ["q1\t0\ta\t3\nq1\t0\ta\t2\n", "\nq1\t0\ta\tbest\n", "\nq1\ta\t3\n"])
def test_a_bad_line_of_judgements_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"qrels\.tsv:2: "):
        read_qrels(path)
