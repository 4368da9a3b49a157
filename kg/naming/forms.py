"""Normal forms of names: what is left when case, accents, punctuation and spelling no longer count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kg.naming.lexicon import (
    FUNCTION_WORDS,
    GROUP_WORDS,
    LEADING_LEGAL_FORMS,
    LEGAL_FORMS,
    LEGAL_FORMS_UPPER,
    LEGAL_PHRASES,
    PHRASES,
    SPELLINGS,
    TRANSLITERATIONS,
)

CACHE_SIZE: Final = 1 << 20
"""Names kept in each cache: those of a million mentions, so that each step of resolving them finds their forms.
A full cache takes some 240 MB."""

_FOLD: Final = str.maketrans({
    "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "ng",
})  # fmt: skip
_UMLAUTS: Final = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe",
})  # fmt: skip
_SAINTS: Final = {"st": "saint", "ste": "sainte"}
_MIN_PLURAL: Final = 4
"""Letters up to which a final s is taken to belong to the word ("gas", "bus")."""
_ROMANIZATIONS: Final = (
    ("uei", "ui"), ("ung", "ong"), ("au", "ao"), ("zh", "j"), ("hs", "s"), ("sh", "s"), ("x", "s"), ("q", "ch"),
)  # fmt: skip
"""Initials and finals that the two romanizations of Chinese write differently, each to one of its spellings."""
_LONGEST_LEGAL_PHRASE: Final = max(map(len, LEGAL_PHRASES))
_ENDS_OF_LEGAL_PHRASES: Final = frozenset(phrase[-1] for phrase in LEGAL_PHRASES)
_FEW_WORDS: Final = 1 << 13
"""Words kept that names end in: few are met often, and those are legal forms."""
_MIN_MISSPELT: Final = 5
"""Letters from which a word with two letters swapped is still that word ("Gorup", "Corproation")."""
_MISSPELT: Final = {
    word[:i] + word[i + 1] + word[i] + word[i + 2 :]: word
    for word in sorted(LEGAL_FORMS | GROUP_WORDS)
    if len(word) >= _MIN_MISSPELT
    for i in range(len(word) - 1)
    if word[i] != word[i + 1]
}
_BRACKETS: Final = re.compile(r"\s*([^()]+?)\s*\(([^()]+)\)\s*([^()]*?)\s*")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u02bb\u00b4`\uff07\u2032", "'"))
_POSSESSIVE: Final = re.compile(r"(?<=\w)'s\b(?!')|(?<=s)'(?=\s|$)")
_TRAILING_POSSESSIVE: Final = re.compile(r"(?:'s|(?<=s)')$")
_LEADING_ARTICLE: Final = re.compile(r"^the\s+(?=\w)")
_DOTTED_LETTERS: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_NOT_WORD: Final = re.compile(r"(?:(?<!\d)\.|\.(?!\d)|[^\w.+#])+|_+")
_ISATION: Final = re.compile(r"isation(s?)$")
_SEPARATE: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=CACHE_SIZE)
def fold(text: str) -> str:
    """Return `text` without case, compatibility forms, curly apostrophes and diacritics."""
    if text.isascii():  # as most names are
        return text.replace("`", "'").lower()
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold().translate(_FOLD)
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


@lru_cache(maxsize=CACHE_SIZE)
def normal_form(name: str) -> str:
    """Return the form under which two spellings of one name are equal: "The Xi'an Centre's" -> "xian center".

    Words are parted by one space; "&" reads as "and"; a possessive ending and a leading article fall away; a name
    that consists of punctuation alone keeps its folded text. Idempotent.
    """
    text = fold(name)
    parted = text
    if not text.replace(" ", "").isalnum():
        text = _POSSESSIVE.sub("", text).replace("'", "").replace("&", " and ")
        text = _DOTTED_LETTERS.sub(lambda match: match.group().replace(".", ""), text)
        parted = _NOT_WORD.sub(" ", text)
    words = [_american(word) for word in parted.split()]
    if not _SAINTS.keys().isdisjoint(words):
        words[:-1] = [_SAINTS.get(word, word) for word in words[:-1]]  # at its end, "St." is a street
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or text.strip()


@lru_cache(maxsize=CACHE_SIZE)
def tokens(name: str) -> tuple[str, ...]:
    """Return the words of the normal form of `name`, in order."""
    return tuple(normal_form(name).split())


@lru_cache(maxsize=CACHE_SIZE)
def strip_legal_suffix(name: str) -> str:
    """Return `name` as written, less the legal forms at its end: "Acme Labs Co., Ltd." -> "Acme Labs".

    "Group" and "Holdings" stay: they may be the name (see `core_tokens`). The result is never empty.
    """
    words = name.split()
    while (size := _legal_words(words)) and size < len(words):
        del words[-size:]
        if len(words) > 1 and words[-1] in {"&", "and"}:
            words.pop()
    return " ".join(words).rstrip(",;").rstrip()


@lru_cache(maxsize=CACHE_SIZE)
def core_tokens(name: str) -> tuple[str, ...]:
    """Return the words that identify: no legal form, no trailing "Group", words with two spellings made one."""
    words = list(tokens(_without_leading_legal_form(strip_legal_suffix(name))))
    while len(words) > 1 and (words[-1] in _MISSPELT or words[-1] in GROUP_WORDS or words[-1] in LEGAL_FORMS):
        words.pop()
    phrase = PHRASES.get(" ".join(words))
    if phrase is not None:
        return tuple(phrase.split())
    return tuple(TRANSLITERATIONS.get(word, word) for word in words)


def readings(name: str) -> tuple[str, ...]:
    """Return a name as written, and with its umlauts written out where it has any: "Müller" may be "Mueller"."""
    if name.isascii():
        return (name,)
    composed = unicodedata.normalize("NFC", name)
    written_out = composed.translate(_UMLAUTS)
    return (name,) if written_out == composed else (name, written_out)


def alike(a: str, b: str) -> tuple[str, str]:
    """Return two names, the umlauts of one written out where the other writes the same word so."""
    return (a, b) if a.isascii() and b.isascii() else (_as_in(a, b), _as_in(b, a))


def _as_in(name: str, other: str) -> str:
    there = set(tokens(other))
    words = name.split()
    for i, word in enumerate(words):
        *_, written_out = readings(word)
        if there.isdisjoint(tokens(word)) and not there.isdisjoint(tokens(written_out)):
            words[i] = written_out
    return " ".join(words)


def match_form(name: str) -> str:
    """Return the core tokens as one string: equal for names that differ in legal form, "Group" or transliteration."""
    return " ".join(core_tokens(name))


@lru_cache(maxsize=CACHE_SIZE)
def content_tokens(name: str) -> tuple[str, ...]:
    """Return the core tokens without function words, in order; all core tokens where nothing else is there."""
    words = core_tokens(name)
    return tuple(word for word in words if word not in FUNCTION_WORDS) or words


def squeezed(name: str) -> str:
    """Return the match form without spaces: "Ji-hoon" and "Jihoon", "JPMorgan" and "J.P. Morgan" are equal."""
    return "".join(core_tokens(name))


@lru_cache(maxsize=CACHE_SIZE)
def romanized_key(name: str) -> str:
    """Return the squeezed form with Pinyin and Wade-Giles made one: "Hsintung" and "Xintong" are equal."""
    key = squeezed(name)
    for spelling, one in _ROMANIZATIONS:
        key = key.replace(spelling, one)
    return key


@lru_cache(maxsize=CACHE_SIZE)
def reordered_key(name: str) -> tuple[str, ...]:
    """Return a key that is equal for two orders of one name with one head.

    "Innovation Center of the University of Macau" and "Macau University Innovation Center" give the same key: the
    sorted content words, then the head (the last word before the first "of", else the last). "A's B" reads as "B of A".
    """
    owner, possessive, owned = fold(name).rpartition("'s ")
    words = core_tokens(f"{owned} of {owner}") if possessive and " of " not in owned else core_tokens(name)
    return (*sorted(content_tokens(name)), head_of(words))


def bracket_variants(name: str) -> tuple[str, ...]:
    """Return the readings of a name with brackets: "Lun (Lunt) Park" is "Lun Park" and "Lunt Park"."""
    match = _BRACKETS.fullmatch(name)
    if match is None:
        return ()
    before, inside, after = match.groups()
    if not after:
        return (before,)
    shorter = " ".join(before.split()[:-1])
    return (f"{before} {after}", f"{shorter} {inside} {after}")


def singular(name: str) -> str:
    """Return the match form with a regular English plural at its end undone: "batteries" -> "battery"."""
    form = match_form(name)
    if form.endswith("ies") and len(form) > _MIN_PLURAL:
        return form[:-3] + "y"
    return (
        form[:-1] if form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > _MIN_PLURAL else form
    )


def head_of(words: tuple[str, ...]) -> str:
    """Return the head of a name given by its core tokens: the word before the first "of", else the last word."""
    if "of" in words[1:]:
        return words[words.index("of", 1) - 1]
    return words[-1] if words else ""


def slug(name: str) -> str:
    """Return the readable key of a name: ASCII letters, digits and hyphens, never empty ("Hong Kong" -> "hong-kong").

    Nearly the normal form: inner possessives keep their s ("peoples-bank"), spelling stays as written.

    Letters of other scripts are written by a fixed rule (see `transliterate`).
    """
    text = _TRAILING_POSSESSIVE.sub("", fold(name)).replace("'", "")
    text = _LEADING_ARTICLE.sub("", _DOTTED_LETTERS.sub(lambda match: match.group().replace(".", ""), text))
    text = transliterate(text.replace("&", " and ").replace("+", " plus ").replace("#", " sharp "))
    return _SEPARATE.sub("-", text).strip("-") or "-".join(f"u{ord(char):x}" for char in name) or "unnamed"


def transliterate(text: str) -> str:
    """Return folded `text` in ASCII: Cyrillic and Greek by table, kana and Hangul by name, the rest as "u4e2d"."""
    return "".join(char if char.isascii() else _ascii_of(char) for char in text)


def _american(word: str) -> str:
    return _ISATION.sub(r"ization\1", word) if "isation" in word else SPELLINGS.get(word, word)


def _legal_words(words: list[str]) -> int:
    """Return how many words at the end of a name are one legal form; 0 for none."""
    if not words or (_legal_letters(words[-1]) not in _ENDS_OF_LEGAL_PHRASES and not _is_legal_form(words[-1])):
        return 0
    bare = tuple(_legal_letters(word) for word in words[-_LONGEST_LEGAL_PHRASE:])
    for size in range(_LONGEST_LEGAL_PHRASE, 1, -1):
        if len(bare) >= size and bare[-size:] in LEGAL_PHRASES:
            return size
    return int(_is_legal_form(words[-1]))


def _without_leading_legal_form(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.isupper() and first.casefold() in LEADING_LEGAL_FORMS else name


@lru_cache(maxsize=_FEW_WORDS)
def _legal_letters(word: str) -> str:
    return fold(word.strip(".,;()")).replace(".", "").replace("/", "").replace(",", "").replace("-", "")


@lru_cache(maxsize=_FEW_WORDS)
def _is_legal_form(word: str) -> bool:
    bare = word.strip(".,;()")
    letters = _legal_letters(word)
    if letters in LEGAL_FORMS or _MISSPELT.get(letters) in LEGAL_FORMS:
        return True
    return letters in LEGAL_FORMS_UPPER and (bare.isupper() or "." in bare or "/" in bare)


_CYRILLIC: Final = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "a|b|v|g|d|e|e|zh|z|i|i|k|l|m|n|o|p|r|s|t|u|f|kh|ts|ch|sh|shch||y||e|iu|ia|i|i|ie|g".split("|"),
    strict=True,
))  # fmt: skip
_GREEK: Final = dict(zip(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a|b|g|d|e|z|i|th|i|k|l|m|n|x|o|p|r|s|s|t|y|f|ch|ps|o".split("|"),
    strict=True,
))  # fmt: skip
_TABLE: Final = _CYRILLIC | _GREEK
_SYLLABLE: Final = re.compile(r"^(?:HANGUL SYLLABLE|HIRAGANA LETTER|KATAKANA LETTER)(?: SMALL)? (\w+)$")


def _ascii_of(char: str) -> str:
    if char in _TABLE:
        return _TABLE[char]
    syllable = _SYLLABLE.match(unicodedata.name(char, ""))
    if syllable:
        return syllable.group(1).lower()
    return f" u{ord(char):x} " if char.isalnum() else " "
