"""From entities to links: what is asked, what is accepted, and how a stopped run goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import ServiceError
from kg.model import Background, Entity, Graph
from kg.reconcile import Candidate, Journal, Service, Wanted, choose, reconcile, with_links
from kg.resolve import load_aliases

if TYPE_CHECKING:
    from pathlib import Path

    from kg.reconcile import Reconciled
    from tests.reconcile.conftest import Fake


def entity(name: str, class_: str = "Company", *aliases: str, links: tuple[str, ...] = ()) -> Entity:
    """An entity under its name as key."""
    return Entity(name.lower(), name, (class_, "Thing"), aliases, (), Background(links) if links else None)


def run(fake: Fake, folder: Path, *entities: Entity, wanted: Wanted | None = None) -> Reconciled:
    """Reconcile entities with a service on this machine."""
    journal = Journal(folder / "answers.jsonl", fake.address)
    return reconcile(Graph((), entities, ()), Service(fake.address, backoff=0.0), journal, wanted or Wanted())


def test_every_unlinked_entity_is_asked_in_batches(fake: Fake, tmp_path: Path) -> None:
    """An entity with a link into the service's space is done; the others go in batches of the service's size."""
    linked = entity("Done", links=("http://example.net/D",))
    elsewhere = entity("Else", links=("http://other.example/E",))
    found = run(fake, tmp_path, entity("C"), entity("A"), entity("B"), linked, elsewhere)
    assert fake.asked == ["A", "B", "C", "Else"]
    assert fake.requests == 3
    assert [choice.key for choice in found.choices if choice.accepted] == ["a", "b", "c", "else"]
    assert (found.asked, found.known) == (4, 0)


def test_classes_limit_what_is_asked_and_types_say_how(fake: Fake, tmp_path: Path) -> None:
    """Only entities of the classes wanted, with the service's type for each."""
    run(fake, tmp_path, entity("A"), entity("B", "City"), wanted=Wanted(("City",), {"City": "Q515"}))
    assert fake.asked == ["B"]


def test_a_stopped_run_goes_on_where_it_was(fake: Fake, tmp_path: Path) -> None:
    """What was answered before the service failed is not asked again; the result is that of one run."""
    entities = [entity(name) for name in "ABCDE"]
    fake.statuses = [200, 200, *[503] * 6]
    with pytest.raises(ServiceError):
        run(fake, tmp_path, *entities)
    assert fake.asked == ["A", "B"]
    fake.statuses = []
    found = run(fake, tmp_path, *entities)
    assert fake.asked == ["A", "B", "C", "D", "E"]
    assert (found.asked, found.known) == (3, 2)
    assert [choice.key for choice in found.choices] == ["a", "b", "c", "d", "e"]


def test_a_torn_line_is_asked_again(fake: Fake, tmp_path: Path) -> None:
    """A run that died while writing loses that answer alone."""
    run(fake, tmp_path, entity("A"), entity("B"))
    path = tmp_path / "answers.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    assert run(fake, tmp_path, entity("A"), entity("B"), entity("C")).known == 1
    assert fake.asked == ["A", "B", "B", "C"]
    assert run(fake, tmp_path, entity("A"), entity("B"), entity("C")).asked == 0


def candidate(id_: str, name: str, *, match: bool = False) -> Candidate:
    """A candidate of the service."""
    return Candidate(id_, name, 90.0, match)


@pytest.mark.parametrize(
    ("names", "candidates", "expected"),
    [
        (("Orlo Freight",), [candidate("1", "Orlo Freight Ltd")], "1"),
        (("Orlo", "Company", "Orlo Freight"), [candidate("1", "Orlo Freight")], "1"),
        (("Luo Minghe", "Person"), [candidate("1", "Minghe Luo")], "1"),
        (("Orlo Freight",), [candidate("1", "Orlo Bank"), candidate("2", "Orlo Freight")], "2"),
        (("Orlo Freight",), [candidate("1", "Orlo Freight"), candidate("2", "Orlo Freight")], None),
        (("Orlo Freight",), [candidate("1", "Orlo Freight"), candidate("2", "Orlo Freight", match=True)], "2"),
        (("Wang Tao", "Person"), [candidate("1", "Tom Wang", match=True)], None),
        (("Brixa",), [candidate("1", "Brixa Bank", match=True)], None),
        (("Orlo",), [], None),
    ],
)  # fmt: skip
def test_the_best_candidate_is_accepted_where_it_is_clear(
    names: tuple[str, ...], candidates: list[Candidate], expected: str | None
) -> None:
    """Names decide, the service's word parts two of one name, and a conflict is never accepted."""
    choice = choose(entity(*names), candidates)
    assert (choice.candidate.id if choice and choice.accepted else None) == expected


def test_reasons_add_up() -> None:
    """What is shown of a choice is what it was made from."""
    choice = choose(entity("Orlo"), [candidate("1", "Orlo", match=True)])
    assert choice is not None
    assert sum(float(reason.rsplit(" ", 1)[1]) for reason in choice.reasons) == pytest.approx(choice.bits)


def test_links_are_added_for_review(tmp_path: Path) -> None:
    """The alias file keeps every byte, gains a line per link with its reasons, and is read as links by key."""
    choice = choose(entity("Orlo"), [candidate("1", "Orlo\n} .", match=True)])
    assert choice is not None
    before = "# mine\n@prefix id: <https://example.org/kg/id/> .\n"
    links = [(choice, "http://example.net/1")]
    after = with_links(before, links, base="https://example.org/kg/", service="http://x.example/")
    assert after.startswith(before + "\n# Links proposed by kg reconcile (http://x.example/): review them")
    assert with_links(after, links, base="https://example.org/kg/", service="y") == after
    path = tmp_path / "aliases.ttl"
    path.write_text(after, encoding="utf-8")
    assert load_aliases(path).links == {"orlo": ("http://example.net/1",)}
    two = [(replace(choice, key="b"), "http://e/1"), (choice, "http://e/1")]
    assert [line[:11] for line in with_links("", two, base="b:", service="s").splitlines()[1:]] == [
        "<b:id/b> <h",
        "<b:id/orlo>",
    ]
