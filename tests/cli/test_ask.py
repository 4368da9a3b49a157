"""kg ask with parameters and expectations, over the hand-made graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("outputs")


def test_parameters_are_options(run: Run) -> None:
    """With a space or an equals sign, entities by any of their names."""
    for arguments in (["--entity", "nordpay asa"], ["--entity=Nordpay"]):
        result = run("ask", "about", *arguments, "--format", "csv")
        assert result.exit_code == 0, result.stderr
        assert "Nordpay,launched,QuayPass,planned," in result.stdout


def test_listing_shows_parameters(run: Run) -> None:
    """What may be given, its default, and whether it must be."""
    lines = [line.strip() for line in run("ask").stdout.splitlines()]
    assert "--most: how many to list [20]" in lines
    assert "--alliance: one alliance or association (optional)" in lines
    assert "--entity: a city, company, person, product ..." in lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["about"], "error: --entity is missing: a city, company"),
        (["about", "--entity", "harbour"], 'error: no entity is called "harbour"; did you mean Harbour Alliance'),
        (["about", "--entity", "Nordpai"], 'error: no entity is called "Nordpai"; did you mean Nordpay'),
        (["about", "--thing", "x"], "error: --thing: the question has no such parameter; it has: --entity"),
        (["about", "--entity"], "error: --entity needs a value"),
        (["about", "Nordpay"], 'error: "Nordpay" is neither a question nor an option'),
        (["--entity", "Nordpay"], "error: --entity: name a question first"),
        (["new", "--since", "May"], 'error: --since: "May" is not a year, month or day'),
    ],
)
def test_what_is_given_wrongly_is_2(run: Run, arguments: list[str], message: str) -> None:
    """Usage errors in the words of the question."""
    result = run("ask", *arguments)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(message)


def expect(project: Path, text: str) -> None:
    """Write answers.toml."""
    (project / "answers.toml").write_text(text, encoding="utf-8")


def test_check_passes_where_all_is_answered(run: Run, project: Path) -> None:
    """With the rows that answers.toml names."""
    expect(
        project, '[[expect]]\nquestion = "about"\nwith = { entity = "Nordpay" }\nrows = [["launched", "QuayPass"]]\n'
    )
    result = run("ask", "--check")
    assert (result.exit_code, result.stdout) == (0, "1 of 1 expected answers, 41 questions\n")


def test_check_fails_where_a_graph_stops_answering(run: Run, project: Path) -> None:
    """Exit status 1; what failed, and what was expected, on stderr."""
    expect(project, '[[expect]]\nquestion = "about"\nwith = { entity = "Nordpay" }\nrows = [["acquired", "Lisbon"]]\n')
    result = run("ask", "--check")
    assert result.exit_code == 1
    assert result.stderr == "failed  about --entity Nordpay: no row with “acquired” and “Lisbon” among 4\n"


def test_check_of_one_question_leaves_the_others_out(run: Run, project: Path) -> None:
    """While one works on it."""
    expect(project, '[[expect]]\nquestion = "sums"\n[[expect]]\nquestion = "rules"\n')
    assert run("ask", "--check", "sums").stdout == "1 of 1 expected answers, 1 questions\n"
    assert run("ask", "--check").exit_code == 1


def test_rows_are_limited_on_request(run: Run) -> None:
    """And it is said that there are more."""
    result = run("query", "SELECT * { ?s ?p ?o }", "--limit", "2", "--format", "csv")
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr == "there is more: the answer is cut at --limit\n"
