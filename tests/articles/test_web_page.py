"""HTML to text."""

from __future__ import annotations

import pytest

from kg.articles.web_page import read_page
from kg.errors import ArticleError

PARAGRAPHS = (
    "Corvid Labs, a maker of ledgers, opened a park for young companies in the north of the city on Monday.",
    "It was set up together with the University of Lagos & two banks, which will pay for the first year.",
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Corvid Opens a Park in Lagos | Lake Daily</title>
<meta property="og:site_name" content="Lake Daily">
<meta property="article:published_time" content="2021-05-03T08:00:00Z">
<meta name="author" content="Jane Roe"><link rel="canonical" href="https://lake.example/corvid-park"></head>
<body><nav><a href="/">Home</a> <a href="/tech">Tech</a></nav>
<article><h1>Corvid Opens a Park in Lagos</h1>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1].replace("&", "&amp;")}</p></article>
<footer>Subscribe now <script>alert(1)</script></footer></body></html>"""


def test_main_text_without_navigation() -> None:
    """The title and the paragraphs of the article come out, menus and scripts do not."""
    assert read_page(PAGE.encode()).text == "\n\n".join(("Corvid Opens a Park in Lagos", *PARAGRAPHS)) + "\n"


def test_metadata() -> None:
    """Title, date, address, publisher and author are taken from the page."""
    metadata = read_page(PAGE.encode()).metadata
    assert metadata.title == "Corvid Opens a Park in Lagos"
    assert str(metadata.published) == "2021-05-03"
    assert metadata.url == "https://lake.example/corvid-park"
    assert (metadata.publisher, metadata.author) == ("Lake Daily", "Jane Roe")


def test_date_beyond_today_is_taken() -> None:
    """A page's date does not depend on the day it is read."""
    assert str(read_page(PAGE.replace("2021-05-03", "2099-05-03").encode()).metadata.published) == "2099-05-03"


def test_years_in_the_prose_are_no_date() -> None:
    """Without a date of publication there is none, whatever dates the text mentions."""
    page = PAGE.replace('"article:published_time" content="2021-05-03T08:00:00Z"', '"x"')
    for prose in ("after its foundation in March 2010", "on May 3, 2010, and grew"):
        assert read_page(page.replace("on Monday", prose).encode()).metadata.published is None


def test_dates_shown_on_the_page() -> None:
    """A date that a reader sees as the page's own counts, without any metadata."""
    page = PAGE.replace('"article:published_time" content="2021-05-03T08:00:00Z"', '"x"')
    shown = page.replace("<h1>", '<time class="date">Published: May 3, 2021</time><h1>')
    assert str(read_page(shown.encode()).metadata.published) == "2021-05-03"


def test_bad_metadata_is_dropped() -> None:
    """A page that names no usable address is read all the same."""
    page = read_page(PAGE.replace("https://lake.example/corvid-park", "javascript:void(0)").encode())
    assert page.metadata.url is None
    assert page.metadata.publisher == "Lake Daily"


def test_declared_encoding_counts() -> None:
    """The encoding in the page's head decodes it, also where the bytes could be something else."""
    page = PAGE.replace('charset="utf-8"', 'charset="windows-1251"').replace("Corvid Labs", "Корвид")
    assert "Корвид, a maker of ledgers" in read_page(page.encode("windows-1251")).text


@pytest.mark.parametrize("charset", ["base64", "no-such-charset", "utf-16"])
def test_wrong_declaration_is_ignored(charset: str) -> None:
    """A page that declares nonsense is decoded by its bytes."""
    assert PARAGRAPHS[0] in read_page(PAGE.replace('charset="utf-8"', f'charset="{charset}"').encode()).text


@pytest.mark.parametrize("data", [b"<p>Hi", b"<html></html>", b"<div>" * 50_000, b"no markup at all"])
def test_pages_without_article_are_refused(data: bytes) -> None:
    """Where there is no article, the reason and the cure are said."""
    with pytest.raises(ArticleError, match=r"has no article in it that kg can find; save its text as \.txt"):
        read_page(data)


def test_page_without_title() -> None:
    """A page without a title still has its text."""
    page = read_page(
        f"<html><body><article><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[0]}</p></article></body></html>".encode()
    )
    assert page.metadata.title is None
    assert page.text.startswith(PARAGRAPHS[0])
