"""How long a worker's place stays empty; `tests/test_server.py` has the processes themselves."""

from __future__ import annotations

from itertools import accumulate, repeat

from webapp.workers import LONGEST_PAUSE_SECONDS, SHORT_LIFE_SECONDS, pause_after


def test_a_worker_that_did_its_work_is_replaced_at_once() -> None:
    assert pause_after(SHORT_LIFE_SECONDS, LONGEST_PAUSE_SECONDS) == 0


def test_workers_that_die_at_once_are_replaced_ever_more_slowly() -> None:
    pauses = list(accumulate(repeat(0.1, 20), lambda pause, lived: pause_after(lived, pause), initial=0.0))
    assert pauses[1] > 0
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE_SECONDS
