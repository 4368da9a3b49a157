"""Example lines: alternatives, marks, and what is said of broken ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ontology.examples import MAX_VARIANTS, ExampleSyntaxError, parse_examples


def texts(source: str) -> list[str]:
    """What the line says, alternative by alternative."""
    return [example.text for example in parse_examples(source)]


def test_marks_point_at_the_words() -> None:
    """A mark is dropped from the text and keeps its words' place."""
    (example,) = parse_examples("[object Shanghai]-based [subject Acme Labs] grew.")
    assert example.text == "Shanghai-based Acme Labs grew."
    marked = {role: example.text[start:end] for role, (start, end) in example.marks.items()}
    assert marked == {"object": "Shanghai", "subject": "Acme Labs"}


def test_each_alternative_is_an_example() -> None:
    """Alternatives multiply, in the order in which they are written."""
    assert texts("[subject A] {made|sold} [object B] {here|there}.") == [
        "A made B here.",
        "A made B there.",
        "A sold B here.",
        "A sold B there.",
    ]


def test_alternatives_nest_and_stand_inside_marks() -> None:
    """Braces within braces, and within a mark, choose like any other."""
    assert texts("[subject {Acme|the {Bay|Sea} Alliance}] won.") == [
        "Acme won.",
        "the Bay Alliance won.",
        "the Sea Alliance won.",
    ]


def test_an_empty_alternative_leaves_no_gap() -> None:
    """What is left out takes its space along, before words and before stops."""
    assert texts("[subject Acme] {officially|} opened [object B] {today|}.") == [
        "Acme officially opened B today.",
        "Acme officially opened B.",
        "Acme opened B today.",
        "Acme opened B.",
    ]


def test_equal_variants_count_once() -> None:
    """Two choices that read the same are one example."""
    assert texts("[subject A] {is|is} [object B].") == ["A is B."]


def test_a_star_names_the_predicate() -> None:
    """The starred word is where the fact is said; the star is not in the text."""
    (example,) = parse_examples("[subject Acme] *promotes the use of [object blockchain].")
    assert example.predicate is not None
    assert example.text[slice(*example.predicate)] == "promotes"
    assert "*" not in example.text


def test_a_star_before_alternatives_goes_to_the_first_word_of_each() -> None:
    """*{takes part|joins} marks "takes" in one variant and "joins" in the other."""
    examples = parse_examples("[subject A] *{takes part in|joins} [object B].")
    assert [example.text[slice(*(example.predicate or (0, 0)))] for example in examples] == ["takes", "joins"]


def test_a_mark_may_narrow_the_class() -> None:
    """The class after the colon is kept apart from the words."""
    (example,) = parse_examples("[subject:Alliance The Bay Alliance] met [object Lisbon].")
    assert example.classes == {"subject": "Alliance"}
    assert example.text[slice(*example.marks["subject"])] == "The Bay Alliance"


def test_the_source_stays_as_written() -> None:
    """Reports show the author's own line."""
    line = "[subject A]  {is|was} in [object B]."
    assert {example.source for example in parse_examples(line)} == {line}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Acme is in Lisbon.", "no argument is marked"),
        ("[subject Acme is in Lisbon.", "'[' without ']'"),
        ("subject Acme] is in Lisbon.", "']' without '['"),
        ("[subject Acme] {is|was in [object Lisbon].", "'{' without '}'"),
        ("[subject Acme] is|was in [object Lisbon].", "'|' outside"),
        ("[subject Acme] is} in [object Lisbon].", "'}' without '{'"),
        ("[topic Acme] is in [object Lisbon].", "none of"),
        ("[subject] is in [object Lisbon].", "none of"),
        ("[subject Acme [object Labs]] grew.", "mark inside a mark"),
        ("[subject Acme] met [subject Lisbon].", "stands twice"),
        ("[subject Acme] * is in [object Lisbon].", "without a word"),
        ("[subject Acme] *is *in [object Lisbon].", "two words"),
        ("[subject {|Acme}] grew.", "none of"),
    ],
)
def test_broken_lines_say_why(line: str, reason: str) -> None:
    """Every way of breaking the marks has its own message."""
    with pytest.raises(ExampleSyntaxError, match=reason.replace("{", r"\{").replace("[", r"\[").replace("|", r"\|")):
        parse_examples(line)


def test_an_explosion_of_alternatives_is_refused() -> None:
    """A line for thousands of sentences is a mistake, and would stall the check."""
    with pytest.raises(ExampleSyntaxError, match=f"1024 sentences; at most {MAX_VARIANTS}"):
        parse_examples("[subject A] " + "{is|was} " * 10 + "[object B].")


@given(st.text("[]{}|*:ab subjectobject", max_size=60))
def test_any_line_is_read_or_refused(line: str) -> None:
    """No input raises anything but the error for authors, and marks always lie within the text."""
    try:
        examples = parse_examples(line)
    except ExampleSyntaxError:
        return
    for example in examples:
        assert all(0 <= start < end <= len(example.text) for start, end in example.marks.values())
