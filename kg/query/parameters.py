"""Parameters of saved questions: what a person gives by name becomes a term of the query, never text of it.

    # parameter: alliance (kg:Alliance kg:Association, optional): one alliance or association
    # parameter: since (date = 2020-01-01): a year, month or day
    # parameter: most (number = 20): how many to list

In brackets stands what is given: `entity` or classes (a name, another name or the key of an entity, any or of these
classes), `date`, `number` or `text`; then a default, or that it is optional. In the query it is the variable
`$alliance` (`$from_day` for `from-day`); one that is optional and not given stays a variable, which matches everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import OntologyError, UsageError
from kg.query.guard import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_PARAMETER: Final = re.compile(
    r"(?P<name>[a-z][a-z0-9-]*) "
    r"\((?P<kind>[^,=()]+?)(?: = (?P<default>[^,()]+?))?(?P<optional>, optional)?\): (?P<words>.+)"
)
_CLASSES: Final = re.compile(r"[\w-]+:[\w-]+(?: [\w-]+:[\w-]+)*")
_DATE: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_NUMBER: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?")
_TAKEN: Final = frozenset(
    {"ontology", "out", "format", "timeout", "limit", "check", "answers", "help", "quiet", "verbose"}
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`kind` is entity, date, number or text; `classes` narrow an entity. `words` say what to give."""

    name: str
    kind: str
    words: str
    classes: tuple[str, ...] = ()
    default: str | None = None
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether a question cannot be asked without it."""
        return self.default is None and not self.optional

    @property
    def variable(self) -> str:
        """What stands for it in the query."""
        return "$" + self.name.replace("-", "_")


def read_parameter(text: str, query: str, path: Path) -> Parameter:
    """A parameter as the comment in a question's file declares it; raises OntologyError where it makes no sense."""
    match = _PARAMETER.fullmatch(text)
    if match is None:
        raise OntologyError(f'{path}: "# parameter: {text}" is not of the form "name (kind, optional): what it is"')
    kind = match["kind"]
    classes: tuple[str, ...] = ()
    if kind not in {"entity", "date", "number", "text"}:
        if not _CLASSES.fullmatch(kind):
            raise OntologyError(f'{path}: "{kind}" is not entity, date, number, text, or classes such as kg:Company')
        kind, classes = "entity", tuple(kind.split())
    parameter = Parameter(match["name"], kind, match["words"], classes, match["default"], bool(match["optional"]))
    if parameter.name in _TAKEN:
        raise OntologyError(f'{path}: a parameter cannot be called "{parameter.name}", which is an option of kg ask')
    if parameter.variable not in {token for token, _ in tokens(query)}:
        raise OntologyError(f"{path}: the query has no {parameter.variable} for its parameter {parameter.name}")
    return parameter


def bind(
    query: str, parameters: Sequence[Parameter], given: Mapping[str, str], find: Callable[[str, Sequence[str]], str]
) -> str:
    """The query with what is given in place of the parameters.

    `find` gives the IRI of an entity (a name, and the classes it may have). Raises UsageError for a parameter that is
    missing, unknown or of the wrong kind.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            names = ", ".join(f"--{parameter}" for parameter in known) or "none"
            raise UsageError(f"--{name}: the question has no such parameter; it has: {names}")
    terms: dict[str, str] = {}
    for parameter in parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.variable] = _term(parameter, value, find)
        elif not parameter.optional:
            raise UsageError(f"--{parameter.name} is missing: {parameter.words}")
    pieces, at = [], 0
    for token, offset in tokens(query):
        if token in terms:
            pieces += [query[at:offset], terms[token]]
            at = offset + len(token)
    return "".join([*pieces, query[at:]])


def _term(parameter: Parameter, value: str, find: Callable[[str, Sequence[str]], str]) -> str:
    """A value as SPARQL writes it."""
    match parameter.kind:
        case "entity":
            return str(ox.NamedNode(find(value, parameter.classes)))
        case "number" if _NUMBER.fullmatch(value):
            return value
        case "date" if _DATE.fullmatch(value):
            return str(ox.Literal(value))
        case "text":
            return str(ox.Literal(value))
    allowed = {"number": "a number, such as 20", "date": "a year, month or day, such as 2020-05-17"}[parameter.kind]
    raise UsageError(f'--{parameter.name}: "{value}" is not {allowed}')
