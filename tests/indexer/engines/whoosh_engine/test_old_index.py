"""An index made by an earlier build of this program opens, answers, and can be added to.

`old_index/` was written by `make_old_index` and is kept as it is. Whoosh's table of contents is a pickle that names our
classes by the path of their module, and array files carry a version: whoever moves `codec.py`, or changes an array,
finds out here. When a format is changed on purpose, raise `schema.FORMAT_VERSION` (or `array_file.FILE_VERSION`), make
the folder anew with

    python -c "from tests.indexer.engines.whoosh_engine.test_old_index import *; make_old_index(OLD_INDEX)"

and say so in the commit: every archive out there will have to be indexed again.
"""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from indexer import facets
from indexer.documents import to_document
from indexer.engines.whoosh_engine import WhooshEngine, pairs, writer
from indexer.model import Article, Author, SearchRequest, Stamp
from indexer.ports import Holding
from indexer.querying.parser import parse
from indexer.querying.planner import make_plan

OLD_INDEX = Path(__file__).parent / "old_index"

VIETNAM = timezone(timedelta(hours=7))
MAY = Stamp(datetime(2019, 5, 4, tzinfo=VIETNAM))
ARTICLES = (
    Article("chợ", "Chợ sớm", "Chợ họp từ bốn giờ sáng.", ("Cá tươi về bến.",), (), (Author("Thu Hòa", "thu hoà"),)),
    Article("bến", "Bến cá", "", ("Thuyền về bến lúc trời chưa sáng.",), (), (), MAY),
    Article("lúa", "Lúa chín", "", ("Đồng lúa chín vàng.",), (), (Author("Đình Lâm", "đình lâm"),)),
    Article("mưa", "Mưa sớm", "", ("Trời mưa từ sáng sớm.",), (), (Author("THU HÒA", "thu hoà"),)),
)  # fmt: skip


def make_old_index(folder: Path) -> None:
    """Two segments, with pairs of words, one article of the first replaced and one removed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    engine = WhooshEngine()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "FEW_ARTICLES", 0)
        patch.setattr(writer, "choose_segments", lambda *_: [])
        engine.create(folder)
        add(engine, folder, *ARTICLES[:3])
        add(engine, folder, ARTICLES[3], ARTICLES[0], removed="lúa")
    (folder / "MAIN_WRITELOCK").unlink()


def add(engine: WhooshEngine, folder: Path, *articles: Article, removed: str = "") -> None:
    transaction = engine.writer(folder)
    for article in articles:
        transaction.add(to_document(article, f"/{article.id}.txt", "digest"))
    transaction.remove(removed)
    transaction.commit()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OLD_INDEX, tmp_path / "index"))


def found(folder: Path, text: str) -> list[str]:
    searcher = WhooshEngine().searcher(folder)
    plan = make_plan(parse(text), searcher.lexicon).plan
    return [article_id for article_id, _ in searcher.search(plan, SearchRequest()).page]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sáng", ["bến", "chợ", "mưa"]),
        ('"về bến"', ["bến", "chợ"]),
        ("lúa", []),
        ("muA", ["mưa"]),
        ("bế*", ["bến", "chợ"]),
    ],
)
def test_it_answers(folder: Path, text: str, expected: list[str]) -> None:
    assert sorted(found(folder, text)) == expected


def test_it_gives_its_articles_holdings_names_and_counts(folder: Path) -> None:
    searcher = WhooshEngine().searcher(folder)
    assert searcher.article_count() == 3
    assert searcher.article("chợ") == ARTICLES[0]
    assert dict(searcher.holdings())["mưa"] == Holding("/mưa.txt", "digest")
    assert searcher.lexicon.author_names() == {"thu hoà": "Thu Hòa"}
    everything = searcher.search(make_plan(parse(""), searcher.lexicon).plan, SearchRequest())
    assert everything.counts[facets.AUTHOR] == {"thu hoà": 2}
    assert everything.counts[facets.YEAR] == {"2019": 1}


def test_it_can_be_added_to(folder: Path) -> None:
    add(WhooshEngine(), folder, ARTICLES[2], removed="bến")
    assert found(folder, "lúa chín") == ["lúa"]
    assert found(folder, "bến") == ["chợ"]
    assert len(list(folder.glob("*.terms"))) == 1, "small segments are merged"


def test_what_is_written_today_has_the_same_files(tmp_path: Path) -> None:
    make_old_index(tmp_path / "new")
    kinds = [sorted(path.name.split(".", 1)[-1] for path in each.iterdir()) for each in (OLD_INDEX, tmp_path / "new")]
    assert kinds[0] == kinds[1]
