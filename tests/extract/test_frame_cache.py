from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.cache.place import cache_folder
from kg.extract import frame_cache, kept
from kg.extract.compiling import compile_frames
from kg.extract.frame_cache import cached_frames, decode, encode
from kg.extract.frames import ExampleFailure, Frame, FrameSet
from kg.ontology import load_ontology
from kg.reading import load_reader

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.ontology.schema import Ontology

FRAME = Frame(
    property="memberOf",
    lemma="join",
    kind="verb",
    subject="subj",
    object="obj",
    required=frozenset({("as", "member"), ("in", "round")}),
    modifiers=frozenset({"founding"}),
    support="",
    subject_class=None,
    object_class="Alliance",
    post=None,
    example="Acme joined the Bay Alliance.",
)
FRAMES = FrameSet(
    by_lemma={"join": (FRAME,)},
    type_nouns=frozenset({"lender", "bank"}),
    post_nouns=frozenset({"mayor"}),
    failures=(ExampleFailure("uses", "Acme and Bolt.", "no predication links the marks"),),
)
ONTOLOGY = """
@prefix kg: <https://example.org/kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Company a owl:Class ; rdfs:label "company" ; rdfs:comment "A firm." ; kg:headNoun "firm" .
kg:acquired a owl:ObjectProperty ; rdfs:label "acquired" ; rdfs:comment "Takes over." ;
    rdfs:domain kg:Company ; rdfs:range kg:Company ;
    kg:example "The [subject Quay Bank] {acquired|bought} the [object North Bank]." .
"""


@pytest.fixture(scope="module")
def reader() -> Language:
    """The pipeline with the model of the package."""
    return load_reader()


@pytest.fixture
def ontology(tmp_path: Path) -> Ontology:
    """One property with two examples."""
    folder = tmp_path / "ontology"
    folder.mkdir()
    (folder / "o.ttl").write_text(ONTOLOGY, encoding="utf-8")
    return load_ontology(folder)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of one's own, which is not there yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("KG_CACHE_DIR", str(folder))
    return folder


def frame_files(cache: Path) -> list[Path]:
    """The files with frames; the readings of the examples stand beside them."""
    return sorted(cache.glob("frames-*.json"))


def test_frames_survive_json() -> None:
    """All fields, sets and pairs included."""
    assert decode(json.loads(json.dumps(encode(FRAMES)))) == FRAMES


def test_row_with_too_few_fields_is_no_frame() -> None:
    """Frames of an older kg are not taken for those of this one."""
    document = encode(FRAMES)
    document["frames"]["join"][0].pop()
    with pytest.raises(ValueError, match="Frame: 12 fields"):
        decode(document)


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/var/tmp/x"}, "/var/tmp/x/kg"),  # noqa: S108
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/ada/.cache/kg"),
        ("linux", {}, "/home/ada/.cache/kg"),
        ("darwin", {}, "/home/ada/Library/Caches/kg"),
        ("win32", {}, "/home/ada/AppData/Local/kg"),
        ("linux", {"KG_CACHE_DIR": "here"}, "here"),
    ],
)
def test_cache_lies_where_the_platform_has_it(
    platform: str, variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable of kg first, then the platform's own, then below the home folder."""
    for name in ("KG_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ada"))
    assert cache_folder() == Path(expected)


@pytest.mark.model
def test_frames_are_the_same_with_and_without_the_cache(
    ontology: Ontology, cache: Path, reader: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time nothing is compiled."""
    compiled = compile_frames(ontology, reader)
    assert compiled.by_lemma
    assert cached_frames(ontology, reader) == compiled
    monkeypatch.delattr(frame_cache, "compile_frames")
    assert cached_frames(ontology, reader) == compiled
    assert len(frame_files(cache)) == 1


@pytest.mark.model
@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\n[]", b"x" * 40 + b"\n{}"])
def test_damaged_file_is_replaced(ontology: Ontology, cache: Path, reader: Language, damage: bytes) -> None:
    """Silently: it only costs time."""
    compiled = cached_frames(ontology, reader)
    (file,) = frame_files(cache)
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert cached_frames(ontology, reader) == compiled
    assert file.read_bytes() == whole


@pytest.mark.model
def test_cache_that_cannot_be_written_is_done_without(ontology: Ontology, cache: Path, reader: Language) -> None:
    """A file stands where the folder should be."""
    cache.write_text("in the way", encoding="utf-8")
    assert cached_frames(ontology, reader) == compile_frames(ontology, reader)


@pytest.mark.model
def test_other_ontology_has_another_file(ontology: Ontology, cache: Path, reader: Language, tmp_path: Path) -> None:
    """A change of one letter is enough."""
    cached_frames(ontology, reader)
    (tmp_path / "ontology" / "o.ttl").write_text(ONTOLOGY.replace("bought", "absorbed"), encoding="utf-8")
    changed = cached_frames(load_ontology(tmp_path / "ontology"), reader)
    assert "absorbed" in json.dumps(encode(changed))
    assert len(frame_files(cache)) == 2


@pytest.mark.model
def test_few_files_are_kept(ontology: Ontology, cache: Path, reader: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache does not grow with every change of an ontology."""
    cache.mkdir()
    old = [cache / f"frames-{number}.json" for number in range(3)]
    for file in old:
        file.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(kept, "KEPT_FILES", 1)
    cached_frames(ontology, reader)
    assert [file for file in old if file.exists()] == []
    assert len(frame_files(cache)) == 1
