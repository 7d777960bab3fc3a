"""Reads the word segmentation model that pyvi ships, without importing pyvi or running its pickle.

pyvi's file is a pickle around a CRFsuite model (http://www.chokkan.org/software/crfsuite/). The
pickle is taken apart by an unpickler that makes inert stand-ins and calls nothing; inside lies
CRFsuite's binary format: a header, a table of weighted features, and two tables of strings.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import pickle
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import ModelError

MODEL_SHA256 = "6cdd73aee04b6a4ad7320ca85d27d931a7ef870cfdd41beb148e86bdb8aca134"
WORDS_SHA256 = "517743d27e71d43343e4b8e9e89015cdc68d84ebe1d48106449e501d918ece4a"

_REINSTALL = "Install the known version again: pip install --force-reinstall pyvi==0.1.1"

BEGINS, CONTINUES = "B_W", "I_W"
"""The two labels: a syllable begins a word, or continues one."""


@dataclass(frozen=True, slots=True)
class CrfModel:
    """A linear-chain CRF of two labels.

    `weights` says of each attribute how much more it speaks for CONTINUES than for BEGINS;
    with two labels only the difference matters. `transitions` are the weights of (from, to).
    """

    weights: dict[str, float]
    transitions: dict[tuple[str, str], float]


def pyvi_models() -> Path:
    """The folder of the installed pyvi's model files. Raises ModelError when it is not installed."""
    spec = importlib.util.find_spec("pyvi")  # finds the package without running it
    if spec is None or spec.origin is None:
        raise ModelError("pyvi is not installed.", "Install it: pip install pyvi==0.1.1")
    return Path(spec.origin).parent / "models"


def load_model(folder: Path) -> CrfModel:
    """The model in pyvi's folder. Raises ModelError when it is missing or not the one we know."""
    return parse_model(_embedded_model(_read(folder / "pyvi3.pkl", MODEL_SHA256)))


def load_words(folder: Path) -> list[str]:
    """pyvi's dictionary: words with blanks between their syllables. Raises ModelError."""
    return _read(folder / "words.txt", WORDS_SHA256).decode("utf-8").split("\n")


def _read(path: Path, sha256: str) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}.", _REINSTALL) from error
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise ModelError(f"{path} is not the file this program was tested with.", _REINSTALL)
    return raw


# The pickle


class _StandIn:
    """Takes the place of every class the pickle names, and keeps the state it is given."""

    def __new__(cls, *_: object, **__: object) -> _StandIn:
        return object.__new__(cls)

    def __init__(self, *_: object, **__: object) -> None:
        self.state: Any = {}

    def __setstate__(self, state: Any) -> None:
        self.state = state


def _encode(text: str, _encoding: str) -> bytes:
    """What the pickle calls `_codecs.encode` for: bytes are written as Latin-1 text."""
    return text.encode("latin-1")


class InertUnpickler(pickle.Unpickler):
    """Knows exactly the globals of pyvi's file, and gives it none of them."""

    _STAND_INS = frozenset(
        {
            ("sklearn_crfsuite.estimator", "CRF"),
            ("sklearn_crfsuite._fileresource", "FileResource"),
            ("pycrfsuite._logparser", "TrainLogParser"),
            ("numpy.core.multiarray", "scalar"),
            ("numpy", "dtype"),
        }
    )

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self._STAND_INS:
            return type(name, (_StandIn,), {})
        if (module, name) == ("_codecs", "encode"):
            return _encode
        raise pickle.UnpicklingError(f"{module}.{name} has no business in this file")


def _embedded_model(pickled: bytes) -> bytes:
    estimator = InertUnpickler(io.BytesIO(pickled)).load()
    states = [part.state for part in estimator.state.values() if isinstance(part, _StandIn)]
    content: bytes = next(state["__FILE_RESOURCE_DATA__"] for state in states if "__FILE_RESOURCE_DATA__" in state)
    return content


# CRFsuite's binary format: structures of crf1d_model.c and cqdb.c, little-endian

_HEADER = struct.Struct("<4sI4sI3I5I")
_FEATURE = struct.Struct("<3Id")
_FEATURES_HEAD = struct.Struct("<4s2I")
_TABLE_HEAD = struct.Struct("<4s5I")
_STRING_HEAD = struct.Struct("<2I")
_BYTE_ORDER_MARK = 0x62445371
_STATE_FEATURE = 0


def parse_model(raw: bytes) -> CrfModel:
    """Parse a CRFsuite model with the labels BEGINS and CONTINUES.

    Raises ModelError on another format or on other labels.
    """
    magic, _, kind, _, _, _, _, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(raw)
    if magic != b"lCRF" or kind != b"FOMC":
        raise ModelError("The segmentation model has an unknown format.", _REINSTALL)
    labels, attributes = _strings(raw, labels_at), _strings(raw, attributes_at)
    if sorted(labels) != [BEGINS, CONTINUES]:
        raise ModelError("The segmentation model has unknown labels.", _REINSTALL)
    weights: dict[str, float] = {}
    transitions: dict[tuple[str, str], float] = {}
    for feature_kind, source, target, weight in _features(raw, features_at):
        if feature_kind == _STATE_FEATURE:
            difference = weight if labels[target] == CONTINUES else -weight
            weights[attributes[source]] = weights.get(attributes[source], 0.0) + difference
        else:
            transitions[labels[source], labels[target]] = weight
    return CrfModel(weights, transitions)


def _features(raw: bytes, at: int) -> Iterator[tuple[Any, ...]]:
    """The features as (kind, attribute or label, label, weight)."""
    _, _, count = _FEATURES_HEAD.unpack_from(raw, at)
    start = at + _FEATURES_HEAD.size
    return _FEATURE.iter_unpack(raw[start : start + count * _FEATURE.size])


def _strings(raw: bytes, at: int) -> list[str]:
    """The strings of a CQDB table by their number: its backward index."""
    magic, _, _, byte_order, count, index_at = _TABLE_HEAD.unpack_from(raw, at)
    if magic != b"CQDB" or byte_order != _BYTE_ORDER_MARK:
        raise ModelError("The segmentation model has an unknown string table.", _REINSTALL)
    offsets = struct.unpack_from(f"<{count}I", raw, at + index_at)
    return [_string(raw, at + offset) if offset else "" for offset in offsets]


def _string(raw: bytes, at: int) -> str:
    _, size = _STRING_HEAD.unpack_from(raw, at)
    start = at + _STRING_HEAD.size
    return raw[start : start + size - 1].decode("utf-8")  # without C's closing zero
