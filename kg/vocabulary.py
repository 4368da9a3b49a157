"""The terms that kg writes and reads, and how its IRIs are minted: strings and functions, no imports that cost.

Standard terms are named one by one, so a misspelt one fails in the type checker and not in somebody's triple store.
The names of classes and properties of the domain are not here: the ontology declares them.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE: Final = "https://example.org/kg/"
"""Where entities, articles and facts live unless `kg.toml` sets `base_iri`."""

KG: Final = "https://example.org/kg/ontology#"
"""Namespace of the vocabulary; `base_iri` does not move it."""

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
DCTERMS: Final = "http://purl.org/dc/terms/"
OA: Final = "http://www.w3.org/ns/oa#"
SCHEMA: Final = "https://schema.org/"
GEO: Final = "http://www.w3.org/2003/01/geo/wgs84_pos#"
DBO: Final = "http://dbpedia.org/ontology/"
ORG: Final = "http://www.w3.org/ns/org#"
SH: Final = "http://www.w3.org/ns/shacl#"
TECHNOLOGY: Final = "https://example.org/kg/ontology/technology#"
SECTOR: Final = "https://example.org/kg/ontology/sector#"
ROLE: Final = "https://example.org/kg/ontology/role#"

RDF_TYPE: Final = RDF + "type"
RDF_STATEMENT: Final = RDF + "Statement"
RDF_SUBJECT: Final = RDF + "subject"
RDF_PREDICATE: Final = RDF + "predicate"
RDF_OBJECT: Final = RDF + "object"
RDFS_LABEL: Final = RDFS + "label"
RDFS_COMMENT: Final = RDFS + "comment"
RDFS_SUBCLASS_OF: Final = RDFS + "subClassOf"
RDFS_DOMAIN: Final = RDFS + "domain"
RDFS_RANGE: Final = RDFS + "range"
OWL_CLASS: Final = OWL + "Class"
OWL_OBJECT_PROPERTY: Final = OWL + "ObjectProperty"
OWL_DATATYPE_PROPERTY: Final = OWL + "DatatypeProperty"
OWL_SYMMETRIC_PROPERTY: Final = OWL + "SymmetricProperty"
OWL_EQUIVALENT_CLASS: Final = OWL + "equivalentClass"
OWL_ONTOLOGY: Final = OWL + "Ontology"
OWL_IMPORTS: Final = OWL + "imports"
OWL_SAME_AS: Final = OWL + "sameAs"
XSD_DATE: Final = XSD + "date"
XSD_YEAR_MONTH: Final = XSD + "gYearMonth"
XSD_YEAR: Final = XSD + "gYear"
XSD_INTEGER: Final = XSD + "integer"
XSD_DECIMAL: Final = XSD + "decimal"
XSD_STRING: Final = XSD + "string"
SKOS_CONCEPT: Final = SKOS + "Concept"
SKOS_CONCEPT_SCHEME: Final = SKOS + "ConceptScheme"
SKOS_IN_SCHEME: Final = SKOS + "inScheme"
SKOS_PREF_LABEL: Final = SKOS + "prefLabel"
SKOS_ALT_LABEL: Final = SKOS + "altLabel"
SKOS_HIDDEN_LABEL: Final = SKOS + "hiddenLabel"
SKOS_BROADER: Final = SKOS + "broader"
SKOS_EXACT_MATCH: Final = SKOS + "exactMatch"
SKOS_CLOSE_MATCH: Final = SKOS + "closeMatch"
PROV_WAS_DERIVED_FROM: Final = PROV + "wasDerivedFrom"
DCTERMS_IDENTIFIER: Final = DCTERMS + "identifier"
DCTERMS_SOURCE: Final = DCTERMS + "source"
DCTERMS_IS_VERSION_OF: Final = DCTERMS + "isVersionOf"
OA_SPECIFIC_RESOURCE: Final = OA + "SpecificResource"
OA_HAS_SOURCE: Final = OA + "hasSource"
OA_EXACT: Final = OA + "exact"
OA_START: Final = OA + "start"
OA_END: Final = OA + "end"
SCHEMA_NEWS_ARTICLE: Final = SCHEMA + "NewsArticle"
SCHEMA_HEADLINE: Final = SCHEMA + "headline"
SCHEMA_DATE_PUBLISHED: Final = SCHEMA + "datePublished"
SCHEMA_URL: Final = SCHEMA + "url"
SCHEMA_PUBLISHER: Final = SCHEMA + "publisher"
SCHEMA_AUTHOR: Final = SCHEMA + "author"
SCHEMA_MENTIONS: Final = SCHEMA + "mentions"
SCHEMA_QUANTITATIVE_VALUE: Final = SCHEMA + "QuantitativeValue"
SCHEMA_MONETARY_AMOUNT: Final = SCHEMA + "MonetaryAmount"
SCHEMA_VALUE: Final = SCHEMA + "value"
SCHEMA_UNIT_TEXT: Final = SCHEMA + "unitText"
SCHEMA_CURRENCY: Final = SCHEMA + "currency"
SCHEMA_DOMAIN_INCLUDES: Final = SCHEMA + "domainIncludes"
SCHEMA_RANGE_INCLUDES: Final = SCHEMA + "rangeIncludes"
GEO_LAT: Final = GEO + "lat"
GEO_LONG: Final = GEO + "long"
DBO_COUNTRY_CODE: Final = DBO + "iso31661Code"
DBO_REGION_CODE: Final = DBO + "isoCodeRegion"

KG_EVIDENCE_CLASS: Final = KG + "Evidence"
KG_POSITION: Final = KG + "Position"
KG_EVIDENCE: Final = KG + "evidence"
KG_MODALITY: Final = KG + "modality"
KG_CONFIDENCE: Final = KG + "confidence"
KG_EXTRACTOR: Final = KG + "extractor"
KG_ARGUMENTS: Final = KG + "arguments"
KG_HOLDER: Final = KG + "holder"
KG_ORGANIZATION: Final = KG + "organization"
KG_ROLE: Final = KG + "role"
KG_KIND: Final = KG + "kind"
KG_QUALIFIER: Final = KG + "qualifier"
KG_COUNTRY: Final = KG + "country"
KG_EXAMPLE: Final = KG + "example"
KG_COUNTEREXAMPLE: Final = KG + "counterexample"
KG_HEAD_NOUN: Final = KG + "headNoun"
KG_READER_LABEL: Final = KG + "readerLabel"
KG_NAMED_BY: Final = KG + "namedBy"
KG_COMMON_NOUN: Final = KG + "CommonNoun"
KG_DESCRIPTION: Final = KG + "Description"
KG_QUALIFIED_BY: Final = KG + "qualifiedBy"
KG_CHECKED_AGAINST: Final = KG + "checkedAgainst"
KG_GAZETTEER: Final = KG + "Gazetteer"
KG_CONCEPT_CLASS: Final = KG + "conceptClass"
KG_VERB: Final = KG + "verb"

NodeKind = Literal["fact", "evidence", "value", "position"]
"""Nodes named by what they say; each kind has a namespace of its own under the base IRI."""

_FIXED_PREFIXES: Final[Mapping[str, str]] = {
    "kg": KG,
    "technology": TECHNOLOGY,
    "sector": SECTOR,
    "role": ROLE,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "dcterms": DCTERMS,
    "oa": OA,
    "schema": SCHEMA,
    "geo": GEO,
    "dbo": DBO,
    "org": ORG,
    "sh": SH,
}

_BASED_PREFIXES: Final = ("id", "article", "fact", "evidence", "value", "position")

HASH_DIGITS: Final = 16
"""Hexadecimal digits of a hashed name: 64 bits, so a million nodes collide with a chance of about 3e-8."""

_SERIALISED: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_UNRESERVED: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"


def prefixes(base: str = BASE) -> dict[str, str]:
    """All prefixes of the project, those of a build's own nodes under `base`; in a fixed order."""
    return {**_FIXED_PREFIXES, **{name: f"{base}{name}/" for name in _BASED_PREFIXES}}


PREFIXES: Final[Mapping[str, str]] = prefixes()
"""The prefixes under the default base."""


def entity_iri(base: str, key: str) -> str:
    """IRI of the entity with this key (`Entity.key`); distinct keys give distinct IRIs."""
    return f"{base}id/{_escape(key, safe='')}"


def article_iri(base: str, article_id: str) -> str:
    """IRI of the article with this id (`Article.id`, unescaped); `/` stays, all else beyond unreserved is escaped."""
    return f"{base}article/{_escape(article_id, safe='/')}"


def hashed_iri(base: str, kind: NodeKind, *content: str) -> str:
    """IRI of a node named by its content: equal content, equal name, on every machine."""
    return f"{base}{kind}/{hashed_name(kind, *content)}"


def hashed_name(kind: NodeKind, *content: str) -> str:
    """The local name of such a node: hexadecimal digits."""
    return hashlib.sha256(_SERIALISED([kind, *content]).encode("ascii")).hexdigest()[:HASH_DIGITS]


def local_name(iri: str) -> str:
    """What follows the last `#` or `/`."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def namespace(iri: str) -> str:
    """What comes before the local name, `#` or `/` included."""
    return iri[: len(iri) - len(local_name(iri))]


def _escape(text: str, *, safe: str) -> str:
    if not text.rstrip(_UNRESERVED):  # as nearly all are; quote() takes ten times as long to find out
        return text
    # surrogatepass: file names that are not UTF-8 reach Python with lone surrogates, and must not stop a build.
    return quote(text, safe=safe, errors="surrogatepass")
