from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.articles import read_sources
from kg.build import BuildResult, build, stages
from kg.build.extraction import Extracting
from kg.build.task import Task
from kg.build.workers import CHUNK, chunks_of
from kg.config import Config
from kg.errors import ConfigError, OntologyError, UsageError
from kg.model import (
    Article,
    ArticleEntity,
    DateValue,
    Extraction,
    Graph,
    Mention,
    MentionKind,
    Modality,
    Rejection,
    Span,
)
from tests import harbour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.ontology.schema import Ontology

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Two articles, the default ontology, an output folder that is not there yet."""
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "first.md").write_text(f"---\npublished: 2021-05-06\n---\n{harbour.FIRST}", encoding="utf-8")
    (sources / "second.txt").write_text(harbour.SECOND, encoding="utf-8")
    return Config(sources=(sources,), ontology=ONTOLOGY, out=tmp_path / "out", jobs=1)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extraction and resolution that give what was made by hand, so that the order of the stages is what is tested."""

    def extract(self: Extracting, articles: Iterable[Article]) -> Iterator[Extraction]:
        for i, article in enumerate(articles):
            rejection = Rejection(article.id, Span(0, 4), "frame", "no frame")
            yield Extraction(article.id, (), (), (rejection,))
            self._progress(i + 1)

    def resolve(articles: Sequence[Article], _extractions: object, _ontology: Ontology, **_: object) -> Graph:
        renamed = {"harbour/first": "first", "second article": "second"}
        graph = harbour.graph()
        statements = tuple(
            replace(s, evidence=tuple(replace(e, article=renamed[e.article]) for e in s.evidence))
            for s in graph.statements
        )
        entities = tuple(replace(e, articles=tuple(renamed[a] for a in e.articles)) for e in graph.entities)
        return Graph(tuple(articles), entities, statements)

    monkeypatch.setattr(Extracting, "run", extract)
    monkeypatch.setattr(stages, "resolve", resolve)


def report(result: BuildResult) -> dict[str, Any]:
    """`report.json`."""
    document: dict[str, Any] = json.loads((result.out / "report.json").read_bytes())
    return document


@pytest.mark.usefixtures("by_hand")
def test_four_outputs(config: Config) -> None:
    """Turtle, evidence, page, report; nothing else."""
    result = build(config)
    names = ["evidence.ttl", "graph.html", "graph.ttl", "report.json"]
    assert sorted(p.name for p in result.out.iterdir()) == names == sorted(result.files)


@pytest.mark.usefixtures("by_hand")
def test_page_can_be_left_out_and_an_old_one_goes(config: Config) -> None:
    """A page that shows an older graph would mislead."""
    build(config)
    result = build(config, with_page=False)
    assert "graph.html" not in {p.name for p in result.out.iterdir()}


@pytest.mark.usefixtures("by_hand")
def test_report_counts_and_names_what_was_left_out(config: Config) -> None:
    """Entities by class, facts by property, skipped articles and rejected candidates with reasons."""
    (config.sources[0] / "empty.txt").write_text("")
    found = report(build(config))
    assert found["counts"]["entities_by_class"] == {"Company": 2, "Person": 2, "Alliance": 1, "City": 1, "Product": 1}
    assert found["counts"]["facts_by_modality"] == {"Asserted": 8, "Former": 1, "Planned": 1}
    assert [entry["path"] for entry in found["skipped"]] == ["empty.txt"]
    assert found["rejected"]["by_stage"] == {"frame": 2}
    assert found["rejected"]["candidates"][0] == {
        "article": "first",
        "start": 0,
        "end": 4,
        "text": "Port",
        "stage": "frame",
        "reason": "no frame",
    }
    assert set(found["files"]) == {"evidence.ttl", "graph.html", "graph.ttl"}


@pytest.mark.usefixtures("by_hand")
def test_all_but_the_timings_of_a_report_is_reproducible(config: Config) -> None:
    """The same input, the same report."""
    first, second = report(build(config)), report(build(config))
    assert set(first.pop("timings")) == set(second.pop("timings")) >= {"extraction", "resolution", "turtle", "page"}
    assert first == second


@pytest.mark.usefixtures("by_hand")
def test_text_taken_from_elsewhere_is_written(config: Config) -> None:
    """Offsets of evidence can be checked against it."""
    (config.sources[0] / "feed.jsonl").write_text(json.dumps({"id": "7", "title": "T", "text": harbour.FIRST}) + "\n")
    result = build(config)
    assert (result.out / "text" / "feed.jsonl#7.txt").read_text(encoding="utf-8") == harbour.FIRST


@pytest.mark.usefixtures("by_hand")
def test_statement_that_cannot_be_written_is_rejected_with_its_reason(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day that is in no calendar is left out, and said to be."""
    resolve: Callable[..., Graph] = vars(stages)["resolve"]

    def with_bad_date(*args: Any, **options: Any) -> Graph:  # noqa: ANN401
        graph = resolve(*args, **options)
        statements = tuple(
            replace(s, object=DateValue("2021-02-30")) if s.property == "foundedOn" else s for s in graph.statements
        )
        return replace(graph, statements=statements)

    monkeypatch.setattr(stages, "resolve", with_bad_date)
    result = build(config)
    assert "foundedOn" not in (result.out / "graph.ttl").read_text(encoding="utf-8")
    assert Rejection("first", Span(24, 73), "value", '"2021-02-30" is no date') in result.rejections


@pytest.mark.usefixtures("by_hand")
def test_progress_is_told(config: Config) -> None:
    """Stages in their order, and how many articles are done."""
    told: list[tuple[str, int, int]] = []
    build(config, progress=lambda stage, done=0, total=0: told.append((stage, done, total)))
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == [
        *("articles", "ontology", "extraction", "resolution", "turtle", "page", "writing"),
    ]
    assert ("extraction", 2, 2) in told


@pytest.mark.usefixtures("by_hand")
def test_failed_build_leaves_the_outputs_as_they_were(config: Config) -> None:
    """An ontology that does not compile, sources that are gone."""
    build(config)
    before = {p.name: p.read_bytes() for p in config.out.iterdir()}
    broken = config.out.parent / "broken"
    broken.mkdir()
    (broken / "x.ttl").write_text("kg:City a owl:Class")
    with pytest.raises(OntologyError, match=r"x\.ttl"):
        build(replace(config, ontology=broken))
    with pytest.raises(UsageError, match="nowhere"):
        build(replace(config, sources=(config.out.parent / "nowhere",)))
    assert {p.name: p.read_bytes() for p in config.out.iterdir()} == before


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize("name", ["second", "second.txt"])
def test_one_article_can_be_traced(config: Config, name: str) -> None:
    """By id or file name."""
    traced = build(config, trace=name).traced
    assert traced is not None
    assert traced.extraction.article == traced.article.id == "second"
    assert traced.article.text == harbour.SECOND


@pytest.mark.usefixtures("by_hand")
def test_trace_of_no_article_suggests_one(config: Config) -> None:
    """Before anything is extracted."""
    with pytest.raises(UsageError, match=r'no article is called "secnd"; did you mean second\?'):
        build(config, trace="secnd")


@pytest.fixture
def with_aliases(config: Config) -> Config:
    """The default ontology with an alias file of one's own, under a base IRI of one's own."""
    base = "https://data.example/"
    ontology = config.out.parent / "ontology"
    shutil.copytree(ONTOLOGY, ontology)
    (ontology / "aliases.ttl").write_text(
        f"@prefix id: <{base}id/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'id:north-pay skos:prefLabel "North Pay" ; skos:altLabel "Nordpay" .\n',
        encoding="utf-8",
    )
    return replace(config, ontology=ontology, base_iri=base)


def test_aliases_name_entities(with_aliases: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the user says of names decides IRI and label."""

    def extract(_self: Extracting, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            start = article.text.find("Nordpay")
            mention = Mention(Span(start, start + len("Nordpay")), "Nordpay", MentionKind.NAME)
            yield Extraction(
                article.id, (ArticleEntity("e", "Nordpay", "Company", ("Nordpay",), (mention,), {"Company": 1}),), ()
            )

    monkeypatch.setattr(Extracting, "run", extract)
    result = build(with_aliases)
    assert [(e.key, e.label, e.aliases) for e in result.graph.entities] == [("north-pay", "North Pay", ("Nordpay",))]
    assert "id:north-pay" in (result.out / "graph.ttl").read_text(encoding="utf-8")


def test_alias_file_that_cannot_be_read_stops_the_build(with_aliases: Config) -> None:
    """Before anything is extracted; the message names the file and the line."""
    (with_aliases.ontology / "aliases.ttl").write_text("@prefix", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"aliases\.ttl"):
        build(with_aliases)


def test_unknown_extractor_is_named(config: Config) -> None:
    """A setting of kg.toml that names what there is not."""
    with pytest.raises(ConfigError, match='there is no "oracle"; there are: frames'):
        build(replace(config, extractors=("frames", "oracle")))


def test_chunks_keep_order_and_hold_every_article_once() -> None:
    """However long articles are."""
    sizes = [10, CHUNK, 5, CHUNK - 10, 20, 3 * CHUNK, 1]
    articles = [Article(str(i), f"{i}.txt", "", "x" * size, "") for i, size in enumerate(sizes)]
    chunks = list(chunks_of(map(Task, articles)))
    assert [task.article for chunk in chunks for task in chunk] == articles
    assert [len(chunk) for chunk in chunks] == [2, 3, 1, 1]


@pytest.mark.model
def test_build_of_two_articles(config: Config) -> None:
    """With nothing replaced: every fact quotes what stands in its article, and the outputs conform."""
    result = build(config)
    texts = {article.id: article.text for article in read_sources(config.sources)[0]}
    assert {"lisbon", "nordpay"} <= {entity.key for entity in result.graph.entities}
    assert result.graph.statements
    for statement in result.graph.statements:
        for evidence in statement.evidence:
            assert 0 <= evidence.span.start < evidence.span.end <= len(texts[evidence.article])
            assert statement.modality in Modality
