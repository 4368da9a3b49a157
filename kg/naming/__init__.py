"""Names as strings: normal forms, acronyms, short forms, slugs, evidence for pairs, clusters within one article."""

from kg.naming.acronyms import acronym_of, initials, introduced_acronym_of, is_acronym
from kg.naming.clusters import Cluster, NameInText, cluster_names
from kg.naming.comparison import Comparison, compare
from kg.naming.forms import content_tokens, core_tokens, match_form, normal_form, slug, strip_legal_suffix, tokens
from kg.naming.kinds import KINDS, Kind, kinds_of
from kg.naming.short_forms import ShortForm, is_short_form, short_form

__all__ = [
    "KINDS",
    "Cluster",
    "Comparison",
    "Kind",
    "NameInText",
    "ShortForm",
    "acronym_of",
    "cluster_names",
    "compare",
    "content_tokens",
    "core_tokens",
    "initials",
    "introduced_acronym_of",
    "is_acronym",
    "is_short_form",
    "kinds_of",
    "match_form",
    "normal_form",
    "short_form",
    "slug",
    "strip_legal_suffix",
    "tokens",
]
