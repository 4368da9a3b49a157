"""What the name labels of each source say in the types of the reading model.

A coarse label allows several fine types; a type that a source does not annotate may hide under its "no name".
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kg.reading.labels import NAME_TYPES

# An index that stands for "perhaps no name at all" among the alternatives of a span.
NO_NAME: Final = -1

_INDEX: Final = {name: index for index, name in enumerate(NAME_TYPES)}

ORGANISATIONS: Final = ("Company", "Alliance", "Association", "GovernmentBody", "University", "Organization")
PLACES: Final = ("City", "Region", "Country", "Place", "Facility")
THINGS: Final = ("Product", "Platform", "Technology", "Project", "Document", "Event", "Misc")
# Marked in the corpus alone, also in lower case. Elsewhere they count as "no name" all the same: left open, nothing
# would ever speak against them, and hundreds of common words became technologies.
TERMS: Final = ("Technology", "Sector")
CORPUS_TYPES: Final = (
    "City",
    "Region",
    "Country",
    "Company",
    "Alliance",
    "Association",
    "GovernmentBody",
    "University",
    "Person",
    "Technology",
    "Product",
    "Platform",
    "Sector",
    "Facility",
    "Project",
    "Document",
    "Event",
)


class Scheme(NamedTuple):
    """One source's labels: the types each may mean, and the types its annotators marked throughout."""

    labels: dict[str, tuple[str, ...]]
    complete: tuple[str, ...]

    def open_types(self) -> list[int]:
        """List the indices of the types that may hide under "no name"."""
        return [i for i, name in enumerate(NAME_TYPES) if name not in self.complete]


_COARSE: Final = {"PER": ("Person",), "ORG": ORGANISATIONS, "LOC": PLACES}
_MAYBE_TERM: Final = ("Technology", "Sector", "Misc", "Product", "")
_MAYBE_MATTER: Final = ("Misc", "Product", "Technology", "")
_WORK: Final = ("Document", "Product", "Misc")

SCHEMES: Final = {
    "corpus": Scheme({name: (name,) for name in CORPUS_TYPES}, CORPUS_TYPES),
    "docred": Scheme(
        {**_COARSE, "MISC": (*THINGS, "Sector", "Nationality"), "TIME": ("Date",), "NUM": ("Number",)},
        NAME_TYPES,
    ),
    "uner": Scheme(dict(_COARSE), ("Person", *ORGANISATIONS, *PLACES, *TERMS)),
    "multiner": Scheme(dict(_COARSE), ("Person", *ORGANISATIONS, *PLACES, *TERMS)),
    "wikigold": Scheme(
        {**_COARSE, "MISC": (*THINGS, "Nationality")},
        tuple(name for name in NAME_TYPES if name not in ("Date", "Number")),
    ),
    "gum": Scheme(
        {
            "person": ("Person",),
            "organization": ORGANISATIONS,
            "place": PLACES,
            "time": ("Date",),
            "event": ("Event", "Project", "Misc", ""),
            "object": ("Product", "Platform", "Facility", "Document", "Misc", ""),
            "abstract": (*THINGS, "Nationality", ""),
        },
        ("Person", *ORGANISATIONS, *PLACES, "Date", *TERMS),
    ),
    "crossner": Scheme(
        {
            **dict.fromkeys(
                ("person", "politician", "scientist", "researcher", "writer", "musicalartist"), ("Person",)
            ),
            **dict.fromkeys(("politicalparty", "band"), ("Organization",)),
            "organisation": ORGANISATIONS,
            "university": ("University",),
            "country": ("Country", "Region"),
            "location": PLACES,
            "product": ("Product", "Platform", "Technology", "Misc"),
            "programlang": ("Technology", "Product", "Platform"),
            "conference": ("Event",),
            "event": ("Event",),
            "election": ("Event",),
            "award": ("Event", "Misc"),
            **dict.fromkeys(("book", "poem", "album", "song"), ("Misc", "Product", "Document")),
            **dict.fromkeys(("magazine", "academicjournal"), _WORK),
            "astronomicalobject": ("Place", "Misc"),
            **dict.fromkeys(("algorithm", "task", "field", "metrics", "discipline", "theory"), _MAYBE_TERM),
            **dict.fromkeys(
                (
                    "literarygenre",
                    "musicgenre",
                    "musicalinstrument",
                    "chemicalcompound",
                    "chemicalelement",
                    "protein",
                    "enzyme",
                ),
                _MAYBE_MATTER,
            ),
            "misc": (*THINGS, "Sector", "Nationality"),
        },
        tuple(n for n in NAME_TYPES if n not in ("Date", "Number", "Nationality")),
    ),
}

# Words that say what a name of a coarse label is; checked in this order against the words of the name.
_ORG_CUES: Final = (
    (
        r"Universit(y|ies|é|à|ät)|Universidad|College|Institute of Technology|Polytechnic|Academy of Sciences",
        ("University",),
    ),
    (
        (
            r"Ministry|Department|Commission|Authority|Bureau|Agency|Parliament|Senate|Congress|Court|Government|Police|"
            r"Army|Navy|Force|Corps|House of|Secretariat|Municipal|Municipality|Treasury|Reserve|Assembly|"
            r"NASA|FBI|CIA|EPA"
        ),
        ("GovernmentBody", "Organization"),
    ),
    (
        (
            r"Inc\.?|Corp\.?|Corporation|Ltd\.?|LLC|PLC|plc|GmbH|AG|Co\.|Company|Bank|Airlines?|Airways|Motors?|Records|"
            r"Pictures|Studios?|Entertainment|Holdings|Partners|Press|Times|Post|Media|Broadcasting|Enron|ENRON"
        ),
        ("Company",),
    ),
    (r"Association|Federation|Society|Chamber|Guild", ("Association", "Organization")),
    (
        r"Union|Council|Committee|Organi[sz]ation|Foundation",
        ("Association", "Organization", "Alliance", "GovernmentBody"),
    ),
    (r"Alliance|Consortium|Coalition|League", ("Alliance", "Organization")),
    (
        r"Party|F\.?C\.?|Church|Orchestra|Band|Club|Brigade|Regiment|Division|Battalion|Museum|Hospital|School",
        ("Organization",),
    ),
)
_PLACE_CUES: Final = (
    (
        (
            r"River|Lake|Mount|Mountains?|Sea|Ocean|Islands?|Isle|Valley|Bay|Peninsula|Creek|Desert|Hills?|Gulf|Strait|"
            r"Cape|Forest|Glacier"
        ),
        ("Place", "Region"),
    ),
    (r"County|Province|State|Prefecture|Region|Oblast|Governorate|Territory|Canton", ("Region",)),
    (
        (
            r"Airport|Station|Stadium|Hospital|Museum|Park|Bridge|Street|Road|Avenue|Building|Tower|Palace|Castle|Church|"
            r"Cathedral|Hall|Theatre|Theater|Cemetery|Highway|Railway|Hotel|House|Centre|Center|School|Base|Fort|Square"
        ),
        ("Facility",),
    ),
)
_THING_CUES: Final = (
    (
        (
            r"Wars?|Battle|Cup|Championships?|Olympics|Games|Festival|Elections?|Conference|Summit|Awards?|Prize|Revolution|"
            r"Tournament|Rebellion|Siege"
        ),
        ("Event", "Misc"),
    ),
    (r"Act|Treaty|Agreement|Constitution|Report|Bill|Convention|Protocol|Declaration|Code|Plan", ("Document",)),
    (r"Project|Programme|Program|Initiative|Operation", ("Project",)),
)

COUNTRIES: Final = frozenset(
    """Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahrain|Bangladesh|
    Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burma|Burundi|
    Cambodia|Cameroon|Canada|Chile|China|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Denmark|
    Djibouti|Dominican Republic|East Timor|Ecuador|Egypt|El Salvador|England|Eritrea|Estonia|Ethiopia|Fiji|Finland|
    France|Gabon|Germany|Ghana|Great Britain|Greece|Guatemala|Guinea|Guyana|Haiti|Honduras|Hungary|Iceland|India|
    Indonesia|Iran|Iraq|Ireland|Israel|Italy|Jamaica|Japan|Kazakhstan|Kenya|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|
    Liberia|Libya|Liechtenstein|Lithuania|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|
    Moldova|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands|the Netherlands|New Zealand|
    Nicaragua|Niger|Nigeria|North Korea|North Macedonia|Norway|Oman|Pakistan|Panama|Papua New Guinea|Paraguay|Peru|
    Philippines|the Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|Saudi Arabia|Scotland|Senegal|
    Serbia|Seychelles|Sierra Leone|Slovakia|Slovenia|Somalia|South Africa|South Korea|Soviet Union|
    the Soviet Union|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|
    Togo|Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Arab Emirates|UAE|United Kingdom|the United Kingdom|UK|
    U.K.|United States|the United States|United States of America|US|U.S.|USA|U.S.A.|Uruguay|USSR|Uzbekistan|
    Venezuela|Vietnam|Wales|Yemen|Yugoslavia|Zambia|Zimbabwe""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
CITIES: Final = frozenset(
    """London|Paris|Berlin|Madrid|Rome|Vienna|Moscow|Beijing|Shanghai|Tokyo|Osaka|Seoul|Bangkok|Jakarta|Manila|Hanoi|
    Mumbai|New Delhi|Delhi|Kolkata|Chennai|Bangalore|Karachi|Lahore|Dhaka|Colombo|Kathmandu|Tehran|Baghdad|Damascus|
    Beirut|Jerusalem|Tel Aviv|Cairo|Tripoli|Tunis|Algiers|Casablanca|Lagos|Nairobi|Addis Ababa|Johannesburg|Cape Town|
    Sydney|Melbourne|Brisbane|Auckland|New York City|Los Angeles|Chicago|Houston|Boston|Philadelphia|San Francisco|
    Seattle|Dallas|Atlanta|Miami|Detroit|Toronto|Montreal|Vancouver|Havana|Bogotá|Lima|Santiago|Buenos Aires|
    Rio de Janeiro|São Paulo|Amsterdam|Brussels|Antwerp|Copenhagen|Stockholm|Oslo|Helsinki|Warsaw|Prague|Budapest|
    Bucharest|Sofia|Athens|Istanbul|Ankara|Kiev|Kyiv|Minsk|Riga|Vilnius|Tallinn|Dublin|Edinburgh|Glasgow|Manchester|
    Liverpool|Birmingham|Munich|Hamburg|Cologne|Frankfurt|Milan|Naples|Turin|Venice|Florence|Barcelona|Valencia|
    Lisbon|Zürich|Zurich|Geneva|Guangzhou|Shenzhen|Hangzhou|Nanjing|Wuhan|Chengdu|Taipei|Kuala Lumpur|
    Ho Chi Minh City|Saint Petersburg|St. Petersburg|Leningrad|Nashville|Denver|Baltimore|Pittsburgh|Cleveland|
    San Diego|Las Vegas|New Orleans|Minneapolis|St. Louis|Honolulu|Ottawa|Calgary""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
REGIONS: Final = frozenset(
    """Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|
    Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|
    Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|
    Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming|
    Ontario|Quebec|British Columbia|Alberta|Bavaria|Saxony|Tuscany|Sicily|Catalonia|Andalusia|Normandy|Brittany|
    Europe|Asia|Africa|North America|South America|Latin America|Middle East|the Middle East|Southeast Asia|
    Scandinavia|Balkans|Siberia|Kashmir|Punjab|Bengal|Kerala|Tamil Nadu|Gujarat|Maharashtra|Guangdong|Sichuan|
    Zhejiang|Jiangsu|Hunan|Hubei|Tibet|Xinjiang|Queensland|New South Wales|Tasmania|Yorkshire|Cornwall|Kent|Essex|
    Sussex|Northern Ireland|Crimea|Kosovo|Western Europe|Eastern Europe|Central Asia|New England""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)

MAX_DEMONYM_WORDS: Final = 2
_DEMONYM: Final = re.compile(
    r".{2,}(?:ian|ean|ese|ish|nch|lander|landic|ani|aqi|aeli|tch)s?$|"
    r"(?:Greek|Swiss|German|Mexican|Dominican|American|African|Roman|Cuban|Saudi|Thai|Czech|Arab|Arabic|Iraqi|Yemeni|"
    r"Kuwaiti|Qatari|Emirati|Omani|Bahraini|Filipino|Jew|Muslim|Christian|Catholic|Slovak|Serb|Croat|Turk|Pole|Dane|"
    r"Swede|Finn|Scot|Kurd|Slavic|Hispanic|Islamic|Welsh|Dutch|Soviet|Scottish|Lankan|Korean|Rican|Kiwi|Tibetan|"
    r"Moroccan|Argentine|Hindu|Sikh|Buddhist|Latino|Bengali|Nepali|Somali|Uzbek|Kazakh|Uyghur|Zealander)s?$"
)
_NOT_DEMONYM: Final = frozenset(
    "Dalian Fujian Xian Vivian Brian Ocean Jean Dean Sean Adrian Julian Caspian Ian Killian Meridian Guardian Cyprian "
    "Bournemouth Sian Damian Fabian Lillian Gillian Marian Dorian Cavendish Parish Standish Trench French-Guiana "
    "Khorasani Armani Giovanni Bulgari Galician".split()
)
_DEMONYM_FIRST: Final = frozenset(
    "South North East West Sri Saudi Costa New Puerto Latin African Asian Native Anglo Northern Southern Eastern "
    "Western Central Hong".split()
)


def is_demonym(text: str) -> bool:
    """Tell whether a name is a word of nationality, religion or language ("Dutch", "Sri Lankan", "Greeks")."""
    words = text.split()
    if not words or len(words) > MAX_DEMONYM_WORDS or not text[:1].isupper() or words[-1] in _NOT_DEMONYM:
        return False
    if len(words) == MAX_DEMONYM_WORDS and words[0] not in _DEMONYM_FIRST:
        return False
    return bool(_DEMONYM.fullmatch(words[-1]))


def _cued(text: str, cues: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    for pattern, types in cues:
        if re.search(rf"(?:^|\s)(?:{pattern})(?:$|\s)", text):
            return types
    return ()


def _narrow(allowed: tuple[str, ...], label: str, text: str) -> tuple[str, ...]:
    """Narrow what a coarse label allows by what the words of the name say themselves."""
    if label in ("LOC", "MISC", "misc") and is_demonym(text):
        return ("Nationality",)
    if label in ("LOC", "place", "location"):
        for gazetteer, name in ((COUNTRIES, "Country"), (CITIES, "City"), (REGIONS, "Region")):
            if text in gazetteer:
                return (name,)
        return _cued(text, _PLACE_CUES) or tuple(t for t in allowed if t != "Nationality")
    if label in ("ORG", "organization", "organisation"):
        return _cued(text, _ORG_CUES) or allowed
    if label in ("MISC", "misc"):
        return _cued(text, _THING_CUES) or tuple(t for t in allowed if t != "Nationality")
    return allowed


def allowed_types(source: str, label: str, text: str) -> list[int] | None:
    """List the type indices that a label of a source allows for a name; None: the label says nothing.

    `NO_NAME` among them means that the words may be no name at all.
    """
    allowed = SCHEMES[source].labels.get(label)
    if allowed is None:
        return None
    if source != "corpus":
        allowed = _narrow(allowed, label, text)
    return [_INDEX[name] if name else NO_NAME for name in allowed]
