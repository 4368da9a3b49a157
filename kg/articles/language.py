"""Which language an article is written in: English at a glance, others by a statistical identifier."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# English words that are rare in texts of other languages ("a", "in", "is", "for" and "over" are not).
_FUNCTION_WORDS = frozenset(
    "the of and to with that by from its it has which said this their are were been will would not or but than who "
    "while after about into".split()
)
# Characters that decide: enough for any statistic, few enough to cost nothing.
_SAMPLE = 20_000
# Share of words that are function words. English news: 0.2 to 0.35; Danish, Dutch and German, the nearest: under 0.06.
_ENGLISH_SHARE = 0.1
# Letters below which the identifier guesses rather than knows: a headline made of names looks like any language.
_FEWEST_LETTERS = 60
# Probability of English below which a text with few English function words is foreign. Names alone ("Hejunda Kejiyuan
# joins Beisheng Wenhua Lianmeng") leave it above 0.02, a sentence of another language below 0.00001.
_HARDLY_ENGLISH = 0.001
_WORD = re.compile(r"[^\W\d_]+")

# Languages of news that the identifier chooses from; rare ones would only attract short English texts full of names.
LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "ms": "Malay", "my": "Burmese", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Filipino", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def identify(text: str) -> str:
    """The language of a text as an ISO 639-1 code; "en" unless another is sure."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.casefold())
    if sum(word in _FUNCTION_WORDS for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    if sum(map(len, words)) < _FEWEST_LETTERS and sample.isascii():
        return "en"
    ranking = _identifier().rank(sample)
    return "en" if dict(ranking)["en"] > _HARDLY_ENGLISH else str(ranking[0][0])


def name_of(language: str) -> str:
    """What a language is called in English, or its code where that is unknown."""
    return LANGUAGES.get(language, f'the language "{language}"')


@functools.cache
def _identifier() -> LanguageIdentifier:
    # Imported late: the model takes a second to load, and a folder of English articles never needs it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(LANGUAGES))
    return identifier
