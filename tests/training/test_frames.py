"""The examples against the corpus: what one finds right and wrong, and ways of saying that none of them teaches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from training.corpus.markup import read_blocks
from training.frames.aligned import Aligned, aligned
from training.frames.missing import Seen, Way, wanting, ways
from training.frames.worth import worths

if TYPE_CHECKING:
    from kg.extract import Extractor

pytestmark = pytest.mark.model

ONTOLOGY: Final = Path(__file__).parents[2] / "ontology"

TEXT = """\
# {ident} wire tea 2021-03-09
[[e1|Company|Veridia]] News
[[e1|Company|Veridia]] {verb} [[e2|Company|Orchard Mills]] in 2020.
F {fact}
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The extractor of the shipped ontology, by grammar alone."""
    from kg.extract import Extractor
    from kg.ontology import load_ontology
    from kg.reading import load_reader

    return Extractor(load_ontology(ONTOLOGY), load_reader())


def text(extractor: Extractor, ident: str, verb: str, fact: str) -> Aligned:
    """One text in which Veridia did something to Orchard Mills, with the fact that it states."""
    (block,) = read_blocks(TEXT.format(ident=ident, verb=verb, fact=fact))
    return aligned(block, extractor)


def test_example_is_worth_what_it_finds(extractor: Extractor) -> None:
    """The same words state the fact in one text and not in the other: right once, wrong once, with the sentence."""
    read = [
        text(extractor, "toy-1", "acquired", "e1 acquired e2"),
        text(extractor, "toy-2", "acquired", "e1 partnersWith e2"),
    ]
    found = {example: worth for (name, example), worth in worths(read).items() if name == "acquired"}
    assert found
    assert {(worth.right, worth.wrong) for worth in found.values()} == {(1, 1)}
    assert {tuple(worth.astray) for worth in found.values()} == {("toy-2: Veridia acquired Orchard Mills in 2020.",)}


def test_way_that_no_example_teaches_is_found(extractor: Extractor) -> None:
    """A verb that two texts have and no example: it wants one; a verb that examples have does not."""
    read = [
        *(text(extractor, ident, "gobbled", "e1 acquired e2") for ident in ("toy-1", "toy-2")),
        *(text(extractor, ident, "acquired", "e1 acquired e2") for ident in ("toy-3", "toy-4")),
    ]
    ((way, seen),) = [(w, s) for w, s in wanting(ways(read), least=2, precision=0.7) if w.property == "acquired"]
    assert way == Way("acquired", "gobble", "subj", "obj", "")
    assert seen.sentence == "Veridia gobbled Orchard Mills in 2020."


def test_way_with_a_word_beside_it_gives_way_to_the_plain_one() -> None:
    """Where a predicate is right without more, what else it needs is not shown; where it is not, it is."""
    plain, with_word = Way("uses", "run", "subj", "on", ""), Way("uses", "run", "subj", "on", "", ("obj", "trial"))
    loose, needy = Way("uses", "make", "subj", "of", ""), Way("uses", "make", "subj", "of", "", ("obj", "use"))
    texts = {"a", "b", "c"}
    good, bad = Seen(texts, set(), texts), Seen(texts, {"d", "e", "f", "g"}, texts)
    found = wanting({plain: good, with_word: good, loose: bad, needy: good}, least=3, precision=0.7)
    assert [way for way, _ in found] == [needy, plain]
