"""From sentences to facts with the shipped ontology and reading model: ways of saying things, and what is no fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.extract import Extractor
from kg.model import Article, Extraction
from kg.ontology import load_ontology
from kg.reading import load_reader

pytestmark = pytest.mark.model

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """The extractor of the shipped ontology."""
    return Extractor(load_ontology(ONTOLOGY), load_reader())


def read(extractor: Extractor, text: str) -> Extraction:
    """The extraction of a text without a title, published on 1 May 2020."""
    article = Article("sample", "sample.txt", "", text, "", published=date(2020, 5, 1))
    return next(extractor.extract([article]))


def stated(extractor: Extractor, text: str) -> set[str]:
    """The facts of a text, as "subject property object"; values by their figure."""
    extraction = read(extractor, text)
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


def test_plans_are_marked(extractor: Extractor) -> None:
    """A plan is stated as planned."""
    extraction = read(extractor, "Orbit Bank plans to join the Harbor Alliance.")
    assert {f.evidence.modality.value for f in extraction.facts if f.property == "memberOf"} == {"Planned"}


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
