"""How many twins and near-copies are found that are there, how many of those found are none, and what it costs.

What is found again. Some articles are altered as papers do when they print one again, and taken in beside all the
others: each way of altering tells how many are found as a copy of their original. A twin counts only as a twin.

What is found in the data itself. Every pair found is compared shingle by shingle: its real share tells how far the
sketches are off. Whether two articles of that share are one, a person must judge: `--show 40` prints pairs to read.

What it costs: CPU, of a fingerprint beside the rest of the diagnosis, of a first comparison of all, of one article and
a thousand beside all others, and of reading and writing the table. Both of these end with the same pairs as the first
comparison, or the run ends with status 1.

What is not fair. Words are replaced one by one, at random: real editors alter a sentence here and leave a page there.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

from indexer.analysis.syllables import fold, place_tone_old
from indexer.clinic.copies import NONE, Copies, Entry, entry_of, read_copies, write_copies
from indexer.clinic.diagnosis import diagnose
from indexer.manifest import COPIES
from indexer.model import Article, Caption
from indexer.sources import json_lines
from indexer.sources.fields import authors_named
from indexer.sources.inputs import Input
from tests.bench import report
from tests.bench.measure import time_of

Result = TypeVar("Result")

HEADLINE = "Một tựa khác hẳn của tòa soạn"
SUFFIX = " (bản khác)"


class Way(NamedTuple):
    """A way of printing an article again."""

    name: str
    alter: Callable[[Article, random.Random, Sequence[str]], Article]
    gives_twin: bool = False


def main() -> None:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, default=100_000)
    made.add_argument("--altered", type=int, default=300, help="articles that are altered in each way")
    made.add_argument("--show", type=int, default=0, help="pairs found in the data that are printed")
    options = report.read_options(made)
    report.print_machine()
    articles = list(islice(_articles(options.data), options.articles))
    taken, costs = _measure_articles(articles)
    copies, more = _measure_table(taken)
    report.print_table(f"CPU over {len(articles):,} articles", ("", "ms"), (costs | more).items())
    shares = _print_found(articles, copies, options.show)
    recall = _print_recall(articles, copies, options.altered)
    report.save(options, {"ms": costs | more, "pairs": len(copies.pairs), "shares": shares, "recall": recall})


def _articles(data: Path) -> Iterable[Article]:
    return (item for item in json_lines.read(Input.of_file(data, "article")) if isinstance(item, Article))


# What it costs


def _measure_articles(articles: Sequence[Article]) -> tuple[dict[str, Entry], dict[str, float]]:
    some = articles[:5000]
    diagnosis = time_of(lambda: [[*diagnose(article, "")] for article in some]).cpu * 1000 / len(some)
    taken: dict[str, Entry] = {}
    prints = time_of(lambda: taken.update((article.id, entry_of(article)) for article in articles)).cpu * 1000
    return taken, {"rest of the diagnosis, an article": diagnosis, "fingerprint, an article": prints / len(articles)}


def _measure_table(taken: Mapping[str, Entry]) -> tuple[Copies, dict[str, float]]:
    costs: dict[str, float] = {}

    def timed(name: str, call: Callable[[], Result]) -> Result:
        results: list[Result] = []
        costs[name] = time_of(lambda: results.append(call())).cpu * 1000
        return results[0]

    copies = timed("compare all", lambda: NONE.updated(taken, ()))
    with tempfile.TemporaryDirectory() as temporary:
        timed("write the table", lambda: write_copies(Path(temporary), copies))
        read = timed("read the table", lambda: read_copies(Path(temporary)))
        print(f"\n{COPIES}: {(Path(temporary) / COPIES).stat().st_size / 1e6:.1f} MB")
    for count in (1, 1000):
        again = dict(islice(taken.items(), count))
        updated = timed(f"{count:,} anew beside all", lambda again=again: read.updated(again, ()))  # type: ignore[misc]
        if _pairs(updated) != _pairs(copies):
            sys.exit(f"{count:,} compared anew give other pairs than a comparison of all")
    timed("clusters", copies.clusters)
    return copies, costs


def _pairs(copies: Copies) -> set[tuple[str, ...]]:
    return {tuple(sorted(copies.ids[row] for row in pair)) for pair in copies.pairs.tolist()}


# What is found in the data


def _print_found(articles: Sequence[Article], copies: Copies, show: int) -> list[float]:
    by_id = {article.id: article for article in articles}
    found = [(by_id[each.article_id], by_id[each.of], each.is_twin) for each in copies.found()]
    shares = [_share(one, other) for one, other, _ in found]
    print(f"\n{sum(twin for *_, twin in found)} twins and {sum(not twin for *_, twin in found)} near-copies found")
    ends = (0.0, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1.01)
    rows = [(f"{low:.2f}", sum(low <= share < high for share in shares)) for low, high in pairwise(ends)]
    report.print_table("by the real share of their shingles, from", ("", "articles"), rows)
    for place in random.Random(4).sample(range(len(found)), min(show, len(found))):
        one, other, _ = found[place]
        print(
            f"\n{shares[place]:.2f}  {one.id}  {other.id}\n  {one.title} | {one.lead}\n  {other.title} | {other.lead}"
        )
    return shares


def _share(one: Article, other: Article) -> float:
    mine, its = _shingles(one), _shingles(other)
    return len(mine & its) / len(mine | its) if mine | its else 1.0


def _shingles(article: Article) -> set[tuple[str, str]]:
    text = fold(" ".join((article.lead, *article.paragraphs))).lower()
    return set(pairwise("".join(sign if sign.isalnum() else " " for sign in text).split()))


# What is found again


def _print_recall(articles: Sequence[Article], copies: Copies, count: int) -> dict[str, float]:
    chance = random.Random(5)
    chosen = chance.sample([article for article in articles if len(article.paragraphs) > 2], count)
    words = [word for article in chosen for text in article.paragraphs for word in text.split()]
    shares = {way.name: _found_again(way, chosen, copies, words) / count for way in WAYS}
    rows = [(name, f"{share:.1%}") for name, share in shares.items()]
    report.print_table(f"found again of {count} articles", ("altered", ""), rows)
    return shares


def _found_again(way: Way, chosen: Sequence[Article], copies: Copies, words: Sequence[str]) -> int:
    chance = random.Random(6)
    taken = {}
    for article in chosen:
        altered = replace(way.alter(article, chance, words), published=None)
        taken[article.id + SUFFIX] = entry_of(altered)
    beside_all = copies.updated(taken, ())
    clusters = dict(zip(beside_all.ids, beside_all.clusters().tolist(), strict=True))
    twins = {each.article_id for each in beside_all.found() if each.is_twin}
    return sum(
        clusters[article.id] == clusters[article.id + SUFFIX] and (not way.gives_twin or article.id + SUFFIX in twins)
        for article in chosen
    )


def _framed(article: Article, _chance: random.Random, _words: Sequence[str]) -> Article:
    return replace(article, authors=authors_named(["Lan Chi"]), captions=(Caption("Bến cá lúc rạng sáng."),))


def _old_tones(article: Article, _chance: random.Random, _words: Sequence[str]) -> Article:
    return _each_text(article, lambda text: " ".join(map(place_tone_old, text.lower().split(" "))))


def _joined(article: Article, _chance: random.Random, _words: Sequence[str]) -> Article:
    return replace(article, lead="", paragraphs=("  ".join((article.lead, *article.paragraphs)).replace('"', "”"),))


def _retitled(article: Article, _chance: random.Random, _words: Sequence[str]) -> Article:
    return replace(article, title=HEADLINE)


def _shortened(article: Article, chance: random.Random, _words: Sequence[str]) -> Article:
    gone = chance.randrange(len(article.paragraphs))
    return replace(article, paragraphs=article.paragraphs[:gone] + article.paragraphs[gone + 1 :])


def _reworded(percent: int) -> Callable[[Article, random.Random, Sequence[str]], Article]:
    def alter(article: Article, chance: random.Random, words: Sequence[str]) -> Article:
        def reword(text: str) -> str:
            return " ".join(chance.choice(words) if chance.random() * 100 < percent else word for word in text.split())

        return _each_text(article, reword)

    return alter


def _each_text(article: Article, change: Callable[[str], str]) -> Article:
    return replace(article, lead=change(article.lead), paragraphs=tuple(map(change, article.paragraphs)))


def _all_of(*ways: Callable[[Article, random.Random, Sequence[str]], Article]) -> Way:
    def alter(article: Article, chance: random.Random, words: Sequence[str]) -> Article:
        for each in ways:
            article = each(article, chance, words)
        return article

    return Way("", alter)


WAYS = (
    Way("other byline and caption", _framed, gives_twin=True),
    Way("tones in the old place, small letters", _old_tones, gives_twin=True),
    Way("one paragraph, other quotes and blanks", _joined, gives_twin=True),
    Way("other headline", _retitled),
    Way("a paragraph left out", _shortened),
    Way("5 % of the words replaced", _reworded(5)),
    Way("7 % of the words replaced", _reworded(7)),
    Way("10 % of the words replaced", _reworded(10)),
    _all_of(_framed, _old_tones, _retitled, _shortened, _reworded(5))._replace(name="all of these, with 5 %"),
    _all_of(_framed, _old_tones, _retitled, _shortened, _reworded(10))._replace(name="all of these, with 10 %"),
)


if __name__ == "__main__":
    main()
