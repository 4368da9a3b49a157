"""The short form of `python -m benchmarks.fuzz`: a result or a clear error, whatever comes in."""

from __future__ import annotations

import pytest

from benchmarks.fuzz import Reader, fuzz_articles, fuzz_ontologies, fuzz_settings

HOSTILE = {
    "bidi": "Acme \u202eLabs\u202c said that \u200bit ac\u200dquired \u2066Dock\u2069side of the \ufeffport.\n" * 5,
    "markup": '<b>Acme</b> "}; DROP <script>x</script> said ?x . } kg:a <http://x> acquired Dock">side\\u0000 {"a":1}.',
    "brackets": "Acme Labs launched Bolt. " + "(" * 200_000 + " It acquired Dockside.",
    "no space": "a" * 1_000_000,
    "blank lines": "Acme Labs said that it was the one." + "\n" * 200_000,
    "names": " ".join(f"Acme{i} Labs met Bolt{i}." for i in range(60)),
    "enumeration": ", ".join(f"Acme{i}x" for i in range(200)) + " joined the Bay Alliance.",
    "quotes": "\"' " * 500,
    "front matter": "---\ntitle: &a [*a, *a]\nother: {b: &b [*b]}\n---\nAcme Labs said that it was the one.\n",
    "surrogates": "Acme \ud800Labs\udfff said that it acquired Dockside.",
    "nul": "Acme Labs\0 said that it acquired Dockside.",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    """With the real model."""
    return Reader()


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_article_is_read_or_refused(reader: Reader, name: str) -> None:
    """No traceback, no hang, and offsets within the text."""
    reader.check(HOSTILE[name].encode(errors="surrogatepass"))


@pytest.mark.model
@pytest.mark.slow
def test_any_article() -> None:
    """Forty of those that the long form makes."""
    fuzz_articles(40)


@pytest.mark.slow
def test_any_ontology() -> None:
    """A hundred: an OntologyError with a message, or an ontology."""
    fuzz_ontologies(100)


def test_any_settings() -> None:
    """Three hundred: a ConfigError with a message, or settings."""
    fuzz_settings(300)
