"""The whole build against segmentation alone: CPU of `khobao index` over what stock pyvi needs for the same text.

What is compared. One side reads JSON lines, repairs the text, segments and tokenises it, writes the index, verifies
it and makes it durable: all of `khobao index`, Python's start and every process included. The other only calls
`ViTokenizer.tokenize` on the titles, leads and bodies: the part of a build that an obvious implementation on pyvi
would spend most on. A ratio under 1 means that our whole build costs less than that one step.

What is not fair. It favours pyvi: its import (a second or two), reading the file and repairing the text are not
counted. The first half of pyvi's work is done before our build and the second after it, so that a machine whose speed
drifts is felt by both.
"""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import report
from tests.bench.measure import time_of
from tests.bench.sample import write_sample
from tests.bench.segmentation import read_texts
from tests.bench.service import khobao

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pyvi's old escapes
    from pyvi import ViTokenizer


def main() -> None:
    made = report.parser(__doc__)
    made.add_argument("--limit", type=int, default=2000, help="articles")
    options = report.read_options(made)
    report.print_machine()
    with tempfile.TemporaryDirectory() as temporary:
        sample, index = Path(temporary) / "articles.jsonl", Path(temporary) / "index"
        articles = write_sample(options.data, sample, options.limit)
        texts = list(read_texts(sample))
        pyvi = _tokenise(texts[: articles // 2])
        ours = time_of(lambda: khobao("index", str(sample), "--index", str(index)))
        pyvi += _tokenise(texts[articles // 2 :])
    ratio = ours.cpu / pyvi
    print(f"\n{articles:,} articles: khobao index took {ours.cpu:.1f} CPU s, {ours.wall:.1f} s by the clock")
    print(f"pyvi alone, to tokenise the same text: {pyvi:.1f} CPU s; ratio ours / pyvi {ratio:.2f}")
    report.save(options, {"articles": articles, "ours": asdict(ours), "pyvi_cpu": pyvi, "ratio": ratio})


def _tokenise(texts: Sequence[str]) -> float:
    """CPU seconds of pyvi's own tokeniser."""
    started = time.process_time()
    for text in texts:
        ViTokenizer.tokenize(text)
    return time.process_time() - started


if __name__ == "__main__":
    main()
