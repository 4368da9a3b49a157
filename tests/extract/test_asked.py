from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.build.performing import Tools
from kg.build.task import Setting
from kg.cache.grounds import EVERYTHING
from kg.extract.asked import AskedFrames
from kg.extract.frames import Frame
from kg.model import Article, Extraction
from kg.ontology import load_ontology

ONTOLOGY = Path(__file__).parents[2] / "ontology"
FRAME = Frame("acquired", "buy", "verb", "subj", "obj", frozenset(), frozenset(), "", None, None, None, "A bought B.")
TEXTS = (
    "Orbit Bank bought Nova Energy in 2019. Jane Roe, president of Orbit Bank, said so on Monday.",
    "The Bay Alliance was set up by Orbit Bank and has 54 members.",
    "Orbit Bank bought Nova Energy in 2019. Its president is Jane Roe.",
)


def test_lemmas_are_noted_whether_there_are_frames_or_not() -> None:
    """That nothing was said is an answer too."""
    frames = AskedFrames({"buy": (FRAME,)})
    assert frames.get("buy", ()) == (FRAME,)
    assert frames["buy"] == (FRAME,)
    assert frames.get("sell", ()) == ()
    assert frames.asked == {"buy", "sell"}


@pytest.mark.parametrize("look", [list, len, dict])
def test_who_looks_at_all_has_asked_for_everything(look: type) -> None:
    """What is found so may depend on any frame."""
    frames = AskedFrames({"buy": (FRAME,)})
    look(frames)
    assert EVERYTHING in frames.asked


@pytest.mark.model
def test_extraction_depends_on_no_frames_but_those_it_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without all others the same comes out, and an article asks the same whatever was read before it."""
    tools = Tools(Setting(load_ontology(ONTOLOGY), ("frames",), None, keeps=True))
    extractor = tools._extractor
    whole = extractor.taught

    def extracted(text: str) -> tuple[Extraction, tuple[str, ...]]:
        done = tools.extract(Article("a", "a.txt", "", text, ""), None, keep=False)
        return done.extraction, tools.asked()

    found = [extracted(text) for text in TEXTS]
    assert all(each.facts and EVERYTHING not in asked for each, asked in found)
    assert [extracted(text) for text in reversed(TEXTS)] == found[::-1]
    for text, (extraction, asked) in zip(TEXTS, found, strict=True):
        few = {lemma: frames for lemma, frames in whole.frames.by_lemma.items() if lemma in asked}
        assert 0 < len(few) < len(whole.frames.by_lemma) / 4
        monkeypatch.setattr(extractor, "taught", replace(whole, frames=replace(whole.frames, by_lemma=few)))
        assert extracted(text)[0] == extraction
        monkeypatch.undo()
