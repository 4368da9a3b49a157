"""Folders and files to articles."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import read_sources
from kg.errors import UsageError
from kg.model import Article, Skipped, Span

TEXT = "Corvid Labs said on Monday that it would open a park in the north of Lagos.\n"
UNREADABLE_JSON = "is no JSON that can be read: a number too long or brackets too deep"
GERMAN = "Das Unternehmen hat am Montag in Lagos einen Park für junge Firmen eröffnet, sagte die Leiterin.\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files, by their paths, into a folder."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(folder: Path, files: dict[str, str | bytes]) -> tuple[list[Article], list[Skipped]]:
    """Write files and read the folder."""
    return read_sources([write(folder, files)])


def ids(folder: Path, *names: str) -> list[str]:
    """The ids of articles with these names."""
    articles, skipped = read(folder, dict.fromkeys(names, TEXT))
    assert skipped == []
    return [article.id for article in articles]


def reason(folder: Path, name: str, content: str | bytes) -> str:
    """Why an article, read beside a good one, is skipped."""
    articles, skipped = read(folder, {"good.txt": TEXT, name: content})
    assert [article.id for article in articles] == ["good"]
    assert [item.path.partition("#")[0] for item in skipped] == [name]
    return skipped[0].reason


# What is read


def test_folders_are_read_at_any_depth(tmp_path: Path) -> None:
    """Ids are paths without ending, sorted."""
    assert ids(tmp_path, "b.txt", "a/z.md", "a/b/c.TXT") == ["a/b/c", "a/z", "b"]


def test_files_can_be_named(tmp_path: Path) -> None:
    """A single file is an article whatever its name; its id is relative to its folder."""
    write(tmp_path, {"a/README.md": TEXT, "a/x.txt": TEXT})
    articles, _ = read_sources([tmp_path / "a" / "README.md"])
    assert [(article.id, article.path) for article in articles] == [("README", "README.md")]


def test_files_about_the_folder_are_no_articles(tmp_path: Path) -> None:
    """README, LICENSE, CHANGELOG, hidden files and other kinds of files are left aside without a word."""
    aside = ("README.md", "readme.txt", "README-de.md", "LICENSE.txt", "CHANGELOG.md", ".x.txt", ".git/y.txt", "z.json")
    assert ids(tmp_path, *aside, "licensed-to-trade.txt") == ["licensed-to-trade"]


def test_what_a_build_wrote_is_no_article(tmp_path: Path) -> None:
    """A project whose sources are its own folder does not read its page and its texts."""
    out = [f"out/{name}" for name in ("graph.ttl", "evidence.ttl", "graph.html", "text/a.txt", "text/deep/b.txt")]
    assert ids(tmp_path, *out, "out/mine.txt", "text/c.txt", "a.txt") == ["a", "out/mine", "text/c"]


def test_what_a_build_wrote_can_be_named(tmp_path: Path) -> None:
    """Whoever names it wants it."""
    write(tmp_path, dict.fromkeys(("graph.ttl", "evidence.ttl", "text/a.txt"), TEXT))
    assert [article.id for article in read_sources([tmp_path / "text"])[0]] == ["a"]


def test_an_article_has_what_its_file_says(tmp_path: Path) -> None:
    """All fields of a text file arrive, the text is what stands after the front matter."""
    body = f"\nCorvid Opens a Park\n\nLAGOS, May 3 (Wire) - {TEXT}"
    raw = (
        "\ufeff---\r\npublished: 2021-05-03\r\nurl: https://lake.example/1\r\npublisher: Lake Daily\r\n"
        f"author: Jane Roe\r\n---\r\n{body}"
    ).encode()
    articles, _ = read(tmp_path, {"a.txt": raw})
    assert articles == [
        Article(
            id="a",
            path="a.txt",
            title="Corvid Opens a Park",
            text=body,
            sha256=hashlib.sha256(raw).hexdigest(),
            published=articles[0].published,
            url="https://lake.example/1",
            publisher="Lake Daily",
            author="Jane Roe",
            title_span=Span(1, 20),
            furniture=(Span(22, 44),),
        )
    ]
    assert str(articles[0].published) == "2021-05-03"


def test_dateline_dates_an_article_without_front_matter(tmp_path: Path) -> None:
    """The date of the dateline is the date of publication; that of front matter goes first."""
    text = f"Corvid Opens a Park\n\nLedgers | May 3, 2021 By:\n\n{TEXT}"
    articles, _ = read(tmp_path, {"a.txt": text, "b.txt": f"---\npublished: 2020-01-02\n---\n{text}"})
    assert [str(article.published) for article in articles] == ["2021-05-03", "2020-01-02"]


def test_article_without_headline_is_called_by_its_opening(tmp_path: Path) -> None:
    """There is always a title to show; it has a span only where the text has one."""
    articles, _ = read(tmp_path, {"a.txt": TEXT})
    assert articles[0].title == "Corvid Labs said on Monday that it would open a park in the north of Lagos."
    assert articles[0].title_span is None


def test_records_of_jsonl(tmp_path: Path) -> None:
    """Each line is an article, named by id or line, with the fields of front matter; its hash is of the line."""
    lines = [
        json.dumps({"text": TEXT, "title": "A Park", "published": "2021-05-03", "id": "p 1"}),
        "",
        json.dumps({"text": f"A Park\n\n{TEXT}"}),
        json.dumps({"text": TEXT, "id": 7}),
    ]
    articles, skipped = read(tmp_path, {"n.jsonl": "\r\n".join(lines)})
    assert skipped == []
    assert [article.id for article in articles] == ["n.jsonl#3", "n.jsonl#7", "n.jsonl#p 1"]
    assert [article.path for article in articles] == ["n.jsonl#3", "n.jsonl#7", "n.jsonl#p 1"]
    assert (articles[2].title, str(articles[2].published)) == ("A Park", "2021-05-03")
    assert articles[2].sha256 == hashlib.sha256(lines[0].encode()).hexdigest()
    assert all(article.extracted for article in articles)


def test_jsonl_in_other_encodings(tmp_path: Path) -> None:
    """UTF-16 with its mark and UTF-8 with one are read like plain UTF-8."""
    line = json.dumps({"text": f"Łódź. {TEXT}"}, ensure_ascii=False)
    articles, _ = read(tmp_path, {"a.jsonl": line.encode("utf-16"), "b.jsonl": line.encode("utf-8-sig")})
    assert [article.text for article in articles] == [f"Łódź. {TEXT}"] * 2


def test_escapes_of_json_are_made_storable(tmp_path: Path) -> None:
    """Lone surrogates and NUL, which no output can hold, are replaced; line ends become line feeds."""
    articles, _ = read(
        tmp_path, {"a.jsonl": '{"text": "The \\ud800 of \\u0000 the city.\\r\\nIt was.", "title": "\\udfff"}'}
    )
    assert articles[0].text == "The \ufffd of \ufffd the city.\nIt was."
    assert articles[0].title == "\ufffd"


def test_western_bytes_are_noted(tmp_path: Path) -> None:
    """A file that is not UTF-8 is read, and the article carries a note."""
    articles, _ = read(tmp_path, {"a.txt": "The café of the city.".encode("latin-1")})
    assert articles[0].text == "The café of the city."
    assert articles[0].notes == ("1 byte that is not UTF-8, read as Windows-1252",)


def test_five_megabytes_are_read_in_seconds(tmp_path: Path) -> None:
    """A long article is read, and quickly."""
    started = time.process_time()
    articles, _ = read(tmp_path, {"a.txt": TEXT * (5_000_000 // len(TEXT))})
    assert len(articles[0].text) > 4_900_000
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "filling", [" ", "-", "- ", "--", "(", "A, ", "#", "\n", "---\n", "By ", "| ", "1 May ", "\t-\t"]
)
def test_hostile_text_is_read_quickly(tmp_path: Path, filling: str) -> None:
    """No pattern takes more than linear time on a long run of its own beginnings."""
    started = time.process_time()
    for ending in ("txt", "md"):
        file = write(tmp_path, {f"a.{ending}": filling * (300_000 // len(filling)) + TEXT}) / f"a.{ending}"
        read_sources([file])
    assert time.process_time() - started < 10


# What articles are called


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("a.txt", "a.md"), ["a.md", "a.txt"]),
        (("a.txt", "a.md", "a.md.txt"), ["a.md", "a.md.txt", "a.txt"]),
        (("a/b.txt", "b.txt"), ["a/b", "b"]),
        (("a.b.txt", "a.txt"), ["a", "a.b"]),
    ],
)
def test_clashing_names_keep_their_ending(tmp_path: Path, names: tuple[str, ...], expected: list[str]) -> None:
    """Ids are unique and as short as that allows."""
    assert ids(tmp_path, *names) == expected


def test_sources_with_equal_names(tmp_path: Path) -> None:
    """Files of the same path in two sources are told apart by the sources' names, in any order of the sources."""
    write(tmp_path, {"x/a.txt": TEXT, "y/a.txt": TEXT, "y/b.txt": TEXT})
    for sources in ([tmp_path / "x", tmp_path / "y"], [tmp_path / "y", tmp_path / "x"]):
        articles, _ = read_sources(sources)
        assert [article.id for article in articles] == ["b", "x/a.txt", "y/a.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """Naming a folder and a file in it makes no second article."""
    write(tmp_path, {"a.txt": TEXT})
    articles, skipped = read_sources([tmp_path, tmp_path / "a.txt"])
    assert (len(articles), skipped) == (1, [])


def test_records_with_one_id(tmp_path: Path) -> None:
    """The second record of an id is named, not lost."""
    line = json.dumps({"text": TEXT, "id": "x"})
    articles, skipped = read(tmp_path, {"a.jsonl": f"{line}\n{line}\n"})
    assert [article.id for article in articles] == ["a.jsonl#x"]
    assert skipped == [Skipped("a.jsonl#2", "has the id of line 1; give each record an id of its own")]


def test_accents_make_one_name(tmp_path: Path) -> None:
    """Letters composed and decomposed, as file systems have them, give the same id."""
    assert ids(tmp_path, unicodedata.normalize("NFD", "Łódź-é.txt")) == [unicodedata.normalize("NFC", "Łódź-é")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A file whose name no output can hold is named as far as it goes."""
    write(tmp_path, {"good.txt": TEXT})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT, encoding="utf-8")
    _, skipped = read_sources([tmp_path])
    assert skipped == [Skipped("caf\ufffd.txt", "its name is not UTF-8; rename it")]


# What is skipped


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", " \n\t\n", "is empty"),
        ("a.html", b"\n", "is empty"),
        ("a.txt", "---\ntitle: A\n---\n\n", "is empty"),
        ("a.txt", GERMAN, "written in German; kg reads English"),
        ("a.txt", f"---\nlanguage: fr-CA\n---\n{TEXT}", "written in French; kg reads English"),
        ("a.txt", b"\x7fELF" + bytes(64), "is no text: it holds NUL bytes"),
        ("a.txt", f"---\npublished: 3 May\n---\n{TEXT}", 'its published is "3 May", not a date such as 2019-11-20'),
        ("a.txt", "---\npublished: 2021-02-30\n---\nA", 'its published is "2021-02-30", not a date such as 2019-11-20'),
        ("a.md", f"---\nurl: lake\n---\n{TEXT}", 'its url is "lake", not a web address such as https://example.org/news/1'),
        ("a.md", f"---\nlanguage: 1\n---\n{TEXT}", 'its language is "1", not a language code such as en'),
        ("a.txt", b"x" * 10_000_001, "is too large (10.0 MB): kg reads up to 10 MB; split it"),
        ("a.html", "<p>Hi", "has no article in it that kg can find; save its text as .txt"),
        ("a.jsonl", "{", "is no JSON: Expecting property name enclosed in double quotes at character 2"),
        ("a.jsonl", "[1]", 'is no JSON object; write {"text": "..."} on a line'),
        ("a.jsonl", '{"title": "A"}', 'has no "text"'),
        ("a.jsonl", '{"text": ["A"]}', 'has no "text"'),
        ("a.jsonl", '{"text": ""}', "is empty"),
        ("a.jsonl", '{"text": "A b", "title": 5}', "its title is no line of text; write title as text"),
        ("a.jsonl", "[" * 100_000, UNREADABLE_JSON),
        ("a.jsonl", '{"id": ' + "1" * 5_000 + "}", UNREADABLE_JSON),
        ("a.jsonl", b"\xff\xfe{", "starts as UTF-16 but is damaged at byte 2; save it as UTF-8"),
        ("a.jsonl", GERMAN.join(('{"text": "', '"}')).replace("\n", ""), "written in German; kg reads English"),
    ],
    ids=range(23),
)  # fmt: skip
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: str | bytes, expected: str) -> None:
    """A bad article is skipped with its reason, and the good one beside it is read."""
    assert reason(tmp_path, name, content) == expected


def test_declared_english_is_believed(tmp_path: Path) -> None:
    """Front matter that says English settles the question."""
    articles, _ = read(tmp_path, {"a.txt": f"---\nlanguage: en-GB\n---\n{GERMAN}"})
    assert articles[0].language == "en"


def test_links_do_not_loop(tmp_path: Path) -> None:
    """A link to a folder above is entered once; linked files count once."""
    write(tmp_path, {"a/b/x.txt": TEXT})
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "y.txt").symlink_to(tmp_path / "a" / "b" / "x.txt")
    articles, skipped = read_sources([tmp_path / "a"])
    assert len(articles) == 1
    assert skipped == []


def test_linked_folders_are_read(tmp_path: Path) -> None:
    """Articles may stand elsewhere and be linked to."""
    write(tmp_path, {"elsewhere/x.txt": TEXT})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere")
    articles, _ = read_sources([tmp_path / "in"])
    assert [article.id for article in articles] == ["link/x"]


def test_broken_links_and_pipes_are_named(tmp_path: Path) -> None:
    """What is no file is skipped without waiting for it."""
    write(tmp_path, {"good.txt": TEXT})
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    _, skipped = read_sources([tmp_path])
    assert skipped == [
        Skipped("gone.txt", "cannot be read (No such file or directory); make it readable or move it away"),
        Skipped("pipe.txt", "is no file but a pipe or device"),
    ]


def test_folders_with_endings_are_folders(tmp_path: Path) -> None:
    """A folder called x.txt is walked."""
    assert ids(tmp_path, "x.txt/a.txt") == ["x.txt/a"]


# What stops a build


def test_missing_path(tmp_path: Path) -> None:
    """A path that does not exist is a mistake of the user."""
    with pytest.raises(UsageError, match="nowhere: no such file or folder; name a folder of articles or an article"):
        read_sources([tmp_path / "nowhere"])


def test_folder_without_articles(tmp_path: Path) -> None:
    """A folder without any article is one too, and the kinds that are read are named."""
    write(tmp_path, {"a.pdf": TEXT})
    with pytest.raises(
        UsageError, match=r"no article in it; kg reads \.txt, \.md, \.html and \.jsonl files, at any depth"
    ):
        read_sources([tmp_path])


def test_only_bad_articles(tmp_path: Path) -> None:
    """Where no article can be read, the reasons are given."""
    write(tmp_path, dict.fromkeys((f"{n}.txt" for n in range(7)), ""))
    with pytest.raises(UsageError, match=r"no article in it can be read:\n  0\.txt: is empty(.|\n)*\n  and 2 more"):
        read_sources([tmp_path])


def test_named_file_of_another_kind(tmp_path: Path) -> None:
    """A file that is named but of no known kind is refused with the kinds there are."""
    write(tmp_path, {"a.pdf": TEXT})
    with pytest.raises(UsageError, match=r"a\.pdf: is of no kind that kg reads"):
        read_sources([tmp_path / "a.pdf"])


# Whatever the bytes

SNIPPETS = st.sampled_from(
    ["---\n", "title: A\n", "# ", "\n\n", "LAGOS, May 3, 2021 (Wire) - ", "By Jane Roe\n", "<p>", "</p>", "<html>", "|",
     '{"text": "', '", "id": "', '"}\n', "\\ud800", "\ufeff", "\x00", "\r", "- ", "```\n", "é", "###", "Corvid. "]
).map(str.encode)  # fmt: skip
ANY_BYTES = st.one_of(st.binary(max_size=200), st.lists(st.one_of(SNIPPETS, st.binary(max_size=5))).map(b"".join))


@pytest.mark.parametrize("ending", ["txt", "md", "html", "jsonl"])
@given(data=ANY_BYTES)
def test_any_bytes_give_an_article_or_a_reason(ending: str, data: bytes) -> None:
    """Nothing that a file can hold raises anything else, and all spans lie in the text, sorted, without overlap."""
    folder = Path(tempfile.mkdtemp())
    try:
        articles, _ = read(folder, {"good.txt": TEXT, f"any.{ending}": data})
    finally:
        shutil.rmtree(folder)
    for article in articles:
        article.text.encode()
        article.title.encode()
        assert "\r" not in article.text
        if article.title_span:
            quoted = article.text[article.title_span.start : article.title_span.end]
            assert quoted.split() == article.title.split()
        ends = [offset for span in article.furniture for offset in (span.start, span.end)]
        assert ends == sorted(ends)
        assert not ends or ends[-1] <= len(article.text)
