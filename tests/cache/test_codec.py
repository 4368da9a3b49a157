from __future__ import annotations

import dataclasses
import zlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import model
from kg.cache.codec import DamagedError, decode_extraction, encode_extraction
from kg.model import (
    ArticleEntity,
    ArticleFact,
    CountValue,
    DateValue,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    MoneyValue,
    QuantityValue,
    Rejection,
    Span,
)

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates too
SPANS = st.builds(Span, st.integers(0, 9999), st.integers(0, 9999))
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False)
VALUES = st.one_of(
    TEXT,
    st.builds(DateValue, TEXT),
    st.builds(CountValue, st.integers(), st.none() | TEXT),
    st.builds(QuantityValue, AMOUNTS, TEXT, st.none() | TEXT),
    st.builds(MoneyValue, AMOUNTS, TEXT, st.none() | TEXT, st.none() | TEXT),
)
EVIDENCE = st.builds(
    Evidence,
    article=st.just("news/one"),
    span=SPANS,
    modality=st.sampled_from(Modality),
    confidence=st.floats(0, 1),
    extractor=TEXT,
    subject=st.none() | SPANS,
    object=st.none() | SPANS,
    role=st.none() | TEXT,
    explanation=st.lists(TEXT, max_size=3).map(tuple),
)
MENTIONS = st.builds(Mention, SPANS, TEXT, st.sampled_from(MentionKind))
ENTITIES = st.builds(
    ArticleEntity,
    id=TEXT,
    label=TEXT,
    class_=TEXT,
    names=st.lists(TEXT, max_size=3).map(tuple),
    mentions=st.lists(MENTIONS, max_size=3).map(tuple),
    class_scores=st.dictionaries(TEXT, st.floats(0, 1), max_size=3),
    concept=st.none() | TEXT,
    joined=st.lists(TEXT, max_size=2).map(tuple),
)
EXTRACTIONS = st.builds(
    Extraction,
    article=st.just("news/one"),
    entities=st.lists(ENTITIES, max_size=3).map(tuple),
    facts=st.lists(st.builds(ArticleFact, TEXT, TEXT, VALUES, EVIDENCE), max_size=3).map(tuple),
    rejections=st.lists(st.builds(Rejection, st.just("news/one"), SPANS, TEXT, TEXT), max_size=3).map(tuple),
)


@given(EXTRACTIONS)
def test_any_extraction_comes_back_as_it_was(extraction: Extraction) -> None:
    """Strings of any characters, exact numbers, all kinds of values."""
    assert decode_extraction(encode_extraction(extraction), "news/one") == extraction


@given(EXTRACTIONS)
def test_without_details_only_mentions_and_explanations_are_missing(extraction: Extraction) -> None:
    """What a build of many articles needs of each."""
    slim = decode_extraction(encode_extraction(extraction), "news/one", whole=False)
    entities = tuple(dataclasses.replace(entity, mentions=()) for entity in extraction.entities)
    facts = tuple(
        dataclasses.replace(fact, evidence=dataclasses.replace(fact.evidence, explanation=()))
        for fact in extraction.facts
    )
    assert slim == dataclasses.replace(extraction, entities=entities, facts=facts)


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(data: bytes) -> None:
    """Nothing but a DamagedError."""
    with pytest.raises(DamagedError):
        decode_extraction(data, "news/one")


@pytest.mark.parametrize("core", [b"null", b"[1,2,3]", b'[[["x"]],[],[]]', b"[[],[[1,2,3]],[]]", b"[" * 100_000])
def test_other_json_is_refused(core: bytes) -> None:
    """Well-formed, and nothing that was encoded."""
    packed = zlib.compress(core)
    data = len(packed).to_bytes(4, "big") + packed + zlib.compress(b"[[],[]]")
    with pytest.raises(DamagedError):
        decode_extraction(data, "news/one")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (model.Extraction, "article entities facts rejections"),
        (model.ArticleEntity, "id label class_ names mentions class_scores concept joined"),
        (model.Mention, "span surface kind"),
        (model.ArticleFact, "subject property object evidence"),
        (model.Evidence, "article span modality confidence extractor subject object role explanation"),
        (model.Rejection, "article span stage reason"),
        (model.DateValue, "lexical"),
        (model.CountValue, "value qualifier"),
        (model.QuantityValue, "value unit qualifier"),
        (model.MoneyValue, "value currency kind qualifier"),
    ],
)
def test_every_field_of_the_model_is_stored(kind: type, fields: str) -> None:
    """A field that is added to the model must be added to the codec."""
    assert [field.name for field in dataclasses.fields(kind)] == fields.split()


def test_amounts_keep_their_digits() -> None:
    """2.50 is not 2.5 where somebody wrote it so."""
    money = MoneyValue(Decimal("2.50"), "EUR")
    evidence = Evidence("a", Span(0, 1), Modality.ASSERTED, 0.9, "frames")
    extraction = Extraction("a", (), (ArticleFact("x", "amount", money, evidence),))
    (fact,) = decode_extraction(encode_extraction(extraction), "a").facts
    assert isinstance(fact.object, MoneyValue)
    assert str(fact.object.value) == "2.50"
