"""The resolver's decisions in report.json, and back."""

import json

import pytest

from kg.errors import OutputError
from kg.merges import read_resolution, section
from kg.model import ArticleEntity, Extraction
from tests.resolve.world import extraction, graph


def test_decisions_survive_the_report() -> None:
    """Merges, near misses and what was joined within an article read back as they were written."""
    entity = ArticleEntity("e0", "Orlo", "Company", ("OF", "Orlo"), (), {"Company": 1.0}, None, ("OF / Orlo: acronym",))
    found = graph(
        extraction("a", ("Company", "Tiderun Software")),
        extraction("b", ("Company", "Tiderun"), ("Person", "Wang")),
        extraction("c", ("Person", "Wang Tao")),
        Extraction("d", (entity,), ()),
    )
    read = read_resolution(json.loads(json.dumps({"resolution": section(found)})))
    assert sorted([*read.merged, *read.near_misses], key=repr) == sorted(found.decisions, key=repr)
    assert read.joined == found.joined != ()
    assert [(each.entity, each.reasons) for each in read.joined] == [("orlo", ("OF / Orlo: acronym",))]


def test_decisions_name_what_they_are_about() -> None:
    """Names, articles and the entity that both have become."""
    found = graph(extraction("a", ("Company", "Tiderun Software")), extraction("b", ("Company", "Tiderun")))
    (merge,) = read_resolution({"resolution": section(found)}).of("tiderun-software").merged
    assert merge.names == ("Tiderun", "Tiderun Software")
    assert merge.articles == ("b", "a")
    assert merge.entities == ("tiderun-software", "tiderun-software")


def test_names_written_alike_are_a_decision_too() -> None:
    """What met without being weighed is told with the reason, once for each way to write it."""
    found = graph(*(extraction(a, ("Company", n)) for a, n in (("a", "Orlo Ltd"), ("b", "Orlo"), ("c", "Orlo"))))
    assert [(d.names, d.reasons) for d in found.decisions] == [
        (("Orlo Ltd", "Orlo"), ("same but for legal form or spelling +11.0",))
    ]


@pytest.mark.parametrize("report", [None, {}, {"resolution": 3}, {"resolution": {"merged": [{}]}}])
def test_a_report_without_decisions_is_named(report: dict[str, object] | None) -> None:
    """An old or damaged report asks for another build."""
    with pytest.raises(OutputError, match=r"run `kg build` again"):
        read_resolution(report)
