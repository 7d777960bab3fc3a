"""The model file: checked, read without running it, and refused when it is another."""

from __future__ import annotations

import importlib.util
import io
import pickle
import shutil
import struct
from pathlib import Path

import pytest

from indexer.analysis.crf_model import (
    BEGINS,
    CONTINUES,
    InertUnpickler,
    load_model,
    load_words,
    parse_model,
    pyvi_models,
)
from indexer.errors import ModelError


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of pyvi's folder that a test may damage."""
    for name in ("pyvi3.pkl", "words.txt"):
        shutil.copy(pyvi_models() / name, tmp_path)
    return tmp_path


def test_the_model_has_a_weight_for_every_attribute() -> None:
    model = load_model(pyvi_models())
    assert len(model.weights) == 6_335
    labels = (BEGINS, CONTINUES)
    assert set(model.transitions) == {(first, second) for first in labels for second in labels}


def test_the_dictionary_is_read_whole() -> None:
    words = load_words(pyvi_models())
    assert len(words) > 31_000
    assert "xây dựng" in words


@pytest.mark.parametrize("name", ["pyvi3.pkl", "words.txt"])
def test_an_altered_file_is_refused(models: Path, name: str) -> None:
    with (models / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=name) as refused:
        (load_model if name == "pyvi3.pkl" else load_words)(models)
    assert "pip install" in refused.value.next_step


@pytest.mark.parametrize("load", [load_model, load_words])
def test_a_missing_file_is_reported(tmp_path: Path, load: object) -> None:
    assert callable(load)
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path)


def test_a_missing_pyvi_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="not installed") as missing:
        pyvi_models()
    assert "pip install" in missing.value.next_step


class Trap:
    """Runs code when a pickle of it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, ("the pickle was run",)


def test_a_pickle_that_names_anything_else_is_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(pickle.UnpicklingError, match="no business"):
        InertUnpickler(io.BytesIO(pickle.dumps(Trap()))).load()
    assert capsys.readouterr().out == ""


def test_another_format_is_refused() -> None:
    with pytest.raises(ModelError, match="unknown format"):
        parse_model(struct.pack("<48s", b"something else"))
