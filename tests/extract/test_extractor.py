"""From sentences to facts with the shipped ontology and reading model: ways of saying things, and what is no fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.model import Article, Extraction, Span
from kg.ontology import load_ontology
from kg.reading import load_reader

pytestmark = pytest.mark.model

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The extractor of the shipped ontology."""
    return Extractor(load_ontology(ONTOLOGY), load_reader())


def read(extractor: Extractor, text: str, *, furniture: int = 0) -> Extraction:
    """The extraction of a text without a title, published on 1 May 2020."""
    lead = (Span(0, furniture),) if furniture else ()
    article = Article("sample", "sample.txt", "", text, "", published=date(2020, 5, 1), furniture=lead)
    return next(extractor.extract([article]))


def stated(extractor: Extractor, text: str, *, furniture: int = 0) -> set[str]:
    """The facts of a text, as "subject property object"; values by their figure; `furniture` leads, of that length."""
    extraction = read(extractor, text, furniture=furniture)
    label = {e.id: e.label for e in extraction.entities}
    facts = set()
    for fact in extraction.facts:
        value = fact.object
        shown = (
            label[value]
            if isinstance(value, str)
            else str(getattr(value, "lexical", None) or getattr(value, "value", ""))
        )
        facts.add(f"{label[fact.subject]} {fact.property} {shown}")
    return facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "The Harbor Alliance was set up in May 2016 by Orbit Bank, Tencent and Northwind Logistics.",
            "Harbor Alliance initiatedBy Tencent",
        ),
        ("The Harbor Alliance was set up in May 2016 by Orbit Bank.", "Harbor Alliance foundedOn 2016-05"),
        ("Orbit Bank and Summit Capital have joined the Harbor Alliance.", "Summit Capital memberOf Harbor Alliance"),
        (
            "HSBC, Bank of China and Standard Chartered took part in Project Orca.",
            "Bank of China participatesIn Project Orca",
        ),
        (
            "Nova Energy and Orbit Bank signed a memorandum of understanding on Tuesday.",
            "Nova Energy partnersWith Orbit Bank",
        ),
        ("Tencent, which holds 30 percent of WeBank, declined to comment.", "Tencent investsIn WeBank"),
        (
            "Li Wei, vice president of China Mobile, said the company would use blockchain.",
            "Li Wei holdsPosition China Mobile",
        ),
        (
            "Li Wei, vice president of China Mobile, said the company would use blockchain.",
            "China Mobile uses blockchain",
        ),
        ("Veridia, based in Lisbon, was founded in 2015 by Jane Roe and Mark Hill.", "Veridia locatedIn Lisbon"),
        ("Veridia, based in Lisbon, was founded in 2015 by Jane Roe and Mark Hill.", "Veridia initiatedBy Mark Hill"),
        ("Red Date Technology, a Beijing start-up, designed it.", "Red Date Technology locatedIn Beijing"),
        (
            "The Ministry of Finance approved the Smart Port Plan in March 2020.",
            "Ministry of Finance issued Smart Port Plan",
        ),
    ],
)
def test_ways_of_saying(extractor: Extractor, text: str, fact: str) -> None:
    """Each sentence states its fact."""
    assert fact in stated(extractor, text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Orbit Bank declined to join the Harbor Alliance.", "Orbit Bank memberOf Harbor Alliance"),
        ("Orbit Bank has not joined the Harbor Alliance.", "Orbit Bank memberOf Harbor Alliance"),
        ("Orbit Bank may join the Harbor Alliance.", "Orbit Bank memberOf Harbor Alliance"),
        ("If Orbit Bank joins the Harbor Alliance, Tencent will leave.", "Orbit Bank memberOf Harbor Alliance"),
        ("Will Orbit Bank join the Harbor Alliance?", "Orbit Bank memberOf Harbor Alliance"),
    ],
)
def test_what_is_denied_or_supposed_is_no_fact(extractor: Extractor, text: str, fact: str) -> None:
    """Denials, conditions, possibilities and questions state nothing."""
    assert fact not in stated(extractor, text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "The Harbor Alliance was set up in May 2016. The first batch of 40 member firms came from Spain.",
            "Harbor Alliance memberCount 40",
        ),
        ("The Harbor Alliance met in Oslo. The first 21 members took part.", "Harbor Alliance memberCount 21"),
    ],
)
def test_a_number_belongs_to_the_owner_named_before(extractor: Extractor, text: str, fact: str) -> None:
    """Members without a body are those of the body that the text spoke of last."""
    assert fact in stated(extractor, text)


def test_a_post_is_not_lent_to_a_body_named_before(extractor: Extractor) -> None:
    """Where a noun has arguments of its own, what it leaves out is no thing of the sentence before."""
    text = "Orbit Bank has joined the Harbor Alliance. Li Wei, chairman of the regional council, welcomed it."
    assert not {fact for fact in stated(extractor, text) if fact.startswith("Li Wei")}


def test_plans_are_marked(extractor: Extractor) -> None:
    """A plan is stated as planned."""
    extraction = read(extractor, "Orbit Bank plans to join the Harbor Alliance.")
    assert {f.evidence.modality.value for f in extraction.facts if f.property == "memberOf"} == {"Planned"}


def test_partners_are_not_partners_of_one_another_where_they_are_among_those_of_another(extractor: Extractor) -> None:
    """ "Among the partners are X and Y" says of both that they work with what the text spoke of."""
    text = "Among the partners are Orbit Bank, Nova Energy and Tencent."
    assert not {fact for fact in stated(extractor, text) if "partnersWith" in fact}


def test_gift_of_another_kind_is_no_licence(extractor: Extractor) -> None:
    """A second object that an example names is part of what it says: who is granted a loan is not licensed."""
    found = stated(extractor, "Summit Capital granted Veridia a loan.")
    assert found == {"Summit Capital investsIn Veridia"}


@pytest.mark.parametrize(("day", "held"), [("3 June 2020", "Planned"), ("1 May 2020", "Asserted")])
def test_what_happens_on_a_day_to_come_is_planned(extractor: Extractor, day: str, held: str) -> None:
    """The present tense tells of plans as well: the day after publication decides."""
    extraction = read(extractor, f"Orbit Bank launches the Harbor Wallet on {day}.")
    assert {f.evidence.modality.value for f in extraction.facts if f.property == "launchedOn"} == {held}


def test_evidence_quotes_its_sentence(extractor: Extractor) -> None:
    """The span of the evidence is the whole sentence, and the arguments lie where they stand."""
    text = "It rained. Orbit Bank has joined the Harbor Alliance. Nobody minded."
    (fact,) = [f for f in read(extractor, text).facts if f.property == "memberOf"]
    evidence = fact.evidence
    assert text[evidence.span.start : evidence.span.end] == "Orbit Bank has joined the Harbor Alliance."
    assert evidence.subject is not None
    assert text[evidence.subject.start : evidence.subject.end] == "Orbit Bank"


def test_an_article_alone_or_among_others_yields_the_same(extractor: Extractor) -> None:
    """Extraction depends on the article alone."""
    texts = ["Orbit Bank has joined the Harbor Alliance.", "Veridia, based in Lisbon, uses blockchain.", "It rained."]
    articles = [Article(str(i), f"{i}.txt", "", text, "") for i, text in enumerate(texts)]
    together = list(extractor.extract(articles))
    alone = [next(extractor.extract([article])) for article in reversed(articles)]
    assert together == alone[::-1]


@pytest.mark.parametrize("text", ["", " \n ", "((((((((", "a" * 5000, "🙂 🙂 🙂", "Acme " * 800, "\u202e\u200b"])
def test_rubbish_yields_nothing_and_does_no_harm(extractor: Extractor, text: str) -> None:
    """No text makes the extractor fail."""
    assert read(extractor, text).facts == ()


BANKS = {f"payment platform integratesWith {bank}" for bank in ("Summit Bank", "Nova Bank", "Harbor Bank")}


@pytest.mark.parametrize("noun", ["platform", "platfrom", "plattform"])
def test_definite_noun_takes_up_what_was_introduced_without_a_name(extractor: Extractor, noun: str) -> None:
    """ "A payment platform ... The platform ...", letters swapped or doubled included."""
    text = f"In March Orbit Bank built a payment platform. The {noun} will link Summit Bank, Nova Bank and Harbor Bank."
    assert stated(extractor, text) >= BANKS


def test_wrong_letter_is_forgiven_where_the_text_has_the_right_one(extractor: Extractor) -> None:
    """And what it takes up is the thing introduced last, not one of those named before."""
    text = (
        "Veridia will develop two platforms, the Amber Platform and the Coral Platform. Last year Orbit Bank created "
        "a payment platform. The plasform will link a network of lenders that include Summit Bank, Nova Bank, "
        "Harbor Bank."
    )
    assert stated(extractor, text) >= BANKS


def test_definite_noun_does_not_reach_over_a_name_of_its_class(extractor: Extractor) -> None:
    """What was named in between may as well be meant."""
    text = "Orbit Bank built a payment platform. Veridia runs the Amber Platform. The platform links Summit Bank."
    assert stated(extractor, text).isdisjoint(BANKS)


def test_first_part_of_a_compound_introduces_nothing(extractor: Extractor) -> None:
    """A "card payment service provider" provides some such service; none of its own is spoken of."""
    named = {e.label for e in read(extractor, "Kestrel Pay, a card payment service provider, is from Lyon.").entities}
    spoken_of = {e.label for e in read(extractor, "Kestrel Pay launched a card payment service in Lyon.").entities}
    assert ("card payment service" in named, "card payment service" in spoken_of) == (False, True)


def test_phrase_behind_a_comma_introduces_nothing(extractor: Extractor) -> None:
    """It describes what was named before it."""
    text = "Orbit Bank showed Amber last week, a payment platform. The platform will link Summit Bank and Nova Bank."
    assert stated(extractor, text).isdisjoint(BANKS)


@pytest.mark.parametrize(
    ("word", "noun"),
    [("resident", "president"), ("electron", "election"), ("inventory", "inventor"), ("revolution", "resolution")],
)
def test_words_of_their_own_are_no_typing_errors(extractor: Extractor, word: str, noun: str) -> None:
    """One letter makes another word."""
    lexicon = extractor.taught.lexicon
    assert noun in lexicon.by_head
    assert lexicon.spelled(word) == word


@pytest.mark.parametrize(
    ("misspelt", "noun", "used"),
    [("comission", "commission", ()), ("alliacne", "alliance", ()), ("goverment", "government", ("government",)),
     ("goverment", "goverment", ()), ("bluepoint", "blueprint", ("blueprint",))],
)  # fmt: skip
def test_typing_errors_in_head_nouns(extractor: Extractor, misspelt: str, noun: str, used: tuple[str, ...]) -> None:
    """Swapped and doubled letters always; others where the text spells the noun right elsewhere."""
    assert extractor.taught.lexicon.spelled(misspelt, used) == noun


def test_resident_is_no_president(extractor: Extractor) -> None:
    """Whoever lives somewhere holds no post there."""
    assert stated(extractor, "Jane Roe, a resident of Lisbon, joined Veridia.").isdisjoint(
        {"Jane Roe holdsPosition Lisbon"}
    )


def test_place_of_a_dateline_does_nothing(extractor: Extractor) -> None:
    """Parsers take it for the first of those who act."""
    dateline = "SINGAPORE, September 7, 2019 - "
    text = f"{dateline}Orbit Bank, Nova Shipping and Veridia have jointly launched PayHub, a payment platform."
    found = stated(extractor, text, furniture=len(dateline))
    assert not [fact for fact in found if "SINGAPORE" in fact.upper()], found


@pytest.mark.parametrize("opening", ['("', "(the “", "("])
def test_short_name_in_brackets_is_the_name_before_it(extractor: Extractor, opening: str) -> None:
    """As contracts and press releases define it, with quotation marks or without."""
    closing = opening[-1].replace("“", "”").replace("(", "") + ")"
    text = f"Orlavo Technology Co., Ltd. {opening}Orlavo{closing} opened a park in Shenzhen. Orlavo employs 420 people."
    names = [set(e.names) for e in read(extractor, text).entities if any("Orlavo" in n for n in e.names)]
    assert len(names) == 1
    assert "Orlavo" in names[0]
