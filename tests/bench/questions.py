"""What a results page costs the server, by the kind of question: CPU of one request to `/tim-kiem`.

What is measured. Runs of words are cut from titles of the archive and typed in the ways readers type. Every question is
asked once, in a fixed mixed order, in one process, through the whole application: what is kept of earlier questions
helps as it does with readers, and no question is asked twice. "Answer" is the part of it that `Archive.search` takes;
the rest makes the page. Every answer is checked with a second copy of the archive: the articles hold what was
typed, are of the year that was asked for, and every offer leads to as many articles as it says.

What is not fair. The client's part in the same process is counted, some 0.3 ms; nothing else asks at the same time, and
files are in the page cache.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, has_marks, iy_variant
from indexer.analysis.tokens import terms_of
from indexer.archive import Archive
from indexer.bootstrap import open_archive
from indexer.model import Article, Choice, SearchPage, SearchRequest
from indexer.settings import Settings
from tests.bench import report
from tests.bench.measure import no_collection, p50, p95
from tests.bench.mistyping import other_tone, spoil
from tests.bench.sample import titles_in_words
from tests.bench.service import index_sample
from tests.bench.wordings import telex_keys
from webapp.app import create_app

YEARS = range(2012, 2020)

ABBREVIATIONS = ("UBND", "HĐND", "TP.HCM", "CSGT", "THPT", "BHXH", "thành phố", "thành phố Hồ Chí Minh")

LONG = (8, 12)
"""Words of a long question."""


class Kind(StrEnum):
    """A way of asking."""

    MARKED_1 = "one word"
    MARKED_2 = "two words"
    MARKED_3 = "three words"
    MARKED_LONG = "8 to 12 words"
    UNMARKED_1 = "one, no marks"
    UNMARKED_2 = "two, no marks"
    UNMARKED_3 = "three, no marks"
    UNMARKED_LONG = "8 to 12, no marks"
    YEAR = "two words, one year"
    PHRASE = "phrase of two"
    WILDCARD = "a word and half of one*"
    ABBREVIATION = "abbreviation and a word"
    KEYSTROKES = "three words in Telex"
    WRONG_MARK = "three, a wrong tone"


WORDS = {
    **dict.fromkeys((Kind.MARKED_1, Kind.UNMARKED_1, Kind.ABBREVIATION), 1),
    **dict.fromkeys((Kind.MARKED_2, Kind.UNMARKED_2, Kind.YEAR, Kind.PHRASE, Kind.WILDCARD), 2),
    **dict.fromkeys((Kind.MARKED_3, Kind.UNMARKED_3, Kind.KEYSTROKES, Kind.WRONG_MARK), 3),
}

HOLD_WHAT_WAS_TYPED = frozenset(WORDS) - {Kind.ABBREVIATION, Kind.KEYSTROKES, Kind.WRONG_MARK}


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed into the box, and the year that is chosen beside it."""

    kind: Kind
    typed: str
    year: str = ""

    def request(self) -> SearchRequest:
        return SearchRequest(self.typed, year=Choice((self.year,) if self.year else ()))

    def parameters(self) -> dict[str, str]:
        return {"q": self.typed} | ({"year": self.year} if self.year else {})


@dataclass(frozen=True, slots=True)
class Result:
    """CPU in ms of pages and of the answers in them; how many answers ran out of time."""

    kind: str
    asked: int
    p50: float
    p95: float
    most: float
    answer_p50: float
    answer_p95: float
    cut: int


def main() -> None:
    options = report.read_options(_parser())
    report.print_machine()
    with ExitStack() as stack:
        folder = options.index or index_sample(
            options.data, options.articles, Path(stack.enter_context(tempfile.TemporaryDirectory()))
        )
        settings = replace(Settings(), index_dir=folder)
        questions = draw_questions(titles_in_words(options.data, options.articles, LONG[1]), options.each)
        results = _measure(settings, questions)
    head = ("asked", "how many", "page p50 ms", "p95", "most", "answer p50", "p95", "cut short")
    report.print_table("CPU of a results page", head, [tuple(asdict(each).values()) for each in results])
    report.save(options, {"results": [asdict(each) for each in results]})


def _parser() -> argparse.ArgumentParser:
    made = report.parser(__doc__)
    made.add_argument("--index", type=Path, help="an index that was made of the data; left out, one is made")
    made.add_argument("--articles", type=int, default=20_000, help="articles to index")
    made.add_argument("--each", type=int, default=60, help="questions of each kind")
    return made


# Drawing


def draw_questions(titles: Sequence[list[str]], each: int) -> list[Question]:
    """`each` of every kind, drawn with a fixed seed and in a mixed order."""
    chance = random.Random(17)
    drawn = [question for kind in Kind for question in islice(_draw(chance, titles, kind), each)]
    chance.shuffle(drawn)
    return drawn


def _draw(chance: random.Random, titles: Sequence[list[str]], kind: Kind) -> Iterator[Question]:
    """Different questions of one kind, without end."""
    seen: set[str] = set()
    while True:
        words = chance.choice(titles)
        count = WORDS.get(kind) or chance.randint(*LONG)
        start = chance.randrange(len(words) - count + 1)
        typed = _type(chance, kind, words[start : start + count])
        if typed and typed not in seen:
            seen.add(typed)
            yield Question(kind, typed, str(chance.choice(YEARS)) if kind is Kind.YEAR else "")


def _type(chance: random.Random, kind: Kind, words: Sequence[str]) -> str | None:
    """The words typed in this way; None where they cannot be."""
    text = " ".join(words)
    if not has_marks(text):
        return None
    match kind:
        case Kind.UNMARKED_1 | Kind.UNMARKED_2 | Kind.UNMARKED_3 | Kind.UNMARKED_LONG:
            return fold(text)
        case Kind.PHRASE:
            return f'"{text}"'
        case Kind.WILDCARD:
            return f"{words[0]} {words[1][:-1]}*" if len(words[1]) > 2 else None
        case Kind.ABBREVIATION:
            return f"{chance.choice(ABBREVIATIONS)} {text}"
        case Kind.KEYSTROKES:
            return telex_keys(text)
        case Kind.WRONG_MARK:
            spoilt = spoil(tuple(words), other_tone, chance)
            return " ".join(spoilt) if spoilt else None
        case _:
            return text


# Asking


class Stopwatch:
    """Archive.search with a clock beside it: the last page, and the CPU it took."""

    def __init__(self, archive: Archive) -> None:
        self._search: Callable[[SearchRequest], SearchPage] = archive.search
        self.page = SearchPage(SearchRequest(), 0, (), {})
        self.milliseconds = 0.0

    def search(self, request: SearchRequest) -> SearchPage:
        started = time.process_time()
        self.page = self._search(request)
        self.milliseconds = _since(started)
        return self.page


def _since(started: float) -> float:
    return (time.process_time() - started) * 1000


def _measure(settings: Settings, questions: Sequence[Question]) -> list[Result]:
    archive, checking = open_archive(settings), open_archive(settings)
    watch = Stopwatch(archive)
    told: dict[Kind, list[tuple[float, float, bool]]] = {kind: [] for kind in Kind}
    with patch.object(archive, "search", watch.search), no_collection():
        client = create_app(settings, lambda: archive).test_client()
        client.get("/tim-kiem?q=báo")  # what is read once per process is nobody's time
        for question in questions:
            started = time.process_time()
            client.get("/tim-kiem", query_string=question.parameters())
            told[question.kind].append((_since(started), watch.milliseconds, watch.page.is_partial))
            _check(question, watch.page, checking)
    return [_result(kind, *zip(*rows, strict=True)) for kind, rows in told.items()]


def _result(kind: Kind, pages: Sequence[float], answers: Sequence[float], cut: Sequence[bool]) -> Result:
    return Result(kind, len(pages), p50(pages), p95(pages), max(pages), p50(answers), p95(answers), sum(cut))


# Checking


def _check(question: Question, page: SearchPage, archive: Archive) -> None:
    """Ends the run where an answer is wrong."""
    if question.request().year != page.request.year or question.typed != page.request.text:
        sys.exit(f"{question} was read as {page.request}")
    for hit in page.hits:
        if question.year and (hit.published is None or str(hit.published.day.year) != question.year):
            sys.exit(f"{question} found {hit.id} of {hit.published}")
        if question.kind in HOLD_WHAT_WAS_TYPED and page.searched == question.typed:
            article = archive.article(hit.id)
            if article is None or not _holds(article.article, question):
                sys.exit(f"{question} found {hit.id}, which does not hold what was typed")
    if not page.is_partial:
        _check_offers(page, archive)


def _check_offers(page: SearchPage, archive: Archive) -> None:
    for offer in page.offers:
        found = archive.search(replace(page.request, text=offer.text, literal=True))
        if offer.count and offer.count != found.total and not found.is_partial:
            sys.exit(f"{page.request.text!r} offers {offer}, which finds {found.total}")


def _holds(article: Article, question: Question) -> bool:
    """Whether an article has what every article with all the words has; i and y are one letter."""
    texts = (article.title, *article.passages(), *(author.name for author in article.authors))
    is_open = not has_marks(question.typed)
    passages = [_keys(terms_of(canonical(text)), is_open=is_open) for text in texts]
    wanted = _keys(terms_of(canonical(question.typed)), is_open=is_open)
    if question.kind is Kind.PHRASE:
        return any(f" {' '.join(wanted)} " in f" {' '.join(passage)} " for passage in passages)
    held = {term for passage in passages for term in passage}
    if question.kind is Kind.WILDCARD:
        *wanted, half = wanted
        return held.issuperset(wanted) and any(fold(term).startswith(fold(half)) for term in held)
    return held.issuperset(wanted)


def _keys(terms: Iterable[str], *, is_open: bool) -> list[str]:
    spelled = map(fold, terms) if is_open else terms
    return [min(term, iy_variant(term) or term) for term in spelled]


if __name__ == "__main__":
    main()
