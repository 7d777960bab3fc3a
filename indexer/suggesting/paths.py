"""The best ways through columns of choices, where each step from one column to the next has its score: Viterbi's
algorithm, kept to the best few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Path:
    """The choice made in each column, by its number, and the sum of what it scores."""

    choices: tuple[int, ...]
    score: float


def best_paths(first: Floats, steps: Sequence[Floats], count: int) -> list[Path]:
    """The `count` paths that score most, the best first; fewer if there are no more.

    `first` holds the scores of the first column's choices, each of `steps` those of going from a choice of one column
    (a row) to each of the next.
    """
    scores = first[:, None]  # a row for each choice: the best paths that end with it
    origins: list[Places] = []
    for step in steps:
        arriving = (scores[:, :, None] + step[:, None, :]).reshape(-1, step.shape[1])
        best = _best_rows(arriving, count)
        origins.append(best)
        scores = np.take_along_axis(arriving, best, axis=0).T
    ends = _best_rows(scores.reshape(-1, 1), count)[:, 0]
    return [Path(_trace(int(end), origins), float(scores.flat[end])) for end in ends]


def _best_rows(scores: Floats, count: int) -> Places:
    """Of each column the numbers of the rows that score most, the best first."""
    if count < len(scores):
        some = np.argpartition(-scores, count - 1, axis=0)[:count]
    else:
        some = np.broadcast_to(np.arange(len(scores))[:, None], scores.shape)
    order = np.argsort(-np.take_along_axis(scores, some, axis=0), axis=0, kind="stable")
    return np.take_along_axis(some, order, axis=0)


def _trace(end: int, origins: Sequence[Places]) -> tuple[int, ...]:
    """Back from a path's end to its beginning. A path's number is its last choice * paths kept + its rank there."""
    choices = []
    for at in reversed(range(len(origins))):
        choice, rank = divmod(end, len(origins[at]))
        choices.append(choice)
        end = int(origins[at][rank, choice])
    return (end, *reversed(choices))
