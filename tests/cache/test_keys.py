from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from kg.cache import Keys, keys
from kg.cache.keys import digest_of_code
from kg.extract.relations import network
from kg.model import Article, Span
from kg.reading import runtime

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = Article("news/one", "news/one.txt", "One", "One two three.", "00")
OTHER: dict[str, Any] = {
    "id": "news/two",
    "path": "news/one.md",
    "title": "Two",
    "text": "One two four.",
    "published": date(2021, 5, 6),
    "url": "https://example.org/1",
    "publisher": "Wire",
    "author": "Jane Roe",
    "language": "fr",
    "title_span": Span(0, 3),
    "furniture": (Span(0, 3),),
}
# What an extraction cannot depend on: the text stands for the bytes, and the rest is for people and writers.
IRRELEVANT = {"sha256", "extracted", "notes"}


def test_every_field_of_an_article_is_considered() -> None:
    """A field that is added to the model must be put into the key or named here."""
    assert {field.name for field in fields(Article)} == OTHER.keys() | IRRELEVANT


@pytest.mark.parametrize("field", OTHER)
def test_key_changes_with_the_article(field: str) -> None:
    """Whatever an extractor can see of it."""
    made = Keys("ontology", ("frames",))
    assert made.extraction(replace(ARTICLE, **{field: OTHER[field]})) != made.extraction(ARTICLE)


def test_title_and_furniture_are_told_apart() -> None:
    """A span in the one place is not the same as in the other."""
    made, span = Keys("ontology", ("frames",)), Span(0, 3)
    assert made.extraction(replace(ARTICLE, title_span=span)) != made.extraction(replace(ARTICLE, furniture=(span,)))


def test_key_changes_with_ontology_and_settings_and_a_reading_does_not() -> None:
    """A changed ontology needs no reading."""
    one, two, three = Keys("a", ("frames",)), Keys("b", ("frames",)), Keys("a", ("frames", "relations"))
    assert len({each.extraction(ARTICLE) for each in (one, two, three)}) == 3
    assert len({each.reading(ARTICLE.text) for each in (one, two, three)}) == 1


def package(folder: Path) -> Path:
    """Some files of a package."""
    for name in ("extract/frames.py", "extract/words.tsv", "reading/component.py", "reading/model/manifest.json",
                 "reading/model/net.onnx", "extract/relations/model/manifest.json", "extract/relations/model/net.onnx",
                 "page/draw.py", "model.py", "extract/__pycache__/frames.pyc"):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def forget() -> None:
    """As in a new process."""
    keys._digest_of_rooms.cache_clear()


def fresh_keys() -> Keys:
    """The keys of a new process."""
    forget()
    return Keys("ontology", ("frames",))


@pytest.mark.parametrize(
    ("changed", "reading", "extraction"),
    [
        ("extract/frames.py", False, True),
        ("extract/words.tsv", False, True),
        ("extract/new.onnx", False, True),
        ("model.py", False, True),
        ("reading/component.py", True, True),
        ("reading/model/manifest.json", True, True),
        ("extract/relations/model/manifest.json", False, True),
        ("extract/relations/model/net.onnx", False, False),
        ("page/draw.py", False, False),
        ("extract/__pycache__/frames.pyc", False, False),
    ],
)
def test_keys_change_with_the_files_that_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, *, reading: bool, extraction: bool
) -> None:
    """Code, word lists and models count by their bytes; what comes after extraction does not count."""
    monkeypatch.setattr(keys, "_PACKAGE", package(tmp_path))
    before = fresh_keys()
    (tmp_path / changed).write_text("changed")
    after = fresh_keys()
    forget()
    assert (before.reading("x") != after.reading("x")) is reading
    assert (before.extraction(ARTICLE) != after.extraction(ARTICLE)) is extraction


@pytest.mark.parametrize(("variable", "reading"), [(runtime.MODEL_VARIABLE, True), (network.MODEL_VARIABLE, False)])
def test_keys_change_with_a_model_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, *, reading: bool
) -> None:
    """The variables that name another folder lead to its manifest; then that of the package does not count."""
    monkeypatch.setattr(keys, "_PACKAGE", package(tmp_path / "kg"))
    before = fresh_keys()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "manifest.json").write_text("another")
    monkeypatch.setenv(variable, str(tmp_path / "other"))
    after = fresh_keys()
    (tmp_path / "other" / "manifest.json").write_text("yet another")
    later = fresh_keys()
    forget()
    assert len({each.extraction(ARTICLE) for each in (before, after, later)}) == 3
    assert len({each.reading("x") for each in (before, after, later)}) == (3 if reading else 1)


def test_rooms_that_do_not_count_exist() -> None:
    """A room that was renamed must not be left out by its old name; new rooms count by themselves."""
    names = {path.name for path in keys._PACKAGE.iterdir()}
    assert names >= keys.AFTER_EXTRACTION
    assert digest_of_code() != digest_of_code(keys.AFTER_EXTRACTION)
