"""Training data: labels, other tokens, swapped names."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("torch", reason="the training extra is not installed")

from kg.reading.features import GAP_BLANK, GAP_NONE, GAP_PARAGRAPH
from kg.reading.labels import NAME_TYPES
from training.documents import ROOT, Document, Parse
from training.made_names import MadeName, make_name, make_term
from training.prepare import english_tokens
from training.retokenize import retokenize
from training.schemes import NO_NAME, SCHEMES, allowed_types, is_demonym
from training.snippets import Segment, Snippet, to_document, vary
from training.sources import guess_gaps, spans_of_tags
from training.swap import swapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def dice(seed: int) -> random.Random:
    """Dice that fall the same way each time."""
    return random.Random(seed)  # noqa: S311 - no secrets here


def kinds(types: Sequence[int] | None) -> set[str]:
    """Give type indices by name; "" stands for no name."""
    return {NAME_TYPES[t] if t != NO_NAME else "" for t in types or ()}


@pytest.mark.parametrize(
    ("source", "label", "text", "expected"),
    [
        ("corpus", "Company", "Blue Tea", {"Company"}),
        ("docred", "LOC", "France", {"Country"}),
        ("docred", "LOC", "Dutch", {"Nationality"}),
        ("docred", "LOC", "Sri Lankan", {"Nationality"}),
        ("docred", "LOC", "Lake Volta", {"Place", "Region"}),
        ("docred", "ORG", "University of Quito", {"University"}),
        ("crossner", "politicalparty", "Tea Party", {"Organization"}),
        ("uner", "PER", "Juma", {"Person"}),
    ],
)
def test_labels_in_our_types(source: str, label: str, text: str, expected: set[str]) -> None:
    """A coarse label allows the types it may mean, fewer where the words of the name tell."""
    assert kinds(allowed_types(source, label, text)) == expected


def test_labels_that_say_nothing() -> None:
    """A label outside the scheme gives no name at all."""
    assert allowed_types("uner", "OTH", "x") is None


def test_open_types() -> None:
    """What a source does not annotate may hide under its "no name"."""
    assert "Date" in kinds(SCHEMES["corpus"].open_types())
    assert "Person" not in kinds(SCHEMES["uner"].open_types())


@pytest.mark.parametrize("text", ["Dutch", "Sri Lankan", "Greeks", "South Koreans", "Chinese"])
def test_demonyms(text: str) -> None:
    """Words of nationality are told from places."""
    assert is_demonym(text)


@pytest.mark.parametrize("text", ["Dalian", "Vivian", "Paris", "University of Parish Dutch", "ian", ""])
def test_no_demonyms(text: str) -> None:
    """Names with the same endings are none."""
    assert not is_demonym(text)


def test_spans_of_tags() -> None:
    """BIO and IO tags both give spans."""
    assert spans_of_tags("B-PER I-PER B-PER O I-LOC I-LOC".split()) == [(0, 2, "PER"), (2, 3, "PER"), (4, 6, "LOC")]


def test_guessed_gaps() -> None:
    """Punctuation clings to the word before it, quotes in turn to the right and to the left."""
    words = 'He said " no " ( twice ) .'.split()
    blanks = [i for i, gap in enumerate(guess_gaps(words)) if gap == GAP_BLANK]
    assert [words[i] for i in blanks] == ["He", "said", '"', "("]


def document() -> Document:
    """ "Ama opposes anti-tea laws." with words that the tokenizer cuts otherwise."""
    words = ["Ama", "opposes", "tea", "-", "and-milk", "laws", "."]
    parse = Parse(
        ["PROPN", "VERB", "NOUN", "PUNCT", "NOUN", "NOUN", "PUNCT"],
        ["NNP", "VBZ", "NN", "HYPH", "NN", "NNS", "."],
        [""] * 7,
        ["Ama", "oppose", "tea", "-", "and-milk", "law", "."],
        [1, ROOT, 5, 4, 2, 1, 1],
        ["nsubj", "root", "compound", "punct", "conj", "obj", "punct"],
    )
    gaps = [GAP_PARAGRAPH, GAP_BLANK, GAP_BLANK, GAP_NONE, GAP_NONE, GAP_BLANK, GAP_NONE]
    return Document("gum", words, gaps, [0], [1, 0, 0, 0, 0, 0, 0], parse, [(0, 1, [0])])


def test_other_tokens() -> None:
    """Split words keep their labels on one part, and the tree stays a tree."""
    new = retokenize(document(), english_tokens())
    assert new.words == ["Ama", "opposes", "tea", "-", "and", "-", "milk", "laws", "."]
    assert new.parse is not None
    assert new.parse.deps[:4] == ["nsubj", "root", "compound", "punct"]
    assert new.parse.deps[7] == "obj"
    assert sorted(h for h in new.parse.heads if h == ROOT) == [ROOT]
    assert new.names == [(0, 1, [0])]
    assert new.starts == [1] + [0] * 8


def test_swapped_names_keep_trees() -> None:
    """A made-up name hangs where the old one did, and each word has a head in the sentence."""
    source = document()
    source.names = None
    for seed in range(40):
        new = swapped(source, dice(seed), share=1.0)
        assert new.parse is not None
        assert [new.words[i] for i, h in enumerate(new.parse.heads) if h == ROOT] == ["opposes"]
        assert all(h == ROOT or 0 <= h < len(new.words) for h in new.parse.heads)
        assert "nsubj" in new.parse.deps
        assert len(new.words) == len(new.gaps) == len(new.starts) == len(new.parse.upos)


def test_swapped_names_may_be_names() -> None:
    """Where names are annotated, a made-up one is of any type or none: nobody annotated it."""
    source = document()
    source.names = []
    new = swapped(source, dice(1), share=1.0)
    assert new.names
    assert NO_NAME in new.names[0][2]


@pytest.mark.parametrize("make", [make_name, make_term])
def test_made_names_are_trees(make: Callable[[random.Random], MadeName]) -> None:
    """Every made-up name or term has one top and heads inside."""
    for seed in range(200):
        name = make(dice(seed))
        assert [i for i, h in enumerate(name.heads) if h == ROOT] == [name.top]
        assert all(h == ROOT or 0 <= h < len(name.words) for h in name.heads)
        assert len(name.words) == len(name.upos) == len(name.deps) == len(name.heads)


def sentence(*rows: tuple[str, str, str, int, str]) -> Document:
    """A document of one sentence from words with UPOS, XPOS, head and relation."""
    words, upos, xpos, heads, deps = map(list, zip(*rows, strict=True))
    size = len(words)
    parse = Parse(upos, xpos, ["_"] * size, list(words), heads, deps)
    return Document("test", words, [GAP_BLANK] * size, [0], [1] + [0] * (size - 1), parse)


ALL_TERMS = {"obj": 1.0}


def test_bare_nouns_give_way_to_terms() -> None:
    """ "firms use software": what is used becomes a term whose words are nouns and hang together."""
    source = sentence(
        ("firms", "NOUN", "NNS", 1, "nsubj"), ("use", "VERB", "VBP", ROOT, "root"), ("software", "NOUN", "NN", 1, "obj")
    )
    for seed in range(20):
        new = swapped(source, dice(seed), term_shares=ALL_TERMS)
        assert new.parse is not None
        assert new.words[:2] == ["firms", "use"]
        assert (new.parse.deps[-1], new.parse.heads[-1], new.parse.xpos[-1]) == ("obj", 1, "NN")
        assert set(new.parse.upos[2:]) <= {"NOUN", "ADJ"}
        assert set(new.parse.heads[2:-1]) <= {len(new.words) - 1}


def test_nouns_with_articles_stay() -> None:
    """ "a blockchain" is no way to speak of a term: what has an article, a number or an owner is left as it is."""
    source = sentence(
        ("firms", "NOUN", "NNS", 1, "nsubj"), ("use", "VERB", "VBP", ROOT, "root"), ("a", "DET", "DT", 3, "det"),
        ("tool", "NOUN", "NN", 1, "obj"),
    )  # fmt: skip
    assert swapped(source, dice(1), term_shares=ALL_TERMS).words == source.words


SNIPPET = Snippet(
    "t-1",
    [
        Segment("Blue Tea", "Company", "e1"),
        Segment(" Opens\n"),
        Segment("The firm", "~", "e1"),
        Segment(" sells tea. "),
        Segment("Blue", "~", "e1"),
        Segment(" said so."),
    ],
)


def test_snippets() -> None:
    """Names, uncertain short forms and sure sentence starts come out of the markup."""
    made = to_document(SNIPPET, english_tokens())
    assert made.names is not None
    assert [(made.words[a:b], len(t) > 1) for a, b, t in made.names] == [(["Blue", "Tea"], False), (["Blue"], True)]
    assert [w for w, s in zip(made.words, made.starts, strict=True) if s == 1] == ["Blue", "The", "Blue"]


def test_varied_snippets_keep_their_marks() -> None:
    """Whatever is varied, the company stays marked as one, and the same seed gives the same text."""
    pool = {"Company": ["Red Tea"]}
    for seed in range(50):
        one = vary(SNIPPET, pool, dice(seed))
        assert any(s.label == "Company" for s in one.segments)
        assert [s.text for s in one.segments] == [s.text for s in vary(SNIPPET, pool, dice(seed)).segments]
