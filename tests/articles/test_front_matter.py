"""YAML front matter, read without building objects from it."""

from __future__ import annotations

import time

import pytest

from kg.articles.front_matter import split_front_matter
from kg.errors import ArticleError


def test_known_fields_are_read_and_others_left() -> None:
    """Fields that kg knows come out as written; tags and nested values of other tools do no harm."""
    text = "---\ntitle: 'A: B'\npublished: 2020-01-02\ntags: [a, {b: c}]\nlanguage: no\nauthor: ~\n---\nBody\n"
    fields, body = split_front_matter(text)
    assert fields == {"title": "A: B", "published": "2020-01-02", "language": "no", "author": ""}
    assert body == "Body\n"


def test_text_after_it_is_untouched() -> None:
    """What follows the closing line is the text, leading blank lines included."""
    assert split_front_matter("---\ntitle: A\n---\n\n  Body \n") == ({"title": "A"}, "\n  Body \n")


@pytest.mark.parametrize(
    "text",
    [
        "Body\n---\ntitle: A\n---\n",
        "---\nA paragraph between two rules\n---\nBody\n",
        "---\ntitle: A\nno closing line\n",
        "---\n- title: A\n---\n",
        "----\ntitle: A\n----\n",
        "",
        "---",
    ],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    """Rules, unclosed blocks and later blocks belong to the text."""
    assert split_front_matter(text) == ({}, text)


def test_empty_front_matter() -> None:
    """Two lines with nothing between them are front matter without fields."""
    assert split_front_matter("---\n---\nBody") == ({}, "Body")


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("title: A: B", "no YAML: line 2: mapping values are not allowed"),
        ("published: 2020-01-02\nx: [A", "no YAML: line"),
        ("title: [A, B]", "its title is no line of text"),
        ("title: {a: b}", "its title is no line of text"),
        ("title: A\ntitle: B", "has title twice"),
        ("x: &a A\ntitle: *a", "its title is no line of text"),
        ("[\ntitle: A\n]", "no list of `key: value` lines"),
        ("title: \x07", "characters that YAML forbids|no YAML"),
    ],
)
def test_bad_front_matter_is_refused(block: str, reason: str) -> None:
    """Malformed YAML and values that are no text are refused with place and reason."""
    with pytest.raises(ArticleError, match=reason):
        split_front_matter(f"---\n{block}\n---\nBody\n")


def test_alias_bombs_stay_small() -> None:
    """Aliases are never expanded, so a bomb costs no more than its own length."""
    layers = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 40))
    started = time.process_time()
    fields, _ = split_front_matter(f"---\nl0: &l0 x\n{layers}\ntitle: A\n---\nBody\n")
    assert fields == {"title": "A"}
    assert time.process_time() - started < 2


@pytest.mark.parametrize("filling", ["[" * 50_000, "{a: " * 10_000, "- " * 20_000, '"' + " " * 50_000, "&a " * 10_000])
def test_hostile_yaml_is_quick(filling: str) -> None:
    """Deep or long nonsense is refused or skipped at once."""
    started = time.process_time()
    try:
        split_front_matter(f"---\ntitle: A\nx: {filling}\n---\nBody\n")
    except ArticleError as error:
        assert "front matter" in str(error)  # noqa: PT017 - either outcome will do, an endless one will not
    assert time.process_time() - started < 2
