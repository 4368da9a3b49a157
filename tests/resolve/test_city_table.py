from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.naming import match_form
from kg.resolve import city_table
from kg.resolve.city_table import COLUMNS, CityTable, letters, load_cities, pack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def city(id_: int, name: str, *others: str) -> dict[str, Any]:
    """A row as GeoNames has it."""
    known = {"geonameid": id_, "name": name, "admin1code": "07", "countrycode": "ZZ", "population": 20_000}
    return {**known, "latitude": 1.5, "longitude": -2.25, "alternatenames": list(others)}


CITIES: Mapping[str, Mapping[str, Any]] = {
    "12": city(12, "Saint-Orm", "St. Orm", "Сент-Орм"),
    "7": city(7, "Port Ham", "Portham", "", "Port\nHam"),
    "3": city(3, "Portham"),
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and three cities for all the world."""
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(city_table, "_cities", lambda: CITIES)
    return tmp_path / "cache"


def ids(table: CityTable, name: str) -> list[int]:
    """The cities that the table has under the letters of a name."""
    return [row["geonameid"] for row in table.called(name)]


def test_cities_are_found_by_the_letters_of_any_latin_name() -> None:
    """Case, spaces, hyphens and apostrophes count for nothing; cities of one name come in the order of their ids."""
    table = CityTable(pack(CITIES))
    assert ids(table, "PORT-HAM") == [3, 7]
    assert ids(table, "st. orm") == [12]
    assert ids(table, "Сент-Орм") == []


@pytest.mark.parametrize("name", ["", "Por", "Porthamm", "3", "a\tb", "port\nham\t0", "\ud800", "~"])
def test_other_names_find_nothing_that_is_not_theirs(name: str) -> None:
    """The beginning of a name, what stands in the table beside names, and what no file holds are no names."""
    assert ids(CityTable(pack(CITIES)), name) == []


def test_a_row_comes_back_as_it_was() -> None:
    """Names in other scripts and degrees stand in it too."""
    (row,) = CityTable(pack(CITIES)).called("Saint Orm")
    assert row == {column: CITIES["12"][column] for column in COLUMNS}


def test_a_kept_table_is_not_made_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run reads what the first one wrote."""
    assert ids(load_cities(), "Portham") == [3, 7]
    monkeypatch.setattr(city_table, "_cities", dict)
    assert ids(load_cities(), "Portham") == [3, 7]
    assert [file.suffix for file in cache.iterdir()] == [".table"]


@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "folder"])
def test_a_damaged_table_is_made_again(cache: Path, damage: str) -> None:
    """Half a file, one with another byte, an empty one: as good as none. What cannot be replaced is done without."""
    load_cities()
    (file,) = cache.iterdir()
    data = file.read_bytes()
    if damage == "folder":
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes({"cut": data[:-9], "changed": data.replace(b"1.5", b"2.5"), "emptied": b""}[damage])
    (row, _) = load_cities().called("Portham")
    assert row["latitude"] == pytest.approx(1.5)
    assert damage == "folder" or file.read_bytes() == data


def test_without_a_cache_folder_it_is_made_for_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a home finds cities as well."""
    monkeypatch.setattr(city_table, "_cities", lambda: CITIES)
    monkeypatch.setattr(city_table, "cache_folder", lambda: None)
    assert ids(load_cities(), "Saint Orm") == [12]


@pytest.mark.parametrize(
    ("one", "other"), [("Saint-Dié", "saint dié"), ("L'Aquila", "L\u2019Aquila"), ("New  York", "New York")]
)
def test_letters_are_equal_where_match_forms_are(one: str, other: str) -> None:
    """What is equal for the resolver must not be lost on the way to it."""
    assert match_form(one) == match_form(other)
    assert letters(one) == letters(other)
