"""Lemmas by rule and by exception."""

from __future__ import annotations

import pytest

from kg.reading.lemmas import Lemmatizer

KNOWN = frozenset(
    "close manage company make run stop hope plan use adopt announce develop city bank man sell box church large big "
    "release study hop store note serve agree launch build found set invest tie".split()
)
LEMMATIZE = Lemmatizer({("dragon", "PROPN", "NNP"): "dragon", ("staff", "NOUN", "NNS"): "staff"}, KNOWN)


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        ("closing", "VERB", "VBG", "close"),
        ("managed", "VERB", "VBD", "manage"),
        ("companies", "NOUN", "NNS", "company"),
        ("running", "VERB", "VBG", "run"),
        ("stopped", "VERB", "VBD", "stop"),
        ("hoping", "VERB", "VBG", "hope"),
        ("hopping", "VERB", "VBG", "hop"),
        ("plans", "VERB", "VBZ", "plan"),
        ("tokenized", "VERB", "VBN", "tokenize"),
        ("studies", "NOUN", "NNS", "study"),
        ("boxes", "NOUN", "NNS", "box"),
        ("bought", "VERB", "VBD", "buy"),
        ("said", "VERB", "VBD", "say"),
        ("was", "AUX", "VBD", "be"),
        ("’s", "AUX", "VBZ", "be"),
        ("n’t", "PART", "RB", "not"),
        ("found", "VERB", "VBD", "find"),
        ("found", "VERB", "VB", "found"),
        ("founded", "VERB", "VBD", "found"),
        ("set", "VERB", "VBD", "set"),
        ("men", "NOUN", "NNS", "man"),
        ("larger", "ADJ", "JJR", "large"),
        ("biggest", "ADJ", "JJS", "big"),
        ("best", "ADJ", "JJS", "good"),
        ("Huifu", "PROPN", "NNP", "Huifu"),
        ("This", "PRON", "DT", "this"),
        ("these", "DET", "DT", "this"),
        ("I", "PRON", "PRP", "I"),
        ("me", "PRON", "PRP", "I"),
        ("staff", "NOUN", "NNS", "staff"),
        ("news", "NOUN", "NN", "news"),
    ],
)
def test_lemma(form: str, upos: str, xpos: str, lemma: str) -> None:
    """Forms go back to what a dictionary lists."""
    assert LEMMATIZE(form, upos, xpos) == lemma


@pytest.mark.parametrize("form", ["", "s", "ing", "ed", "es", "’", "😀", "x" * 5000])
@pytest.mark.parametrize("upos", ["NOUN", "VERB", "ADJ", "PROPN", "X"])
def test_odd_forms_have_lemmas(form: str, upos: str) -> None:
    """Endings that are the whole word, and words that are none, pass through."""
    assert isinstance(LEMMATIZE(form, upos, {"NOUN": "NNS", "VERB": "VBG", "ADJ": "JJR"}.get(upos, "FW")), str)
