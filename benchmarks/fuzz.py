"""Articles, ontologies and settings that nobody would write: a result or a clear error, never a traceback.

python -m benchmarks.fuzz articles 20000     through reading and extraction, with the real model
python -m benchmarks.fuzz ontologies 5000    the project's ontology, cut, doubled and mixed
python -m benchmarks.fuzz settings 5000      kg.toml of any text

A failure prints the input that caused it, made as small as Hypothesis can.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Verbosity, given, settings
from hypothesis import strategies as st

from kg.articles import read_sources
from kg.build import EXTRACTORS
from kg.build.task import Done, Performer, Setting, Task
from kg.cache import decode_extraction
from kg.config import load_config
from kg.errors import KgError
from kg.ontology import load_ontology

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
_LONGEST_S = 30.0
"""Processor seconds for one article of a few hundred characters: it hangs."""

# What names, news and attackers are made of; Hypothesis puts it together, with characters of all kinds between.
_PIECES = (
    *("Acme Labs", "the Harbour Alliance", "Ana Reis", "Dr. Jon Berg, chief executive of Nordpay,", "Lisbon"),
    *("QuayPass", "acquired", "was set up by", "plans to launch", "joined", "said that", "is a member of", "whose"),
    *("which", "based in", " and ", ", ", "; ", ". ", "\n", "\n\n", "\t", "\r\n", " - ", ": ", "?! ", "(", ")", "["),
    *("]", "“", "”", '"', "'s ", "on 4 May 2021", "in 2019-09", "over 300 start-ups", "€2.5 million", "$1,000,000,000"),
    *("0", "9" * 40, "1e999", "-1", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u2028", "\x85", "\x0b"),
    *("e\u0301", "\U0001f6a2", "\ufdfa", "İ", "ß", "<script>alert(1)</script>", "&lt;b&gt;", "}\n}; DROP ALL"),
    *("?x ?p ?o .", "<http://x y>", "kg:a kg:b kg:c .", "%00", "\\u0000", "../../etc/passwd", "# Title", "![x](y)"),
    *("---\ntitle: &a [*a]\n---\n", "http://[::1", "{0}", "%s", "$(id)", "`id`"),
)
TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=60).map("".join)
ARTICLES = st.one_of(
    TEXTS.map(lambda text: text.encode(errors="surrogatepass")),
    st.tuples(st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", b"---\n"]), st.binary(max_size=200)).map(b"".join),
)


class Reader:
    """Articles as files, read and extracted from."""

    def __init__(self, tools: Callable[[Setting], Performer] = Performer) -> None:
        self._performer = tools(Setting(load_ontology(ROOT / "ontology"), EXTRACTORS, None, keeps=False))

    def check(self, content: bytes, ending: str = ".txt") -> bool:
        """Whether it is an article; raises whatever is not a KgError, and AssertionError for an untrue offset."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / f"a{ending}").write_bytes(content)
            try:
                articles, _ = read_sources([Path(folder)])
            except KgError:
                return False
        for article in articles:
            start = time.process_time()
            done: Done = self._performer.perform(Task(article))
            assert time.process_time() - start < _LONGEST_S, "it hangs"
            assert done.extraction is not None, done.refused
            _check_offsets(article.text, decode_extraction(done.extraction, article.id))
        return True


def _check_offsets(text: str, extraction: Any) -> None:  # noqa: ANN401 - an Extraction
    for entity in extraction.entities:
        for mention in entity.mentions:
            assert 0 <= mention.span.start < mention.span.end <= len(text), mention
    for fact in extraction.facts:
        for span in (fact.evidence.span, fact.evidence.subject, fact.evidence.object):
            assert span is None or 0 <= span.start < span.end <= len(text), fact
    for rejection in extraction.rejections:
        assert 0 <= rejection.span.start <= rejection.span.end <= len(text), rejection


def fuzz_articles(times: int) -> None:
    """So many articles, one in ten as Markdown."""
    reader = Reader()
    _run(times, st.tuples(ARTICLES, st.sampled_from([".txt"] * 9 + [".md"])), lambda each: reader.check(*each))


def check_ontology(text: str) -> bool:
    """Whether it compiles; anything but an OntologyError is raised."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "o.ttl").write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            load_ontology(Path(folder))
        except KgError as error:
            return not _says(error)
        return True


def _says(error: KgError) -> bool:
    assert str(error).strip(), "an error without a word"
    return True


def ontologies() -> st.SearchStrategy[str]:
    """Lines of the project's own ontology in any order, some of them cut, with other characters between."""
    files = sorted((ROOT / "ontology").rglob("*.ttl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    prefixes = "\n".join(dict.fromkeys(line for line in lines if line.startswith("@prefix")))
    blocks = [block for file in files for block in file.read_text(encoding="utf-8").split("\n\n")]
    odd = st.sampled_from(
        ["<>", "owl:imports <file:///etc/passwd> .", "kg:a rdfs:subClassOf kg:a .", "[", "{a|b", "*", "_:x", '"""']
    )
    piece = st.sampled_from(blocks) | st.sampled_from(lines) | st.text(max_size=10) | odd
    return st.lists(piece, max_size=12).map(lambda pieces: "\n".join([prefixes, *pieces]))


def fuzz_ontologies(times: int) -> None:
    """So many ontologies."""
    _run(times, ontologies(), check_ontology)


def check_settings(text: str) -> bool:
    """Whether it is read; anything but a ConfigError is raised."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "kg.toml").write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            load_config(Path(folder))
        except KgError as error:
            return not _says(error)
        return True


def tomls() -> st.SearchStrategy[str]:
    """Lines that look like settings, with values of all kinds."""
    names = st.sampled_from(["base_iri", "sources", "ontology", "out", "jobs", "extractors", "reader", "[x]", "a.b"])
    values = st.sampled_from(
        ["1", "-1", "true", '"x"', '"https://a/"', "[]", '["frames"]', "{}", "1979-05-27", "nan", '"\\u0000"']
    )
    line = st.builds("{} = {}".format, names | st.text(max_size=5), values | st.text(max_size=8))
    return st.lists(line | st.text(max_size=10), max_size=5).map("\n".join)


def fuzz_settings(times: int) -> None:
    """So many files of settings."""
    _run(times, tomls(), check_settings)


def _run(times: int, inputs: st.SearchStrategy[Any], check: Callable[[Any], bool]) -> None:
    """Check so many inputs."""

    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        derandomize=True,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def one(each: Any) -> None:  # noqa: ANN401 - whatever the strategy gives
        check(each)

    one()


def main(arguments: list[str]) -> None:
    """Run one of the three."""
    kinds = {"articles": fuzz_articles, "ontologies": fuzz_ontologies, "settings": fuzz_settings}
    if not arguments or arguments[0] not in kinds:
        sys.exit(__doc__)
    times = int(arguments[1]) if len(arguments) > 1 else 200
    start = time.monotonic()
    kinds[arguments[0]](times)
    print(f"{times} {arguments[0]}, no traceback, no hang, {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
