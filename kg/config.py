"""Settings: `kg.toml` beside the sources, every key optional, overridden by options of the command line.

    base_iri   = "https://example.org/kg/"   # where the graph's own IRIs live; ends in / or #
    sources    = "sources"                   # a folder or file of articles, or a list of them
    ontology   = "ontology"                  # the folder that says what to look for
    out        = "out"                       # the folder the outputs go to
    jobs       = 0                           # worker processes; 0: one per processor core
    extractors = ["frames", "relations"]     # who looks for facts: grammar by example, a trained network
    reader     = "en_core_web_sm"            # an installed spaCy pipeline instead of the reader of kg

Paths are relative to the file.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ConfigError
from kg.wording import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CONFIG_NAME = "kg.toml"

# RFC 3987 forbids these inside an IRI; a namespace must be absolute and end where local names begin.
_BASE_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`/#?]+(?:/[^\s<>\"{}|\\^`#?]*)?[/#]")
# An importable dotted name, which is what spaCy asks of a pipeline package.
_PIPELINE = re.compile(r"[A-Za-z_]\w*(?:[.-]\w+)*", re.ASCII)
_EXTRACTOR = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one project. `reader` is None for the reading model that comes with kg."""

    base_iri: str = "https://example.org/kg/"
    sources: tuple[Path, ...] = (Path("sources"),)
    ontology: Path = field(default_factory=lambda: default_ontology(Path()))
    out: Path = Path("out")
    jobs: int = 0
    extractors: tuple[str, ...] = ("frames", "relations")
    reader: str | None = None

    def with_overrides(self, **options: Any) -> Config:  # noqa: ANN401 - one keyword per field, of its type
        """The same settings with those given replaced; None and an empty list of sources leave a setting as it is."""
        given = {name: value for name, value in options.items() if value is not None and value != ()}
        return dataclasses.replace(self, **given)


def packaged_ontology() -> Path:
    """The ontology that comes with kg: in an installed package beside the code, in a checkout at its root."""
    package = Path(__file__).resolve().parent
    installed = package / "ontology" / "default"
    return installed if installed.is_dir() else package.parent / "ontology"


def default_ontology(folder: Path) -> Path:
    """`ontology` in `folder` where there is such a folder, else the one that comes with kg."""
    own = folder / "ontology"
    return own if own.is_dir() else packaged_ontology()


def load_config(folder: Path) -> Config:
    """Read `kg.toml` in `folder`, or give the defaults where there is none.

    Raises ConfigError, naming file, setting and what is allowed, for anything the file should not hold.
    """
    file = folder / CONFIG_NAME
    defaults = Config(sources=(folder / "sources",), ontology=default_ontology(folder), out=folder / "out")
    settings = {name: _parse(file, name, value) for name, value in _read(file).items()}
    return dataclasses.replace(defaults, **settings)


def _read(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = f"{file}: cannot be read ({error.strerror}); make it readable or move it away"
        raise ConfigError(message) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: is not TOML: {error}; strings stand in quotes, see https://toml.io") from error


def _parse(file: Path, name: str, value: object) -> Any:  # noqa: ANN401 - the type of the field `name`
    if name not in _SETTINGS:
        hint = did_you_mean(name, _SETTINGS) or "."
        raise ConfigError(f'{file}: unknown setting "{name}"{hint} Settings are: {", ".join(_SETTINGS)}')
    setting = _SETTINGS[name]
    parsed = setting.parse(value, file.parent)
    if parsed is None:
        raise ConfigError(f'{file}: "{name}" must be {setting.allowed}, not {_shown(value)}')
    return parsed


def _shown(value: object) -> str:
    """`value` nearly as TOML writes it, cut to a readable length."""
    text = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    longest = 60  # characters: enough to recognise the value, short enough for one line of a terminal
    return text if len(text) <= longest else f"{text[:longest]}..."


@dataclass(frozen=True, slots=True)
class _Setting:
    """`parse` turns TOML's value into the field's, or gives None; `allowed` says in words what it takes."""

    allowed: str
    parse: Callable[[object, Path], object | None]


def _base_iri(value: object, _folder: Path) -> str | None:
    return value if isinstance(value, str) and _BASE_IRI.fullmatch(value) else None


def _path(value: object, folder: Path) -> Path | None:
    return folder / value if isinstance(value, str) and value and "\0" not in value else None


def _paths(value: object, folder: Path) -> tuple[Path, ...] | None:
    values = value if isinstance(value, list) else [value]
    paths = tuple(path for item in values if (path := _path(item, folder)) is not None)
    return paths if paths and len(paths) == len(values) else None


def _jobs(value: object, _folder: Path) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _extractors(value: object, _folder: Path) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not value:
        return None
    names = tuple(name for name in value if isinstance(name, str) and _EXTRACTOR.fullmatch(name))
    return names if len(set(names)) == len(value) else None


def _reader(value: object, _folder: Path) -> str | None:
    return value if isinstance(value, str) and _PIPELINE.fullmatch(value) else None


_SETTINGS: Mapping[str, _Setting] = {
    "base_iri": _Setting('an http(s) address that ends in "/" or "#", such as "https://example.org/kg/"', _base_iri),
    "sources": _Setting('a path or a list of paths, such as "sources" or ["news", "extra/one.md"]', _paths),
    "ontology": _Setting('the path of a folder, such as "ontology"', _path),
    "out": _Setting('the path of a folder, such as "out"', _path),
    "jobs": _Setting("a whole number from 0 up (0: one worker per processor core)", _jobs),
    "extractors": _Setting('a list of different names of extractors, such as ["frames"]', _extractors),
    "reader": _Setting('the name of an installed spaCy pipeline, such as "en_core_web_sm"', _reader),
}
