"""An article with what staff say of it."""

from __future__ import annotations

from indexer.clinic.correcting import changes_between, correct
from indexer.model import Article, Caption
from indexer.problems import Correction, FieldChange

ARTICLE = Article("a", "Tựa", lead="Dẫn.", paragraphs=("Trong ảnh: bến cá.", "Đoạn hai."), captions=(Caption("Cũ."),))


def test_only_what_the_correction_says_changes() -> None:
    assert correct(ARTICLE, Correction(note="xem", accept=())) is ARTICLE
    after = correct(ARTICLE, Correction(published="1/7/2020", authors=("Lan Chi",), title=" Tựa  mới "))
    assert changes_between(ARTICLE, after) == (
        FieldChange("published", "", "2020-07-01"),
        FieldChange("authors", "", "Lan Chi"),
        FieldChange("title", "Tựa", "Tựa mới"),
    )
    assert after.paragraphs == ARTICLE.paragraphs


def test_empty_means_there_is_none() -> None:
    dated = correct(ARTICLE, Correction(published="1/7/2020", authors=("Lan Chi",), section="Đời sống"))
    assert correct(dated, Correction(published="", authors=(), section="")) == ARTICLE


def test_captions_replace_all_and_a_paragraph_that_was_one_goes() -> None:
    after = correct(ARTICLE, Correction(captions=("Trong ảnh: bến cá.", "Chợ sớm. (Ảnh: Lê Bình)")))
    assert after.captions == (Caption("Trong ảnh: bến cá."), Caption("Chợ sớm.", "Lê Bình"))
    assert after.paragraphs == ("Đoạn hai.",)
    assert changes_between(ARTICLE, after) == (
        FieldChange("captions", "Cũ.", "Trong ảnh: bến cá.\nChợ sớm. (Ảnh: Lê Bình)"),
    )
