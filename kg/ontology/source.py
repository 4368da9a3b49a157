"""The Turtle files of an ontology folder as one indexed set of triples, with places for error messages."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg.errors import OntologyError
from kg.vocabulary import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHAPES_FILE: Final = "shapes.ttl"
"""SHACL shapes of the outputs: they describe what kg writes, not what it looks for."""

QUESTIONS_FOLDER: Final = "questions"


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal with its language tag in lower case, or none."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Iri:
    """An IRI, or a blank node under a name of its own."""

    value: str


Term = Iri | Literal


class Source:
    """Triples of all files; objects keep the order of the files, which are read by sorted path."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files
        self._triples: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))

    def add(self, subject: str, predicate: str, term: Term) -> None:
        """Adds a triple once; a second time changes nothing."""
        terms = self._triples[subject][predicate]
        if term not in terms:
            terms.append(term)

    def subjects(self) -> list[str]:
        """All subjects, sorted."""
        return sorted(self._triples)

    def with_object(self, predicate: str, iri: str) -> list[str]:
        """Subjects that have this IRI under the predicate, sorted."""
        wanted = Iri(iri)
        return [subject for subject in self.subjects() if wanted in self._terms(subject, predicate)]

    def iris(self, subject: str, *predicates: str) -> list[str]:
        """IRIs under the predicates, in order."""
        return [term.value for term in self._each(subject, predicates) if isinstance(term, Iri)]

    def texts(self, subject: str, *predicates: str) -> list[str]:
        """Literals in English or without a language, in order."""
        return [
            term.text
            for term in self._each(subject, predicates)
            if isinstance(term, Literal) and (term.language is None or term.language.split("-")[0] == "en")
        ]

    def place_of_text(self, text: str) -> str:
        """`file:line` of the first literal that reads like this, or the files' names."""
        return self._place(re.escape(_escape(text))) or self._anywhere()

    def place_of_term(self, iri: str, within: str | None = None) -> str:
        """`file:line` where the term is first written, after the first mention of the subject `within`, if given."""
        return self._place(_written(iri), after=_written(within) if within else "") or self._anywhere()

    def _terms(self, subject: str, predicate: str) -> list[Term]:
        return self._triples.get(subject, {}).get(predicate, [])

    def _each(self, subject: str, predicates: tuple[str, ...]) -> Iterator[Term]:
        for predicate in predicates:
            yield from self._terms(subject, predicate)

    def _place(self, pattern: str, after: str = "") -> str | None:
        for name, text in self._files.items():
            start = re.search(after, text)
            found = re.compile(pattern).search(text, start.start()) if start else None
            if found:
                return f"{name}:{text.count(chr(10), 0, found.start()) + 1}"
        return None

    def _anywhere(self) -> str:
        return ", ".join(self._files)


def read_source(folder: Path) -> tuple[Source, str]:
    """The triples of the folder's Turtle files and their digest; raises `OntologyError` naming every bad file."""
    contents = _read_files(folder)
    decoded = {name: content.decode("utf-8", errors="replace") for name, content in contents.items()}
    source = Source(decoded)
    problems: list[str] = []
    for name, content in contents.items():
        try:
            _parse(content, name, source)
        except SyntaxError as error:
            problems.append(f"{name}:{error.lineno or 1}: {error.msg}")
    if problems:
        raise OntologyError(_listed("the ontology is not valid Turtle", problems, "Correct the line, then try again."))
    return source, _digest(contents)


def _read_files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise OntologyError(f"{folder} is no folder. Name the folder that holds the ontology's .ttl files.")
    contents: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*.ttl")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if hidden or relative.parts[0] == QUESTIONS_FOLDER or relative.as_posix() == SHAPES_FILE or not path.is_file():
            continue
        try:
            contents[path.as_posix()] = path.read_bytes()
        except OSError as error:
            raise OntologyError(f"{path} cannot be read: {error.strerror}. Make it readable.") from error
    if not contents:
        raise OntologyError(f"{folder} holds no .ttl file. An ontology needs at least one, with its classes.")
    return contents


def _parse(content: bytes, name: str, source: Source) -> None:
    """Adds the file's triples; blank nodes are kept apart by file. No network: imports are never followed."""
    for quad in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.TURTLE):
        subject = _name(quad.subject, name)
        if isinstance(quad.object, pyoxigraph.Literal):
            language = quad.object.language
            term: Term = Literal(quad.object.value, language.lower() if language else None)
        else:
            term = Iri(_name(quad.object, name))
        source.add(subject, quad.predicate.value, term)


def _name(node: object, file: str) -> str:
    if isinstance(node, pyoxigraph.NamedNode):
        return node.value
    if isinstance(node, pyoxigraph.BlankNode):
        return f"_:{file}:{node.value}"
    return str(node)


def _digest(contents: dict[str, bytes]) -> str:
    """Over file names and contents, each with its length, so that no two folders serialise alike."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        for part in (name.rsplit("/", 1)[-1].encode(), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _written(iri: str) -> str:
    """Pattern of a term as Turtle files write it: prefixed, or whole in angle brackets."""
    return rf"[:#/]{re.escape(local_name(iri))}(?![\w-])"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _listed(what: str, problems: list[str], cure: str) -> str:
    return "\n".join([f"{what}:", *(f"  {problem}" for problem in problems), cure])
