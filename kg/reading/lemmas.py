"""Lemmas: a table of what the rules below get wrong in the training treebanks, and the rules."""

# ruff: noqa: PLR0911, PLR2004 - one return for each ending; lengths of endings and of the shortest stems

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

# Irregular forms that a treebank of this size may lack; "form lemma", by coarse class.
_IRREGULAR_VERBS = """
am be|are be|is be|was be|were be|been be|being be|'s be|'re be|'m be|’s be|’re be|’m be|has have|had have|having have|
've have|’ve have|'d have|does do|did do|done do|goes go|went go|gone go|said say|says say|made make|took take|
taken take|came come|become become|became become|saw see|seen see|knew know|known know|got get|gotten get|gave give|
given give|found find|thought think|told tell|felt feel|left leave|put put|brought bring|began begin|begun begin|
kept keep|held hold|wrote write|written write|stood stand|heard hear|let let|meant mean|set set|met meet|ran run|
paid pay|sat sit|spoke speak|spoken speak|led lead|grew grow|grown grow|lost lose|fell fall|fallen fall|sent send|
built build|understood understand|drew draw|drawn draw|broke break|broken break|spent spend|cut cut|rose rise|
risen rise|drove drive|driven drive|bought buy|wore wear|worn wear|chose choose|chosen choose|sought seek|threw throw|
thrown throw|caught catch|dealt deal|won win|taught teach|fought fight|hit hit|flew fly|flown fly|sold sell|
shut shut|slept sleep|struck strike|hung hang|shook shake|shaken shake|rode ride|ridden ride|fed feed|shot shoot|
drank drink|drunk drink|swore swear|sworn swear|lay lie|lain lie|laid lay|bound bind|bet bet|bred breed|burst burst|
cast cast|forecast forecast|broadcast broadcast|clung cling|cost cost|crept creep|dug dig|fled flee|forbade forbid|
forbidden forbid|foresaw foresee|foreseen foresee|forgot forget|forgotten forget|forgave forgive|forgiven forgive|
froze freeze|frozen freeze|ground grind|hid hide|hidden hide|hurt hurt|knelt kneel|knit knit|leapt leap|learnt learn|
lent lend|lit light|misled mislead|mistook mistake|mistaken mistake|overcame overcome|overtook overtake|
overtaken overtake|oversaw oversee|overseen oversee|quit quit|read read|rebuilt rebuild|rang ring|rung ring|rid rid|
sang sing|sung sing|sank sink|sunk sink|shed shed|shone shine|showed show|shown show|shrank shrink|shrunk shrink|
slid slide|span spin|spun spin|split split|spread spread|sprang spring|sprung spring|stole steal|stolen steal|
stuck stick|stung sting|stank stink|strode stride|strove strive|striven strive|swept sweep|swelled swell|
swollen swell|swam swim|swum swim|swung swing|tore tear|torn tear|thrust thrust|trod tread|undertook undertake|
undertaken undertake|undid undo|undone undo|underwent undergo|undergone undergo|upheld uphold|upset upset|woke wake|
woken wake|withdrew withdraw|withdrawn withdraw|withheld withhold|withstood withstand|wove weave|woven weave|
wept weep|wound wind|outdid outdo|outgrew outgrow|resold resell|retold retell|rewrote rewrite|rewritten rewrite|
underlay underlie|undersold undersell|bid bid|outbid outbid|bit bite|bitten bite|bled bleed|blew blow|blown blow|
ate eat|eaten eat|'ll will|’ll will|wo will|ca can|sha shall|could could|would would|should should|might might|
died die|dying die|dies die|lied lie|lying lie|lies lie|tied tie|tying tie|ties tie|vied vie|vying vie|vies vie|
agreed agree|agrees agree|agreeing agree|freed free|frees free|guaranteed guarantee|decreed decree|refereed referee|
focused focus|focuses focus|focusing focus|focussed focus|biased bias|panicked panic|mimicked mimic|
trafficked traffic|trafficking traffic|programmed program|programming program|cancelled cancel|cancelling cancel|
travelled travel|travelling travel|labelled label|labelling label|modelled model|modelling model|signalled signal|
signalling signal|totalled total|fuelled fuel|fuelling fuel|levelled level|controlled control|controlling control|
enrolled enroll|enrolling enroll|fulfilled fulfil|installed install|installing install|called call|calling call|
rolled roll|rolling roll|pulled pull|filled fill|killed kill|billed bill|selling sell|telling tell|spelled spell|
added add|adding add|passed pass|passing pass|discussed discuss|processed process|processing process|
addressed address|accessed access|stressed stress|pressed press|missed miss|expressed express|using use|used use
"""
_IRREGULAR_NOUNS = """
men man|women woman|children child|people people|feet foot|teeth tooth|mice mouse|geese goose|oxen ox|lives life|
wives wife|knives knife|leaves leaf|halves half|shelves shelf|selves self|thieves thief|wolves wolf|loaves loaf|
calves calf|scarves scarf|criteria criterion|phenomena phenomenon|data data|media media|analyses analysis|
crises crisis|theses thesis|hypotheses hypothesis|bases base|axes axis|diagnoses diagnosis|syntheses synthesis|
indices index|matrices matrix|vertices vertex|appendices appendix|alumni alumnus|nuclei nucleus|stimuli stimulus|
fungi fungus|cacti cactus|radii radius|curricula curriculum|memoranda memorandum|bacteria bacterium|strata stratum|
series series|species species|means means|news news|headquarters headquarters|aircraft aircraft|spacecraft spacecraft|
sheep sheep|fish fish|deer deer|movies movie|cookies cookie|calories calorie|zombies zombie|rookies rookie|
selfies selfie|genies genie|ties tie|pies pie|lies lie|dies die|shoes shoe|toes toe|canoes canoe|heroes hero|
potatoes potato|tomatoes tomato|echoes echo|vetoes veto|embargoes embargo|cargoes cargo|buses bus|gases gas|
viruses virus|bonuses bonus|campuses campus|statuses status|surpluses surplus|censuses census|caches cache|
headaches headache|lenses lens|quizzes quiz|fezzes fez|yes yes|axles axle|businesses business|pennies penny|
goods good|proceeds proceeds|earnings earnings|savings saving|businessmen businessman|chairmen chairman|
policemen policeman|congressmen congressman|fishermen fisherman|businesswomen businesswoman|spokesmen spokesman|
spokeswomen spokeswoman|lawmen lawman|grandchildren grandchild|stepchildren stepchild|'s 's
"""
_IRREGULAR_ADJECTIVES = """
better good|best good|worse bad|worst bad|further far|furthest far|farther far|farthest far|more more|most most|
less less|least least|elder old|eldest old|later late|latest late|larger large|largest large|freer free|freest free
"""
_IRREGULAR_ADVERBS = """
better well|best well|worse badly|worst badly|further far|farther far|n't not|n’t not|more more|most most|less less|
least least|sooner soon|harder hard|faster fast|longer long|earlier early|earliest early|later late|higher high
"""
_PRONOUNS = """
i I|me I|myself myself|him he|them they|us we|her she|'em they|'s we|’s we
"""
_DETERMINERS = """
an a|these this|those that
"""


def _table(text: str) -> dict[str, str]:
    pairs = (item.split() for item in text.replace("\n", "").split("|"))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


_IRREGULAR = {
    "VERB": _table(_IRREGULAR_VERBS),
    "AUX": _table(_IRREGULAR_VERBS) | {"'d": "would", "’d": "would"},
    "NOUN": _table(_IRREGULAR_NOUNS),
    "ADJ": _table(_IRREGULAR_ADJECTIVES),
    "ADV": _table(_IRREGULAR_ADVERBS),
    "PART": {"n't": "not", "n’t": "not", "nt": "not", "’s": "'s"},
    "PRON": _table(_PRONOUNS) | _table(_DETERMINERS),
    "DET": _table(_DETERMINERS),
}
_VOWELS = frozenset("aeiou")
# Forms and tags remembered; some 10 MB when full.
_REMEMBERED = 50_000


def _is_doubled(stem: str) -> bool:
    return len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiouslz"


def _wants_e(stem: str) -> bool:
    """Tell whether a stem that no word list knows looks as if it had lost a final e ("manag", "tokeniz")."""
    if stem.endswith(
        ("at", "iz", "is", "ys", "yz", "v", "c", "dg", "rg", "ng", "u", "bl", "pl", "tl", "dl", "gl", "fl")
    ):
        return not stem.endswith(("eat", "oat", "ing", "ong", "ang", "ung"))
    if stem.endswith(
        ("ag", "ak", "ik", "ok", "uc", "ur", "ir", "or", "ar", "in", "ut", "ot", "ud", "id", "od", "ul", "il")
    ):
        return not stem.endswith(
            ("ear", "eer", "oor", "our", "air", "ain", "out", "oot", "oid", "aid", "oil", "ail", "ook", "eak")
        )
    return False


class Lemmatizer:
    """Gives lemmas; holds the table and the list of known words."""

    def __init__(self, exceptions: Mapping[tuple[str, str, str], str], known: Collection[str]) -> None:
        """Take exceptions by (lower form, UPOS, XPOS) and a list of known base forms, lower case.

        An exception with the XPOS "" holds for every XPOS of the form that has none of its own.
        """
        self._exceptions = exceptions
        self._known = known
        self._of = lru_cache(maxsize=_REMEMBERED)(self._lemma)

    def __call__(self, form: str, upos: str, xpos: str) -> str:
        """Give the lemma: lower case, but as written for proper nouns, symbols and foreign words."""
        return self._of(form, upos, xpos)

    def _lemma(self, form: str, upos: str, xpos: str) -> str:
        lower = form.lower()
        exception = self._exceptions.get((lower, upos, xpos)) or self._exceptions.get((lower, upos, ""))
        if exception is None:
            return self.by_rule(form, upos, xpos)
        if upos == "PROPN":
            return form[: len(exception)] if lower.startswith(exception) else exception.capitalize()
        return exception if exception != "i" else "I"

    def by_rule(self, form: str, upos: str, xpos: str) -> str:
        """Give the lemma by irregular forms and endings alone."""
        if upos in ("PROPN", "X", "SYM", "PUNCT", "NUM"):
            return form
        lower = form.lower().replace("’", "'") if upos in ("PART", "AUX", "PRON") else form.lower()
        irregular = _IRREGULAR.get(upos, {}).get(lower)
        if upos in ("VERB", "AUX"):
            if xpos in ("VB", "VBP", "MD") and (
                irregular is None or lower in ("lay", "found", "saw", "ground", "wound", "lies")
            ):
                return lower
            return irregular or self._verb(lower, xpos)
        if irregular:
            return irregular
        if upos == "NOUN" and xpos in ("NNS", "NNPS", ""):
            return self._noun(lower)
        if upos in ("ADJ", "ADV") and xpos in ("JJR", "JJS", "RBR", "RBS"):
            return self._comparison(lower)
        return lower

    def _noun(self, form: str) -> str:
        if len(form) < 4 or not form.endswith("s") or form.endswith(("ss", "us", "is")):
            return form[:-1] if form.endswith("s") and len(form) == 3 and form[:-1] in self._known else form
        if form.endswith("ies"):
            return form[:-3] + "y"
        if form.endswith(("sses", "shes", "ches", "xes", "zzes")):
            return form[:-2]
        if form.endswith("men") and form[:-3] + "man" in self._known:
            return form[:-3] + "man"
        if form.endswith("es") and form[:-1] not in self._known and form[:-2] in self._known:
            return form[:-2]
        return form[:-1]

    def _verb(self, form: str, xpos: str) -> str:
        if xpos == "VBZ" or (xpos == "" and form.endswith("s")):
            if form.endswith("ies") and len(form) > 4:
                return form[:-3] + "y"
            if form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
                return form[:-2]
            return form.removesuffix("s")
        if form.endswith("ied") and len(form) > 4:
            return form[:-3] + "y"
        if form.endswith("in'"):
            return self._restore(form[:-3])
        for ending in ("ing", "ed"):
            if form.endswith(ending) and len(form) > len(ending) + 1:
                return self._restore(form[: -len(ending)])
        return form

    def _restore(self, stem: str) -> str:
        """Undo what an ending did to a verb: a doubled consonant, a lost e."""
        with_e = stem + "e"
        if _is_doubled(stem):
            return stem if stem in self._known and stem[:-1] not in self._known else stem[:-1]
        short = len(stem) == 3 and stem[0] not in _VOWELS and stem[1] in _VOWELS and stem[2] not in "aeiouwxy"
        if short and with_e in self._known:
            return with_e
        if stem in self._known and with_e in self._known:
            return with_e if _wants_e(stem) and not stem.endswith(("il", "in", "ar", "or", "ot", "ur")) else stem
        if with_e in self._known:
            return with_e
        if stem in self._known or not any(c in _VOWELS or c == "y" for c in stem):
            return stem
        return with_e if _wants_e(stem) else stem

    def _comparison(self, form: str) -> str:
        for ending in ("er", "est"):
            if form.endswith("i" + ending):
                return form[: -len(ending) - 1] + "y"
            if form.endswith(ending) and len(form) > len(ending) + 1:
                stem = form[: -len(ending)]
                if stem in self._known and not _is_doubled(stem):
                    return stem
                if _is_doubled(stem) and stem[:-1] in self._known:
                    return stem[:-1]
                return stem + "e" if stem + "e" in self._known else stem
        return form


def read_exceptions(path: Path) -> dict[tuple[str, str, str], str]:
    """Read lines of "form TAB UPOS TAB XPOS TAB lemma"."""
    exceptions = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        form, upos, xpos, lemma = line.split("\t")
        exceptions[form, upos, xpos] = lemma
    return exceptions
