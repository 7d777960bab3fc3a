"""Near-identical articles are told apart from the first of their kind, and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.bootstrap import open_archive
from indexer.clinic.copies import read_clusters
from indexer.folding import mark_copies
from indexer.model import Hit, SearchRequest
from indexer.settings import Settings

TEXT = (
    "Sáng nay, đoàn thuyền câu của xóm Bến Tượng trở về sau chín ngày bám biển, khoang đầy cá thu và mực lá. "
    "Bà con đứng kín bờ kè chờ cân hàng, tiếng cười nói át cả tiếng sóng vỗ. Theo các chủ thuyền, chuyến này "
    "mỗi người chia được hơn bốn triệu đồng, đủ mua sách vở cho con vào năm học mới và sửa lại mái nhà trước mùa bão."
)


def hit(article_id: str) -> Hit:
    return Hit(article_id, "", (), None, (), "", "", 0.0, ())


@given(st.lists(st.integers(0, 20), unique=True), st.dictionaries(st.integers(0, 20).map(str), st.integers(0, 3)))
def test_each_cluster_keeps_its_first_and_all_stay_in_order(ids: Sequence[int], clusters: dict[str, int]) -> None:
    marked = list(mark_copies([hit(str(one)) for one in ids], clusters))
    assert [one.id for one in marked] == [str(one) for one in ids]
    kept = [one.id for one in marked if not one.copy_of]
    of = [clusters[one] for one in kept if one in clusters]
    assert len(of) == len(set(of))
    for one in marked:
        if one.copy_of:
            assert one.copy_of in kept
            assert clusters[one.copy_of] == clusters[one.id]


def build(tmp_path: Path) -> Settings:
    """An archive with three articles of one text, and one of another."""
    from indexer.bootstrap import index  # noqa: PLC0415 - loads all that makes an index

    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name, day in (("a", 3), ("b", 2), ("c", 1)):
        text = f"Thuyền câu về bến\n{day}/8/2016\n{TEXT}\n"
        (seeds / f"2016-08-0{day}-{name}.txt").write_text(text, encoding="utf-8")
    (seeds / "khac.txt").write_text("Chợ phiên đông khách\n5/8/2016\nThuyền chở rau về chợ từ sớm.\n", encoding="utf-8")
    settings = Settings(seeds_dir=seeds, index_dir=tmp_path / "index")
    index(settings)
    return settings


def test_a_search_marks_the_copies_of_its_page(tmp_path: Path) -> None:
    settings = build(tmp_path)
    hits = open_archive(settings).search(SearchRequest("thuyền", page_size=10)).hits
    assert len(hits) == 4
    copies = [one for one in hits if one.copy_of]
    assert len(copies) == 2
    assert len({one.copy_of for one in copies}) == 1
    alone = open_archive(settings).search(SearchRequest("thuyền", page_size=1, page=2)).hits
    assert not alone[0].copy_of
    folder = next((settings.index_dir / "builds").iterdir())
    assert len(read_clusters(folder)) == 3


def test_a_damaged_table_of_copies_costs_no_search(tmp_path: Path) -> None:
    settings = build(tmp_path)
    (table,) = settings.index_dir.rglob("copies.npz")
    table.write_bytes(table.read_bytes()[:-100] + bytes(100))  # as big as before, which is seen at a glance
    page = open_archive(settings).search(SearchRequest("thuyền"))
    assert page.total == 4
    assert not any(one.copy_of for one in page.hits)
