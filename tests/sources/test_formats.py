"""Every format but the copied page: recognised by content, parsed whole, refused with its place."""

from __future__ import annotations

import datetime as dt
import gzip
import html
import json
import lzma
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from generator import sources
from generator.model import Paper
from generator.system.errors import GazetteError

TODAY = dt.date(2026, 3, 1)
DAY = dt.date(2025, 9, 23)
ENTRY: Mapping[str, Any] = {
    "paper": {
        "id": "2509.00001",
        "authors": [{"name": "Ada Lovelace", "hidden": False}, {"name": "Alan  Turing"}, None],
        "title": "Pointer\nNetworks",
        "summary": "We introduce\npointers. Code at https://github.com/a/b.",
        "publishedAt": "2025-09-22T20:00:00.000Z",
        "submittedOnDailyAt": "2025-09-23T01:02:03.000Z",
        "submittedOnDailyBy": {"user": "ak", "fullname": "AK"},
        "upvotes": 42,
        "projectPage": "https://a.github.io/pointers",
        "githubRepo": "https://github.com/a/pointers",
        "githubStars": 7,
        "ai_summary": "Pointers, in one line.",
        "ai_keywords": ["attention", "geometry", "attention"],
        "organization": {"name": "brain", "fullname": "Google Brain"},
    },
    "publishedAt": "2025-09-22T16:00:00.000Z",
    "title": "Pointer Networks",
    "numComments": 3,
    "submittedBy": {"name": "ak"},
}
API = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
 <updated>2025-09-23T00:00:00-04:00</updated>
 <entry>
  <id>http://arxiv.org/abs/2509.00001v1</id><published>2025-09-22T17:59:59Z</published>
  <title>Pointer
  Networks</title><summary>  First version.</summary>
 </entry>
 <entry>
  <id>https://arxiv.org/abs/2509.00001v2</id><published>2025-09-22T17:59:59Z</published>
  <title>Pointer
  Networks</title><summary>  We introduce pointers.
</summary>
  <author><name>Ada Lovelace</name></author><author><name>Alan Turing</name></author>
  <arxiv:comment>12 pages</arxiv:comment><arxiv:doi>10.1000/x.y</arxiv:doi>
  <arxiv:journal_ref>J. Pointers 1 (2025)</arxiv:journal_ref>
  <arxiv:primary_category term="cs.LG"/><category term="cs.CL"/><category term="cs.LG"/>
  <category term="68T05"/><category term="I.2.7"/>
 </entry>
 <entry>
  <id>http://arxiv.org/abs/hep-ex/0307015v1</id><published>2025-09-22T17:59:59Z</published>
  <title>Old</title><summary>Old.</summary>
 </entry>
</feed>"""
RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
 <pubDate>Tue, 23 Sep 2025 00:00:00 -0400</pubDate>
 <item><title>Pointer Networks</title><link>https://arxiv.org/abs/2509.00001</link>
  <description>arXiv:2509.00001v1 Announce Type: new
Abstract: We introduce pointers.</description>
  <guid isPermaLink="false">oai:arXiv.org:2509.00001v1</guid><category>cs.LG</category>
  <arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ada Lovelace, Alan Turing</dc:creator>
 </item>
 <item><title>Older</title><link>https://arxiv.org/abs/2401.00001</link>
  <description>arXiv:2401.00001v3 Announce Type: replace-cross
Abstract: Again.</description><guid>oai:arXiv.org:2401.00001v3</guid>
 </item></channel></rss>"""
RECORD: Mapping[str, Any] = {
    "id": "2509.00001",
    "abs": "https://arxiv.org/abs/2509.00001",
    "authors": ["Ada Lovelace", "Alan Turing"],
    "title": "Pointer Networks",
    "categories": ["cs.LG", "cs.CL"],
    "comment": None,
    "summary": "We introduce\npointers.\n  And more.",
    "digest_date": "2025-09-23",
}
BIBTEX = r"""
@string{nips = "Advances in Neural Information Processing"}
@comment{not an entry}
@inproceedings{vinyals,
  title = {{P}ointer {Networks} for {\"O}rders},
  author = "Vinyals, Oriol and Meire Fortunato and {\'E}lie, Jr, Jean and others",
  booktitle = nips # " Systems", volume = 28, pages = {1--9}, year = 2015,
  eprint = {1506.03134}, archivePrefix = {arXiv}, keywords = {pointers; attention},
  doi = {10.1000/x\_y}, abstract = {We introduce \emph{pointers}.},
}
"""


def parse(data: str | bytes, date: dt.date | None = None) -> sources.Parsed:
    """Return what a document parses to."""
    held = data.encode() if isinstance(data, str) else data
    return sources.parse(sources.Document("in", held, date, TODAY))


def papers(data: str | bytes, date: dt.date | None = None) -> tuple[Paper, ...]:
    """Return the papers of a document with one digest."""
    (digest,) = parse(data, date).digests
    assert digest.date == DAY
    return digest.papers


def entry(**changes: object) -> Mapping[str, Any]:
    """Return the API's entry with other values in its paper."""
    return {**ENTRY, "paper": {**ENTRY["paper"], **changes}}


def test_hugging_face() -> None:
    """All facts come along; the summary line is kept apart from the abstract."""
    (paper,) = papers(json.dumps([ENTRY]))
    assert (paper.title, paper.arxiv, paper.slug) == (
        "Pointer Networks",
        "2509.00001",
        "pointer-networks",
    )
    assert paper.abstract == "We introduce pointers. Code at https://github.com/a/b."
    assert paper.authors == ("Ada Lovelace", "Alan Turing")
    assert paper.published == "2025-09-22"
    assert (paper.votes, paper.comments, paper.stars) == (42, 3, 7)
    assert paper.summary == "Pointers, in one line."
    assert paper.topics == ("attention", "geometry")
    assert (paper.organization, paper.submitter) == ("Google Brain", "AK")
    assert paper.links == {
        "code": "https://github.com/a/pointers",
        "project": "https://a.github.io/pointers",
        "code-2": "https://github.com/a/b",
    }


def test_hugging_face_with_nothing_but_what_must_be_there() -> None:
    """Keys may be missing or null; what is no web address is no link."""
    bare = {"paper": {"id": "2509.00002", "title": "A", "authors": None, "upvotes": None}}
    (paper,) = papers(json.dumps([bare]), DAY)
    assert (paper.authors, paper.votes, paper.links) == ((), None, {})
    (paper,) = papers(json.dumps([entry(githubRepo="javascript:alert(1)", summary="")]))
    assert "code" not in paper.links


def test_a_week_of_hugging_face() -> None:
    """The days of submission, in UTC, are the digests."""
    later = "2025-09-24T23:30:00-05:00"
    answer = [entry(), entry(id="2509.00002", submittedOnDailyAt=later), entry()]
    parsed = parse(json.dumps(answer))
    assert [digest.date.day for digest in parsed.digests] == [23, 25]
    assert parsed.notices == (
        sources.Notice(1, "2509.00001 is listed twice on 2025-09-23: kept once"),
    )
    assert parse("[]").digests == ()


def test_a_saved_page() -> None:
    """The page's own data is read; without it, its visible text and its links."""
    props = html.escape(json.dumps({"dailyPapers": [ENTRY]}))
    page = f'<!DOCTYPE html><html><body><div data-props="{props}"></div></body></html>'
    assert papers(page) == papers(json.dumps([ENTRY]))
    abstract = "We introduce a network that points. " * 9
    page = (
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body>"
        "<nav>Models</nav>"
        "<h1>Daily Papers</h1><p>by<a href='/akhaliq'>AK</a></p><time>Sep 23</time>"
        "<article><button>Upvote</button><div>101</div>"
        "<h3><a href='/papers/2509.00001'>Pointer\n <b>Networks</b></a></h3>"
        f"<p><a href='/papers/2509.00001'>{abstract}</a></p><script>x('<p>')</script></article>"
        "<footer><a href='/tos'>TOS</a></footer></body></html>"
    )
    (paper,) = papers(page)
    assert (paper.title, paper.arxiv, paper.votes) == ("Pointer Networks", "2509.00001", 101)
    assert paper.abstract == abstract.strip()


def test_arxiv_api() -> None:
    """Versions are folded, codes of other schemes are no topics, facts come along."""
    first, old = papers(API, DAY)
    assert (first.title, first.arxiv, first.abstract) == (
        "Pointer Networks",
        "2509.00001",
        "We introduce pointers.",
    )
    assert first.authors == ("Ada Lovelace", "Alan Turing")
    assert (first.topics, first.doi) == (("cs.LG", "cs.CL"), "10.1000/x.y")
    assert (first.journal, first.remark) == ("J. Pointers 1 (2025)", "12 pages")
    assert first.published == "2025-09-22"
    assert old.arxiv == "hep-ex/0307015"
    assert parse(API).digests[0].date == dt.date(2025, 9, 22)


def test_arxiv_daily_feed() -> None:
    """A daily feed has its day; replacements are no news."""
    (paper,) = papers(RSS)
    assert (paper.arxiv, paper.abstract) == ("2509.00001", "We introduce pointers.")
    assert (paper.authors, paper.topics) == (("Ada Lovelace", "Alan Turing"), ("cs.LG",))
    assert parse(RSS).notices == (sources.Notice(0, "1 replacements of known papers left out"),)
    empty = parse('<rss version="2.0"><channel></channel></rss>')
    assert (empty.digests, empty.notices[0].message) == ((), "the feed is empty: no papers")


def test_json_lines() -> None:
    """One line is one paper; days are digests, oldest first; wrapped text is unwrapped."""
    other = {**RECORD, "id": "2509.00002", "title": "Earlier", "digest_date": "2025-09-22"}
    rows = "\n".join(map(json.dumps, [RECORD, RECORD, {}, other])).replace("{}", "")
    parsed = parse(rows)
    assert [digest.date.day for digest in parsed.digests] == [22, 23]
    assert parsed.notices == (
        sources.Notice(2, "2509.00001 is listed twice on 2025-09-23: kept once"),
    )
    (paper,) = parsed.digests[1].papers
    assert paper.abstract == "We introduce pointers.\n\nAnd more."
    assert (paper.authors, paper.topics) == (("Ada Lovelace", "Alan Turing"), ("cs.LG", "cs.CL"))
    assert parse(lzma.compress(rows.encode())) == parse(gzip.compress(rows.encode())) == parsed


def test_other_json_lines() -> None:
    """Another archive's names for the same things are known."""
    record = {
        "id": "hep-ex/0307015",
        "title": "A",
        "abstract": "B.",
        "authors": "A B, C D and E F",
        "categories": "hep-ex cs.LG",
        "journal-ref": "J. 1",
        "doi": "10.1000/x",
        "comments": "c",
    }
    (paper,) = papers(json.dumps(record), DAY)
    assert paper.authors == ("A B", "C D", "E F")
    assert (paper.topics, paper.journal, paper.remark) == (("hep-ex", "cs.LG"), "J. 1", "c")


def test_bibtex() -> None:
    """A reading list: braces, macros, accents and name forms are BibTeX's own matter."""
    (paper,) = papers(BIBTEX, DAY)
    assert paper.title == r"Pointer Networks for {\"O}rders"
    assert paper.slug == "pointer-networks-for-orders"
    assert paper.authors == ("Oriol Vinyals", "Meire Fortunato", "Jean Élie Jr")
    assert paper.others
    assert (paper.arxiv, paper.doi) == ("1506.03134", "10.1000/x_y")
    assert paper.topics == ("pointers", "attention")
    assert paper.venue == "Advances in Neural Information Processing Systems"
    assert (paper.volume, paper.pages, paper.published) == ("28", "1–9", "2015")
    assert paper.type == "paper-conference"


@pytest.mark.parametrize(
    "title",
    [
        "x" * 2000,
        "emoji 🎉 and \u200fעברית",
        "control \x07\x1b characters \x85",
        "<script>alert(1)</script>",
    ],
)
def test_odd_titles(title: str) -> None:
    """Long, foreign and hostile titles are titles; what no text may hold is left out."""
    (paper,) = papers(json.dumps({**RECORD, "title": title}))
    assert paper.title == title.translate(dict.fromkeys([7, 27, 0x85])).replace("  ", " ").strip()
    assert len(paper.slug) <= 80


def test_a_thousand_papers() -> None:
    """A large digest is one digest in its order."""
    rows = [{**RECORD, "id": f"2509.{n:05}", "title": f"Paper {n}"} for n in range(1000)]
    found = papers("\n".join(map(json.dumps, rows)))
    assert [paper.title for paper in found] == [f"Paper {n}" for n in range(1000)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (json.dumps([ENTRY])[:-90], "in:1: the JSON is cut off: it ends too early"),
        (json.dumps([ENTRY], indent=1)[:-9], "in:42: the JSON is cut off: it ends too early"),
        ("[{]", "in:1: this is no JSON: "),
        ('{"error": "Internal"}', "in:1: expected a list of papers; the answer is: Internal"),
        (
            '{"dailyPapers": null, "error": "down"}',
            "in:1: expected a list of papers; the answer is",
        ),
        (
            "<!DOCTYPE html><html><h1>502 Bad Gateway</h1></html>",
            "in: this seems to be the page of a server that was out of order",
        ),
        ("Rate exceeded.", "in:1: arXiv answered 'Rate exceeded.'"),
        (API[:-40], "in:22: this is no whole XML"),
        (
            API.replace("arxiv.org/abs/", "example.org/"),
            "in:4: id 'http://example.org/",
        ),
        (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><rss/>',
            "in:1: a feed with a DOCTYPE",
        ),
        (
            API[: API.index("<entry>")] + "<entry><id>http://arxiv.org/api/errors#x</id>"
            "<title>Error</title><summary>incorrect id</summary></entry></feed>",
            "in:4: arXiv refused the question: incorrect id",
        ),
        (BIBTEX, "in: BibTeX says no day"),
        (lzma.compress(b"x" * 999)[:-20], "in: the archive is damaged or cut off"),
        (b"[{\xff", "in:1: this is no JSON"),
    ],
)
def test_what_is_refused(data: str | bytes, said: str) -> None:
    """Broken, cut off or in another shape: refused with file, line or field."""
    with pytest.raises(GazetteError) as refused:
        parse(data)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('[{"paper": null}]', "[0].paper.id: None is not an arXiv id"),
        (json.dumps([entry(id=2503.0213)]), "[0].paper.id: 2503.0213 is not an arXiv id"),
        (json.dumps([entry(id="abc")]), "[0].paper.id: 'abc' is not an arXiv id like"),
        (json.dumps([entry(submittedOnDailyAt=None)]), "[0].paper.submittedOnDailyAt is missing"),
        (json.dumps([entry(submittedOnDailyAt="soon")]), "[0].paper.submittedOnDailyAt: 'soon'"),
        ("[null]", "[0]: expected an object"),
        (json.dumps({**RECORD, "digest_date": None}), "digest_date is missing"),
        (json.dumps({**RECORD, "digest_date": "2025-02-30"}), "digest_date: '2025-02-30' is"),
        (json.dumps({**RECORD, "title": ""}), "title: is empty"),
        (json.dumps({**RECORD, "title": "\ufdd0"}), "title: is empty"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(data: str, said: str) -> None:
    """With its line and its field; it is no reason to refuse the others."""
    parsed = parse(data)
    assert parsed.digests == ()
    (notice,) = parsed.left_out
    assert notice.line == 1
    assert notice.message.startswith(said)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"authors": "A"}, ()),
        ({"upvotes": 10**30}, ("upvotes: expected a count, found a number that is none",)),
        ({"upvotes": -1}, ("upvotes: expected a count",)),
        ({"authors": 5, "ai_summary": {}}, ("authors: expected a list of names, found a number",)),
        ({"githubRepo": "https://[bad/x"}, ("githubRepo: 'https://[bad/x' is no web address",)),
        ({"publishedAt": "soon"}, ("publishedAt: 'soon' is no date",)),
    ],
)
def test_a_field_of_another_kind_is_named_and_the_rest_is_taken(
    changes: dict[str, object], said: tuple[str, ...]
) -> None:
    """One odd fact is no reason to lose a paper."""
    parsed = parse(json.dumps([entry(**changes)]))
    assert [paper.title for paper in parsed.digests[0].papers] == ["Pointer Networks"]
    assert [notice.message for notice in parsed.left_out] == [
        notice.message for notice in parsed.left_out if any(part in notice.message for part in said)
    ]
    assert len(parsed.left_out) == len(said)


@pytest.mark.parametrize("opener", [gzip.compress, lzma.compress])
def test_an_archive_that_is_made_to_fill_the_memory_is_refused(
    opener: Callable[[bytes], bytes],
) -> None:
    """What holds far more than a list of its size would is not unpacked to its end."""
    with pytest.raises(GazetteError, match="far more than a list of papers"):
        parse(opener(b" " * 10**8))
    assert len(papers(opener(json.dumps([ENTRY]).encode()))) == 1
    several = b"".join(opener(part) for part in (b"[", json.dumps(ENTRY).encode(), b"]"))
    assert len(papers(several)) == 1
