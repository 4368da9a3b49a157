"""What `kg.toml` may say, and what a user reads when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Config, load_config, packaged_ontology
from kg.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    """Write `text` as the folder's kg.toml."""
    (folder / "kg.toml").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path, text: str) -> str:
    """The message for a kg.toml that holds `text`."""
    with pytest.raises(ConfigError) as caught:
        load_config(write(folder, text))
    return str(caught.value)


def test_no_file_gives_defaults(tmp_path: Path) -> None:
    """A folder without kg.toml has its sources and outputs beside it."""
    config = load_config(tmp_path)
    assert config.sources == (tmp_path / "sources",)
    assert config.out == tmp_path / "out"
    assert config.base_iri == "https://example.org/kg/"
    assert config.extractors == ("frames", "relations")
    assert config.reader is None


def test_own_ontology_wins(tmp_path: Path) -> None:
    """An `ontology` folder beside kg.toml is used without being named."""
    (tmp_path / "ontology").mkdir()
    assert load_config(tmp_path).ontology == tmp_path / "ontology"


def test_packaged_ontology_is_the_fallback(tmp_path: Path) -> None:
    """Where there is no `ontology` folder, the one that comes with kg is used."""
    assert load_config(tmp_path).ontology == packaged_ontology()


def test_all_settings_are_read(tmp_path: Path) -> None:
    """Every setting of the file arrives, paths relative to the file."""
    text = (
        'base_iri = "https://graph.example.com/news#"\nsources = ["news", "extra/one.md"]\nontology = "my-ontology"\n'
        'out = "built"\njobs = 3\nextractors = ["frames", "teams"]\nreader = "en_core_web_sm"\n'
    )
    assert load_config(write(tmp_path, text)) == Config(
        base_iri="https://graph.example.com/news#",
        sources=(tmp_path / "news", tmp_path / "extra/one.md"),
        ontology=tmp_path / "my-ontology",
        out=tmp_path / "built",
        jobs=3,
        extractors=("frames", "teams"),
        reader="en_core_web_sm",
    )


def test_one_source_needs_no_list(tmp_path: Path) -> None:
    """A single path stands for a list of one."""
    assert load_config(write(tmp_path, 'sources = "news"')).sources == (tmp_path / "news",)


def test_unknown_setting_suggests_the_nearest(tmp_path: Path) -> None:
    """A misspelt setting is named with its file and the likely one."""
    message = refused(tmp_path, 'base_iry = "https://example.org/"')
    assert message.startswith(f'{tmp_path / "kg.toml"}: unknown setting "base_iry"; did you mean base_iri?')


def test_unknown_setting_lists_all(tmp_path: Path) -> None:
    """A setting like none of ours is answered with all there are."""
    message = refused(tmp_path, "colour = 1")
    assert "Settings are: base_iri, sources, ontology, out, jobs, extractors, reader" in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('jobs = "four"', '"jobs" must be a whole number from 0 up (0: one worker per processor core), not "four"'),
        ("jobs = -1", '"jobs" must be a whole number'),
        ("jobs = true", "not true"),
        ('base_iri = "example.org"', '"base_iri" must be an http(s) address'),
        ('base_iri = "https://example.org/a b/"', '"base_iri" must be'),
        ('base_iri = "https://example.org/kg"', 'ends in "/" or "#"'),
        ("sources = []", '"sources" must be a path or a list of paths'),
        ('sources = ["a", 1]', '"sources" must be'),
        ("out = 5", '"out" must be the path of a folder'),
        ('ontology = ""', '"ontology" must be the path of a folder'),
        ('extractors = "frames"', '"extractors" must be a list'),
        ('extractors = ["frames", "frames"]', "different names"),
        ('reader = "rm -rf /"', '"reader" must be the name of an installed spaCy pipeline'),
        ("[out]\nfolder = 1", '"out" must be the path of a folder'),
    ],
)
def test_wrong_values_say_what_is_allowed(tmp_path: Path, text: str, expected: str) -> None:
    """A value of the wrong kind is refused with the setting's name and what it takes."""
    assert expected in refused(tmp_path, text)


def test_malformed_toml_names_the_line(tmp_path: Path) -> None:
    """A syntax error is located."""
    assert "at line 2" in refused(tmp_path, "jobs = 1\nout = out\n")


def test_wrong_encoding_is_named(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused with the place."""
    (tmp_path / "kg.toml").write_bytes(b'out = "\xe9"')
    with pytest.raises(ConfigError, match="not UTF-8 at byte 7"):
        load_config(tmp_path)


def test_folder_instead_of_file(tmp_path: Path) -> None:
    """A folder called kg.toml is refused, not crashed on."""
    (tmp_path / "kg.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)


def test_overrides_win_and_none_does_not() -> None:
    """Options that are given replace settings; those not given leave them."""
    config = Config(jobs=2).with_overrides(out=Path("elsewhere"), jobs=None, sources=())
    assert (config.out, config.jobs, config.sources) == (Path("elsewhere"), 2, (Path("sources"),))
