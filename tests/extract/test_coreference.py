from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.coreference import EntityInText, Reason, Reference, resolve_references
from tests.extract.hand_built import tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PARENTS = {
    "Company": ("Organization",),
    "Alliance": ("Organization",),
    "GovernmentBody": ("Organization",),
    "City": ("Place",),
    "Platform": ("Product",),
}
HEAD_NOUNS = {
    "Company": frozenset({"company", "firm", "start-up", "bank"}),
    "Alliance": frozenset({"alliance", "consortium", "group"}),
    "GovernmentBody": frozenset({"ministry", "central bank"}),
    "City": frozenset({"city"}),
    "Platform": frozenset({"platform", "network"}),
    "Person": frozenset({"man", "engineer"}),
}
HEADS = {noun: (name,) for name, nouns in HEAD_NOUNS.items() for noun in nouns}


@pytest.fixture(scope="module")
def reader() -> Language:
    """The reading model of the package."""
    from kg.reading import load_reader

    return load_reader()


def is_a(class_: str, ancestor: str) -> bool:
    """Whether a class is another or lies below it."""
    return class_ == ancestor or ancestor in PARENTS.get(class_, ())


def entities(doc: Doc, **classes: str) -> list[EntityInText]:
    """Entities by name and class; underscores stand for spaces, the id is the name."""
    found = []
    for key, class_ in classes.items():
        name = key.replace("_", " ")
        starts = [i for i in range(len(doc.text)) if doc.text.startswith(name, i)]
        found.append(EntityInText(name, class_, tuple((i, i + len(name)) for i in starts), name))
    return found


def resolved(words: str, **classes: str) -> dict[str, tuple[tuple[str, ...], Reason]]:
    """What each referring expression of a hand-built text means, and why."""
    doc = tree(words)
    references = resolve_references(doc, entities(doc, **classes), HEADS, is_a)
    return {doc.text[r.start_char : r.end_char]: (r.entities, r.reason) for r in references}


JOINED = (
    "Acme|PROPN|nsubj|2 joined|VERB|ROOT|2 the|DET|det|5 Bay|PROPN|compound|5 Alliance|PROPN|obj|2 .|PUNCT|punct|2 // "
)


def test_same_head_noun() -> None:
    """Meaning: "The alliance" is the thing whose name ends so."""
    words = JOINED + "The|DET|det|2 alliance|NOUN|nsubj|3 grew|VERB|ROOT|3"
    assert resolved(words, Acme="Company", Bay_Alliance="Alliance") == {
        "The alliance": (("Bay Alliance",), Reason.HEAD),
    }


def test_noun_of_its_class() -> None:
    """Meaning: "The company" is the one company, "this city" the one city."""
    words = (
        "Acme|PROPN|nsubj|2 left|VERB|ROOT|2 Bonn|PROPN|obj|2 .|PUNCT|punct|2 // "
        "The|DET|det|2 company|NOUN|nsubj|3 hated|VERB|ROOT|3 this|DET|det|5 city|NOUN|obj|3"
    )
    assert resolved(words, Acme="Company", Bonn="City") == {
        "The company": (("Acme",), Reason.CLASS),
        "this city": (("Bonn",), Reason.CLASS),
    }


def test_two_word_heads() -> None:
    """Meaning: "The central bank" is no company, though a bank is one."""
    words = (
        "Acme|PROPN|nsubj|2 met|VERB|ROOT|2 BNX|PROPN|obj|2 .|PUNCT|punct|2 // "
        "The|DET|det|3 central|ADJ|amod|3 bank|NOUN|nsubj|4 agreed|VERB|ROOT|4"
    )
    assert resolved(words, Acme="Company", BNX="GovernmentBody")["The central bank"][0] == ("BNX",)


@pytest.mark.parametrize(
    "words",
    [
        "Banks|NOUN|nsubj|2|Number=Plur grew|VERB|ROOT|2 // A|DET|det|2 company|NOUN|nsubj|3 left|VERB|ROOT|3",
        JOINED + "The|DET|det|2 weather|NOUN|nsubj|3 changed|VERB|ROOT|3",
        JOINED
        + "The|DET|det|2 bank|NOUN|nsubj|6 of|ADP|case|4 Acme|PROPN|nmod|2 never|ADV|advmod|6 joined|VERB|ROOT|6",
        JOINED + "It|PRON|expl|2 rained|VERB|ROOT|2",
        JOINED + "The|DET|det|2 companies|NOUN|nsubj|3|Number=Plur grew|VERB|ROOT|3",
    ],
)
def test_nothing_named_is_meant(words: str) -> None:
    """Indefinite and foreign nouns, nouns that contain the name, and expletives refer to no entity."""
    assert resolved(words, Acme="Company", Bay_Alliance="Alliance") == {}


def test_no_reference_without_entities() -> None:
    """Where nothing has a name, nothing is referred to."""
    doc = tree(JOINED + "It|PRON|nsubj|2 grew|VERB|ROOT|2")
    assert resolve_references(doc, [], HEADS, is_a) == []


def test_co_argument() -> None:
    """Meaning: "Acme praised it": another thing than Acme; "Acme praised itself": Acme."""
    words = JOINED + "Acme|PROPN|nsubj|2 praised|VERB|ROOT|2 {}|PRON|obj|2"
    named = {"Acme": "Company", "Bay_Alliance": "Alliance"}
    assert resolved(words.format("it"), **named)["it"][0] == ("Bay Alliance",)
    assert resolved(words.format("itself"), **named)["itself"] == (("Acme",), Reason.REFLEXIVE)


def test_possessor_is_not_the_owned() -> None:
    """Meaning: "Amber, its wallet": not Amber's."""
    words = (
        "Acme|PROPN|nsubj|2 sells|VERB|ROOT|2 Amber|PROPN|obj|2 ,|PUNCT|punct|6 its|PRON|nmod:poss|6 app|NOUN|appos|3"
    )
    assert resolved(words, Acme="Company", Amber="Platform")["its"][0] == ("Acme",)


def test_own_subject() -> None:
    """Meaning: "Acme sold its unit": its own."""
    words = "Acme|PROPN|nsubj|2 sold|VERB|ROOT|2 its|PRON|nmod:poss|4 unit|NOUN|obj|2"
    assert resolved(words, Acme="Company") == {"its": (("Acme",), Reason.PRONOUN)}


def test_persons_and_things() -> None:
    """Meaning: "She" is a person, "it" is none."""
    words = (
        "Maria|PROPN|nsubj|3 Ruiz|PROPN|flat|1 runs|VERB|ROOT|3 Acme|PROPN|obj|3 .|PUNCT|punct|3 // "
        "She|PRON|nsubj|2 says|VERB|ROOT|2 it|PRON|nsubj|4 grew|VERB|ccomp|2"
    )
    found = resolved(words, Maria_Ruiz="Person", Acme="Company")
    assert found["She"][0] == ("Maria Ruiz",)
    assert found["it"][0] == ("Acme",)


@pytest.mark.parametrize(("pronoun", "meant"), [("He", "John Smith"), ("She", "Maria Ruiz")])
def test_gender(pronoun: str, meant: str) -> None:
    """A given name of one gender is not taken up by the pronoun of the other."""
    words = (
        "John|PROPN|nsubj|3 Smith|PROPN|flat|1 met|VERB|ROOT|3 Maria|PROPN|obj|3 Ruiz|PROPN|flat|4 .|PUNCT|punct|3 // "
        f"{pronoun}|PRON|nsubj|2 smiled|VERB|ROOT|2"
    )
    assert resolved(words, John_Smith="Person", Maria_Ruiz="Person")[pronoun][0] == (meant,)


def test_gender_by_title() -> None:
    """A title tells the gender where the name does not."""
    words = (
        "Mr|PROPN|compound|2 Li|PROPN|nsubj|3 met|VERB|ROOT|3 Ms|PROPN|compound|5 Wu|PROPN|obj|3 .|PUNCT|punct|3 // "
        "She|PRON|nsubj|2 smiled|VERB|ROOT|2"
    )
    assert resolved(words, Li="Person", Wu="Person")["She"][0] == ("Wu",)


RELATIVE = (
    "Acme|PROPN|nsubj|8 ,|PUNCT|punct|4 which|PRON|nsubj|4 owns|VERB|acl:relcl|1 Amber|PROPN|obj|4 ,|PUNCT|punct|4 "
    "has|AUX|aux|8 grown|VERB|ROOT|8"
)


def test_relative_pronoun() -> None:
    """Meaning: "Which" is what its clause is attached to."""
    assert resolved(RELATIVE, Acme="Company", Amber="Platform")["which"] == (("Acme",), Reason.RELATIVE)


def test_who_is_a_person() -> None:
    """Meaning: "Who" right behind a person is that person, whatever the parser attached it to."""
    words = (
        "Acme|PROPN|nsubj|2 named|VERB|ROOT|2 Lee|PROPN|obj|2 ,|PUNCT|punct|6 who|PRON|nsubj|6 left|VERB|acl:relcl|1 "
        "Bolt|PROPN|obj|6"
    )
    assert resolved(words, Acme="Company", Lee="Person", Bolt="Company")["who"][0] == ("Lee",)


APPOSITIONS = [
    ("Acme|PROPN|nsubj|5 ,|PUNCT|punct|4 a|DET|det|4 bank|NOUN|appos|1 grew|VERB|ROOT|5", "a bank"),
    ("the|DET|det|2 start-up|NOUN|nsubj|4 Acme|PROPN|appos|2 grew|VERB|ROOT|4", "the start-up"),
    ("a|DET|det|2 bank|NOUN|nsubj|5 called|VERB|acl|2 Acme|PROPN|xcomp|3 grew|VERB|ROOT|5", "a bank"),
]


@pytest.mark.parametrize(("words", "phrase"), APPOSITIONS)
def test_appositions(words: str, phrase: str) -> None:
    """A noun set beside a name, before or behind it or with "called", means what is named."""
    assert resolved(words, Acme="Company") == {phrase: (("Acme",), Reason.APPOSITION)}


def test_apposition_goes_to_the_nearest_name() -> None:
    """Meaning: "Lee of Acme, a bank": Acme is the bank, though the parser may say Lee."""
    words = (
        "Lee|PROPN|nsubj|7 of|ADP|case|3 Acme|PROPN|nmod|1 ,|PUNCT|punct|6 a|DET|det|6 bank|NOUN|appos|1 is|VERB|ROOT|7"
    )
    assert resolved(words, Lee="Person", Acme="Company")["a bank"][0] == ("Acme",)


def test_city_of() -> None:
    """Meaning: "The city of Bonn" is Bonn; "the bank of Bonn" is not."""
    words = "the|DET|det|2 {}|NOUN|nsubj|5 of|ADP|case|4 Bonn|PROPN|nmod|2 grew|VERB|ROOT|5"
    assert resolved(words.format("city"), Bonn="City") == {"the city": (("Bonn",), Reason.APPOSITION)}
    assert resolved(words.format("bank"), Bonn="City") == {}


def test_description_is_remembered() -> None:
    """What was called a start-up once is "the start-up" later."""
    words = (
        "Acme|PROPN|nsubj|5 ,|PUNCT|punct|4 a|DET|det|4 start-up|NOUN|appos|1 met|VERB|ROOT|5 Bolt|PROPN|obj|5 "
        ".|PUNCT|punct|5 // The|DET|det|2 start-up|NOUN|nsubj|3 grew|VERB|ROOT|3"
    )
    assert resolved(words, Acme="Company", Bolt="Company")["The start-up"] == (("Acme",), Reason.DESCRIPTION)


PAIR = "Acme|PROPN|nsubj|4 and|CCONJ|cc|3 Bolt|PROPN|conj|1 met|VERB|ROOT|4 Lee|PROPN|obj|4 .|PUNCT|punct|4 // "


@pytest.mark.parametrize(
    ("words", "phrase", "meant"),
    [
        (
            "The|DET|det|3 two|NUM|nummod|3 companies|NOUN|nsubj|4|Number=Plur signed|VERB|ROOT|4",
            "The two companies",
            "both",
        ),
        ("Both|DET|det|2 parties|NOUN|nsubj|3|Number=Plur signed|VERB|ROOT|3", "Both parties", "both"),
        ("Both|PRON|nsubj|2 signed|VERB|ROOT|2", "Both", "both"),
        ("They|PRON|nsubj|2 signed|VERB|ROOT|2", "They", "both"),
        ("The|DET|det|2 former|ADJ|nsubj|3 signed|VERB|ROOT|3", "The former", "Acme"),
        ("The|DET|det|2 latter|ADJ|nsubj|3 signed|VERB|ROOT|3", "The latter", "Bolt"),
    ],
)
def test_pairs(words: str, phrase: str, meant: str) -> None:
    """Two that were named together are meant together, or the first, or the last of them."""
    found = resolved(PAIR + words, Acme="Company", Bolt="Company", Lee="Person")
    assert found[phrase][0] == (("Acme", "Bolt") if meant == "both" else (meant,))


def test_counted_group_without_a_list() -> None:
    """Meaning: "The two companies" are the only two so far."""
    words = (
        "Acme|PROPN|nsubj|2 met|VERB|ROOT|2 Bolt|PROPN|obj|2 .|PUNCT|punct|2 // "
        "The|DET|det|3 two|NUM|nummod|3 firms|NOUN|nsubj|4|Number=Plur signed|VERB|ROOT|4"
    )
    assert resolved(words, Acme="Company", Bolt="Company")["The two firms"] == (("Acme", "Bolt"), Reason.GROUP)


def test_group_of_unknown_members() -> None:
    """Meaning: "The three companies" are not the two that have names."""
    words = PAIR + "The|DET|det|3 three|NUM|nummod|3 companies|NOUN|nsubj|4|Number=Plur signed|VERB|ROOT|4"
    assert resolved(words, Acme="Company", Bolt="Company") == {}


QUOTE = (
    '"|PUNCT|punct|3 {}|PRON|nsubj|3 grew|VERB|ccomp|6 ,|PUNCT|punct|3 "|PUNCT|punct|3 said|VERB|ROOT|6 '
    "Lee|PROPN|nsubj|6 ,|PUNCT|punct|9 head|NOUN|appos|7 of|ADP|case|11 Acme|PROPN|nmod|9"
)


def test_speakers() -> None:
    """Meaning: "I" is who speaks, "we" is for whom; outside of quotations they are nobody."""
    assert resolved(QUOTE.format("I"), Lee="Person", Acme="Company")["I"] == (("Lee",), Reason.SPEAKER)
    assert resolved(QUOTE.format("We"), Lee="Person", Acme="Company")["We"] == (("Acme",), Reason.SPEAKER)
    assert resolved("We|PRON|nsubj|2 met|VERB|ROOT|2 Lee|PROPN|obj|2", Lee="Person") == {}


def test_cataphora() -> None:
    """The lead's "a new alliance" is the alliance that the next sentence names."""
    words = (
        "Four|NUM|nummod|2 firms|NOUN|nsubj|3|Number=Plur formed|VERB|ROOT|3 a|DET|det|6 new|ADJ|amod|6 "
        "alliance|NOUN|obj|3 // The|DET|det|3 Bay|PROPN|compound|3 Alliance|PROPN|nsubj|4 grew|VERB|ROOT|4"
    )
    assert resolved(words, Bay_Alliance="Alliance") == {"a new alliance": (("Bay Alliance",), Reason.CATAPHORA)}


def test_no_cataphora_deep_in_the_text() -> None:
    """Later in an article an indefinite noun is a new thing."""
    lead = "It|PRON|expl|2 rained|VERB|ROOT|2 // " * 3
    words = lead + (
        "Four|NUM|nummod|2 firms|NOUN|nsubj|3|Number=Plur formed|VERB|ROOT|3 an|DET|det|5 alliance|NOUN|obj|3 // "
        "The|DET|det|3 Bay|PROPN|compound|3 Alliance|PROPN|nsubj|4 grew|VERB|ROOT|4"
    )
    assert resolved(words, Bay_Alliance="Alliance") == {}


def test_pronoun_reach() -> None:
    """A pronoun does not look back beyond a few sentences."""
    far = JOINED + "Nothing|PRON|nsubj|2 happened|VERB|ROOT|2 // " * 4 + "It|PRON|nsubj|2 grew|VERB|ROOT|2"
    assert resolved(far, Acme="Company", Bay_Alliance="Alliance") == {}


def test_alternatives() -> None:
    """Rivals come with their probabilities, likeliest first, and all together do not exceed certainty."""
    doc = tree(JOINED + "It|PRON|nsubj|2 grew|VERB|ROOT|2")
    [reference] = resolve_references(doc, entities(doc, Acme="Company", Bay_Alliance="Alliance"), HEADS, is_a)
    rivals = [probability for _, probability in reference.alternatives]
    assert rivals == sorted(rivals, reverse=True)
    assert reference.score >= max(rivals, default=0)
    assert reference.score + sum(rivals) <= 1


def test_among() -> None:
    """Where only some entities can be meant, the likeliest of them is, with the rest of the probability shared out."""
    reference = Reference(0, 2, ("a",), Reason.PRONOUN, 0.5, (("b", 0.3), ("c", 0.1)))
    best = reference.among(lambda entity: entity in {"b", "c"})
    assert best is not None
    assert best.entities == ("b",)
    assert best.score == pytest.approx(0.6)
    assert dict(best.alternatives) == pytest.approx({"c": 0.2})
    same = reference.among(lambda entity: entity != "b")
    assert same is not None
    assert same.entities == ("a",)
    assert same.score == pytest.approx(0.5 / 0.7)
    assert reference.among(lambda entity: entity == "d") is None


def test_among_a_group() -> None:
    """Of a group, what can be meant stays."""
    group = Reference(0, 2, ("a", "b"), Reason.GROUP, 0.8)
    assert group.among(lambda entity: entity == "b") == Reference(0, 2, ("b",), Reason.GROUP, 0.8)


def test_order_of_entities_is_irrelevant() -> None:
    """The same entities in another order give the same references."""
    doc = tree(
        PAIR + "It|PRON|nsubj|2 grew|VERB|ROOT|2 .|PUNCT|punct|2 // The|DET|det|2 firm|NOUN|nsubj|3 left|VERB|ROOT|3"
    )
    named = entities(doc, Acme="Company", Bolt="Company", Lee="Person")
    assert resolve_references(doc, named, HEADS, is_a) == resolve_references(doc, named[::-1], HEADS, is_a)


@given(st.data())
def test_references_are_sound(data: st.DataObject) -> None:
    """Whatever the tree: true offsets, known entities, scores in (0, 1], and no expression within a name."""
    size = data.draw(st.integers(1, 10))
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=size, max_size=size))
    root = data.draw(st.integers(1, size))
    heads = [i if i == root else data.draw(st.integers(1, size)) for i in range(1, size + 1)]
    heads = [root if i != root and _cycles(heads, i) else head for i, head in enumerate(heads, start=1)]
    deps = [data.draw(st.sampled_from(DEPS)) if i != root else "ROOT" for i in range(1, size + 1)]
    doc = tree(" ".join(f"{word}|{dep}|{head}" for word, dep, head in zip(words, deps, heads, strict=True)))
    named = [entity for entity in entities(doc, Acme="Company", Lee="Person", Bonn="City") if entity.names]
    for reference in resolve_references(doc, named, HEADS, is_a):
        check(reference, doc, named)


WORDS = [
    "Acme|PROPN",
    "Lee|PROPN",
    "Bonn|PROPN",
    "the|DET",
    "company|NOUN",
    "it|PRON",
    "they|PRON",
    "who|PRON",
    ",|PUNCT",
]
WORDS += [
    "its|PRON",
    "he|PRON",
    "both|PRON",
    "latter|ADJ",
    "said|VERB",
    "of|ADP",
    '"|PUNCT',
    "we|PRON",
    "two|NUM",
    "itself|PRON",
]
DEPS = [
    "nsubj",
    "obj",
    "obl",
    "nmod",
    "nmod:poss",
    "appos",
    "conj",
    "acl:relcl",
    "det",
    "case",
    "punct",
    "ccomp",
    "nummod",
]


def _cycles(heads: list[int], start: int) -> bool:
    """Whether the chain of heads from a word never reaches a root."""
    seen, at = set(), start
    while heads[at - 1] != at:
        if at in seen:
            return True
        seen.add(at)
        at = heads[at - 1]
    return False


def check(reference: Reference, doc: Doc, named: list[EntityInText]) -> None:
    """Assert what holds for every reference."""
    assert 0 <= reference.start_char < reference.end_char <= len(doc.text)
    assert doc.char_span(reference.start_char, reference.end_char) is not None
    assert reference.entities
    assert set(reference.entities) <= {entity.id for entity in named}
    assert 0 < reference.score <= 1
    spans = [span for entity in named for span in entity.names]
    assert all(not start <= reference.start_char < end for start, end in spans)


ALLIANCE = """Norvida and Baltic Grain set up the Amber Trade Alliance in Riga on Monday.
The alliance has 14 members. It will issue a digital bill of lading next year."""
START_UP = """Norvida, a start-up that maps farmland, has raised 4 million euros.
The start-up said it would open an office in Riga. Its founder, Ilze Berzina, grew up there, and she chairs it."""
PURCHASE = """Norvida has agreed to buy Seedlink, which makes soil sensors.
The two companies expect to close the deal in May."""
STATEMENT = '"We want every farmer to own a map," said Janis Kalnins, chief executive of Norvida.'

REAL: list[tuple[str, dict[str, str], dict[str, tuple[str, ...]]]] = [
    (
        ALLIANCE,
        {"Norvida": "Company", "Baltic_Grain": "Company", "Amber_Trade_Alliance": "Alliance", "Riga": "City"},
        {"The alliance": ("Amber Trade Alliance",), "It": ("Amber Trade Alliance",)},
    ),
    (
        START_UP,
        {"Norvida": "Company", "Riga": "City", "Ilze_Berzina": "Person"},
        {"The start-up": ("Norvida",), "it": ("Norvida",), "Its": ("Norvida",), "she": ("Ilze Berzina",)},
    ),
    (
        PURCHASE,
        {"Norvida": "Company", "Seedlink": "Company"},
        {"which": ("Seedlink",), "The two companies": ("Norvida", "Seedlink")},
    ),
    (STATEMENT, {"Janis_Kalnins": "Person", "Norvida": "Company"}, {"We": ("Norvida",)}),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "classes", "meant"), REAL)
def test_parsed_sentences(
    reader: Language, text: str, classes: dict[str, str], meant: dict[str, tuple[str, ...]]
) -> None:
    """Sentences as the reader parses them: nouns, pronouns, relatives, groups and speakers together."""
    doc = reader(text)
    references = resolve_references(doc, entities(doc, **classes), HEADS, is_a)
    found = {text[r.start_char : r.end_char]: r.entities for r in references}
    assert {phrase: found.get(phrase) for phrase in meant} == meant
