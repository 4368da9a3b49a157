from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg.articles import read_sources
from kg.model import Article, Background, Entity, Evidence, Graph, Modality, QuantityValue, Span, Statement
from kg.page import render
from kg.page.document import embedded
from tests.page.hostile import HOSTILE, MARK
from tests.page.synthetic import small_ontology, synthetic_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.page.conftest import Opened


def hostile_graph(text: str, number: int) -> Graph:
    """Two entities and two facts with a hostile string in every field that holds text."""
    article = f"{text}/{number}"
    body = f"{text} meets {text}!"
    evidence = Evidence(
        article=article,
        span=Span(0, len(body)),
        modality=Modality.PLANNED,
        confidence=0.5,
        extractor=text,
        subject=Span(0, len(text)),
        object=Span(len(text) + 7, 2 * len(text) + 7),
        role=text,
        explanation=(text,),
    )
    background = Background(same_as=(text,), latitude=1.0, longitude=2.0, country=text)
    return Graph(
        articles=(Article(article, text, text, body, "0" * 64, None, text, text, text, text),),
        entities=(
            Entity(f"a{number}", text, (text,), (text + "2",), (article,), background),
            Entity(f"b{number}{text}", text + "3", ("Company",), (), (article,)),
        ),
        statements=(
            Statement(f"a{number}", text, f"b{number}{text}", Modality.PLANNED, 0.5, (evidence,)),
            Statement(f"a{number}", "hasCount", QuantityValue(Decimal(8), text), Modality.ASSERTED, 1, (evidence,)),
        ),
    )


def all_hostile() -> Graph:
    """One graph with all hostile strings."""
    return joined(hostile_graph(text, number) for number, text in enumerate(HOSTILE))


def joined(parts: Iterable[Graph]) -> Graph:
    """Graphs without common articles or entities as one."""
    graphs = list(parts)
    return Graph(
        articles=tuple(article for graph in graphs for article in graph.articles),
        entities=tuple(entity for graph in graphs for entity in graph.entities),
        statements=tuple(statement for graph in graphs for statement in graph.statements),
    )


def test_there_are_enough_hostile_strings() -> None:
    """A list that shrinks by accident proves less."""
    assert len(set(HOSTILE)) >= 200


@pytest.mark.parametrize("text", HOSTILE)
def test_data_cannot_leave_their_script_element(text: str) -> None:
    """What HTML or JavaScript would act on is escaped, and JSON gives it back as it was."""
    inside = embedded({"text": text})
    assert not set(inside) & set("<>&\u2028\u2029\x00")
    assert inside.isascii()
    assert json.loads(inside) == {"text": text}


def test_hostile_text_stands_in_the_data_alone() -> None:
    """Outside the data the page is the same whatever the articles say."""
    ontology = small_ontology()
    harmless = render(hostile_graph("harmless", 0), ontology)
    for number, text in enumerate(HOSTILE):
        page = render(hostile_graph(text, number), ontology)
        assert frame(page) == frame(harmless)


def frame(page: str) -> tuple[str, str]:
    """The page before and after the data."""
    before, rest = page.split('<script type="application/json" id="data">')
    _, after = rest.split("</script>", 1)
    return before, after


def graph_of_articles(folder: Path) -> Graph:
    """Hostile articles as they are read from disk, and what a reader could find in each: two names and a fact.

    Each string stands in one article with a plain address and in one with its own; most of the latter are refused.
    """
    records = [
        {
            "id": f"{number}-{kind}",
            "title": text,
            "url": url,
            "publisher": text,
            "author": text,
            "language": "en",
            "text": f"The harbour board said on Monday that {text} will work with {text} in the old town.",
        }
        for number, text in enumerate(HOSTILE)
        for kind, url in (("plain", f"https://news.example/{number}"), ("own", f"https://news.example/{text}"))
    ]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "hostile.jsonl").write_text(lines, encoding="utf-8")
    articles, skipped = read_sources([folder / "hostile.jsonl"])
    assert all("not a web address" in item.reason for item in skipped)
    assert sum(article.id.endswith("-plain") for article in articles) == len(HOSTILE)
    return joined(_found(article, number) for number, article in enumerate(articles))


def _found(article: Article, number: int) -> Graph:
    """Between its fixed words an article names its hostile string twice, as the reading has left it."""
    start = article.text.index(" that ") + 6
    length = article.text.index(" will work") - start
    other = article.text.index(" with ", start + length) + 6
    name = article.text[start : start + length]
    evidence = Evidence(
        article=article.id,
        span=Span(0, len(article.text)),
        modality=Modality.PLANNED,
        confidence=0.5,
        extractor="frames",
        subject=Span(start, start + length),
        object=Span(other, other + length),
    )
    keys = (f"left-{number}", f"right-{number}")
    return Graph(
        articles=(article,),
        entities=tuple(Entity(key, name, ("Company",), (f"{name} Ltd",), (article.id,)) for key in keys),
        statements=(Statement(keys[0], "partnersWith", keys[1], Modality.PLANNED, 0.5, (evidence,)),),
    )


@pytest.mark.browser
@pytest.mark.parametrize("source", ["fields", "articles"])
def test_nothing_hostile_runs_in_any_view(open_page: Callable[..., Opened], tmp_path: Path, source: str) -> None:
    """Entities, articles, facts and search show hostile strings as text: none runs, none becomes a dangerous link.

    Once with the strings in every field that holds text, once in articles read from a file.
    """
    opened = open_page(all_hostile() if source == "fields" else graph_of_articles(tmp_path))
    page = opened.page
    page.on("dialog", lambda dialog: opened.messages.append(f"dialog: {dialog.message}"))
    page.set_viewport_size({"width": 400, "height": 400})  # what is drawn does not matter here, and costs time
    visited, protocols = page.evaluate(
        """async () => {
        const data = JSON.parse(document.getElementById("data").textContent);
        const protocols = new Set();
        let visited = 0;
        const visit = async (state) => {
            location.hash = new URLSearchParams(state).toString();
            await new Promise((done) => setTimeout(done, 0));
            document.querySelectorAll("#panel a, #reading a").forEach((link) => protocols.add(link.protocol));
            visited += document.querySelectorAll("#panel h2").length;
        };
        const {key, articles} = data.nodes;
        for (const id of key.keys()) await visit({node: key[id], read: data.articles[articles[id][0]].id});
        for (const [id, object] of data.facts.o.entries()) {
            if (object < 0) continue;
            await visit({fact: [key[data.facts.s[id]], data.properties[data.facts.p[id]].name, key[object]].join("~")});
        }
        const others = [{view: "map"}, {focus: key[0]}, {path: `${key[0]}~${key[1]}`}, {from: "2020-01-01"}];
        for (const state of others) await visit(state);
        return [visited, [...protocols]];
    }"""
    )
    for text in HOSTILE[::10]:
        page.fill("#search", text)
    assert visited >= len(HOSTILE) * 3 + 4  # two entities and a fact each; map, focus, path and timeline
    assert "https:" in protocols
    assert set(protocols) <= {"http:", "https:"}
    assert page.evaluate(f"window.{MARK}") is None
    assert opened.messages == []
    assert [url.split("/")[-1].split("#")[0] for url in opened.requests] == ["graph.html"]


@pytest.mark.browser
def test_a_hostile_address_of_the_page_does_nothing(open_page: Callable[..., Opened]) -> None:
    """The page's own address is input as well."""
    opened = open_page(synthetic_graph(nodes=5, edges=6, articles=2))
    opened.page.evaluate(
        """async (texts) => {
        for (const text of texts) {
            location.hash = `node=${text}&read=${text}&class=!${text}&path=${text}~${text}`;
            await new Promise((done) => setTimeout(done, 0));
        }
    }""",
        [text for text in HOSTILE if text.isprintable()],
    )
    assert opened.page.evaluate(f"window.{MARK}") is None
    assert opened.messages == []
