"""Reads the word segmentation model that pyvi ships, without pyvi, scikit-learn or running the pickle it lies in.

pyvi's file is a pickle around a CRFsuite model (Okazaki, http://www.chokkan.org/software/crfsuite/). The pickle is
taken apart by an unpickler that creates empty stand-ins and calls nothing; the model inside is CRFsuite's binary
format: a header, the feature table, and two string tables.
"""

from __future__ import annotations

import codecs
import hashlib
import importlib.util
import io
import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import ModelError

MODEL_SHA256 = "6cdd73aee04b6a4ad7320ca85d27d931a7ef870cfdd41beb148e86bdb8aca134"
WORDS_SHA256 = "517743d27e71d43343e4b8e9e89015cdc68d84ebe1d48106449e501d918ece4a"
BEGINS, CONTINUES = "B_W", "I_W"
"""The two labels: a syllable begins a word, or continues one."""


@dataclass(frozen=True, slots=True)
class CrfModel:
    """A two-label CRF as differences: for each attribute, how much it speaks for CONTINUES over BEGINS.

    `transitions` are the weights of (from, to) label pairs.
    """

    attributes: dict[str, float]
    transitions: dict[tuple[str, str], float]


def load_model() -> CrfModel:
    """The model of the installed pyvi. Raises ModelError when it is missing or not the one we know."""
    return parse_model(_embedded_model(_read("pyvi3.pkl", MODEL_SHA256)))


def load_words() -> list[str]:
    """The dictionary of the installed pyvi: words of several syllables, blanks between them. Raises ModelError."""
    return _read("words.txt", WORDS_SHA256).decode("utf-8").split("\n")


def _read(name: str, sha256: str) -> bytes:
    spec = importlib.util.find_spec("pyvi")
    if spec is None or spec.origin is None:
        raise ModelError("pyvi is not installed.", "Install it: pip install pyvi==0.1.1")
    path = Path(spec.origin).parent / "models" / name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error}", "Install it again: pip install pyvi==0.1.1") from error
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise ModelError(
            f"{path} is not the file this program was tested with.",
            "Install the known version: pip install pyvi==0.1.1",
        )
    return raw


# -- the pickle


class _StandIn:
    """Takes the place of every class the pickle names, and remembers the state it is given."""

    def __new__(cls, *_: object, **__: object) -> _StandIn:
        return object.__new__(cls)

    def __init__(self, *_: object, **__: object) -> None:
        self.state: Any = {}

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Unpickler(pickle.Unpickler):
    """Knows exactly the globals of pyvi's file, and none of them does anything."""

    _KNOWN = frozenset(
        {
            ("sklearn_crfsuite.estimator", "CRF"),
            ("sklearn_crfsuite._fileresource", "FileResource"),
            ("pycrfsuite._logparser", "TrainLogParser"),
            ("numpy.core.multiarray", "scalar"),
            ("numpy", "dtype"),
        }
    )

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self._KNOWN:
            return type(name, (_StandIn,), {})
        if (module, name) == ("_codecs", "encode"):
            return codecs.encode  # how Python 2 bytes are written; harmless
        raise pickle.UnpicklingError(f"{module}.{name} has no business here")


_MODEL_KEY = "__FILE_RESOURCE_DATA__"


def _embedded_model(raw: bytes) -> bytes:
    try:
        estimator = _Unpickler(io.BytesIO(raw)).load()
        resources = (value.state for value in estimator.state.values() if isinstance(value, _StandIn))
        return bytes(next(state[_MODEL_KEY] for state in resources if _MODEL_KEY in state))
    except (pickle.UnpicklingError, StopIteration, AttributeError) as error:
        raise ModelError(f"pyvi's model is not what it was: {error}") from error


# -- the CRFsuite binary

_HEADER = struct.Struct("<4sI4sI3I5I")
_FEATURE = struct.Struct("<3Id")
_TABLE_HEAD = struct.Struct("<4s5I")
_BYTE_ORDER_MARK = 0x62445371
_STATE_FEATURE = 0


def parse_model(raw: bytes) -> CrfModel:
    """Parse CRFsuite's `lCRF` format with the two labels BEGINS and CONTINUES. Raises ModelError on anything else."""
    magic, _, kind, _, _, _, _, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(raw)
    labels = _strings(raw, labels_at)
    if magic != b"lCRF" or kind != b"FOMC" or sorted(labels) != [BEGINS, CONTINUES]:
        raise ModelError("The segmentation model has an unknown format.")
    attributes = _strings(raw, attributes_at)
    (count,) = struct.unpack_from("<I", raw, features_at + 8)
    differences: dict[str, float] = {}
    transitions: dict[tuple[str, str], float] = {}
    table = raw[features_at + 12 : features_at + 12 + count * _FEATURE.size]
    for kind_of_feature, source, target, weight in _FEATURE.iter_unpack(table):
        if kind_of_feature == _STATE_FEATURE:
            sign = 1.0 if labels[target] == CONTINUES else -1.0
            name = attributes[source]
            differences[name] = differences.get(name, 0.0) + sign * weight
        else:
            transitions[labels[source], labels[target]] = weight
    return CrfModel(differences, transitions)


def _strings(raw: bytes, at: int) -> list[str]:
    """The strings of a CQDB table by number (its backward index)."""
    magic, _, _, order, count, index_at = _TABLE_HEAD.unpack_from(raw, at)
    if magic != b"CQDB" or order != _BYTE_ORDER_MARK:
        raise ModelError("The segmentation model has an unknown string table.")
    offsets = struct.unpack_from(f"<{count}I", raw, at + index_at)
    return [_string(raw, at + offset) if offset else "" for offset in offsets]


def _string(raw: bytes, at: int) -> str:
    _, size = struct.unpack_from("<II", raw, at)
    return raw[at + 8 : at + 8 + size - 1].decode("utf-8")
