"""Which language an article is in."""

from __future__ import annotations

import pytest

from kg.articles.language import identify, name_of


@pytest.mark.parametrize(
    "text",
    [
        "Corvid Labs said on Monday that it will open a park for ledgers in the north of the city.",
        "Hejunda Kejiyuan joins Beisheng Wenhua Lianmeng",
        "Wolfsburg Bahnhof Verein signs with Zeitgeist Schifffahrt GmbH of Bremerhaven for ferries to Gdańsk and Łódź",
        "Zhuhai Hengqin Keji, Foshan Nanhai Yinhang and Dongguan Songshanhu Gaoxinqu join Zhujiang Lianmeng",
        "BASF, Škoda, Peugeot: shares up",
        "12 345 678",
        "北京 is where the alliance of the city and its banks was founded, said the bank.",
    ],
)
def test_english_with_foreign_names_is_english(text: str) -> None:
    """Names of other languages, however many, do not make a text foreign."""
    assert identify(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das Unternehmen hat am Montag in Lagos einen Park für junge Firmen eröffnet, sagte die Leiterin.", "de"),
        ("De onderneming heeft maandag in Lagos een park voor jonge bedrijven geopend, zei de directeur of zo.", "nl"),
        ("Virksomheden åbnede mandag en park for unge firmaer i Lagos, og det er godt for byen, siger de.", "da"),
        ("L'entreprise a ouvert lundi à Lagos un parc pour les jeunes entreprises, a dit la directrice.", "fr"),
        ("La empresa abrió el lunes en Lagos un parque para las empresas jóvenes, dijo la directora.", "es"),
        ("公司星期一在拉各斯为年轻企业开设了一个园区，园区由大学和两家银行共同建立。", "zh"),
        ("Компания открыла в понедельник в Лагосе парк для молодых фирм, сказала директор.", "ru"),
        ("同社は月曜日、ラゴスに若い企業のための公園を開いたと発表した。", "ja"),
    ],
)
def test_other_languages_are_told(text: str, language: str) -> None:
    """A sentence of another language is enough to tell it."""
    assert identify(text) == language


def test_languages_have_names() -> None:
    """Reports call languages by name, and unknown ones by code."""
    assert name_of("de") == "German"
    assert name_of("tlh") == 'the language "tlh"'
