"""Pages into text: the Jinja environment, and what templates may call."""

from __future__ import annotations

import html
from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from jinja2 import FileSystemLoader, StrictUndefined, pass_eval_context, select_autoescape
from jinja2.nodes import EvalContext
from markupsafe import Markup

from generator import citation, urls
from generator.citation import Citation
from generator.content.settings import Settings
from generator.model import Page, Paper
from generator.plan import api, charts
from generator.plan.feeds import Listed
from generator.plan.rows import Item
from generator.system import timing
from generator.text import markup
from generator.text.inert import inert
from generator.theme import content_security, palette, xhtml
from generator.theme.assets import shrunk
from generator.theme.environment import SiteEnvironment, called, escaped, in_query
from generator.theme.moments import Moment
from generator.theme.strings import Strings

# Texts whose HTML is kept at hand: a digest, its papers and the feeds show the same ones.
MEMO = 1024
ROWS = 16 * MEMO  # rows of long lists: short ones, and a month, its weeks and its topics share them
# Where feeds and sitemap point while site.url is not set: the address that `serve` has.
LOCAL = "http://localhost:8000/"
_encoded = msgspec.json.Encoder().encode


class SiteTheme(NamedTuple):
    """What a site has of its own for every page.

    ``templates`` are the folders that go before ours, ``style`` is the path of its style sheet,
    ``navigation`` its own links there (name, target), ``unplaced`` those of its pages that are not
    among them. ``is_own`` says whether it has files of its own.
    """

    templates: tuple[Path, ...] = ()
    style: str = ""
    is_own: bool = False
    navigation: tuple[tuple[str, str], ...] = ()
    unplaced: tuple[tuple[str, str], ...] = ()


PLAIN = SiteTheme()


class Renderer:
    """Renders pages, one at a time, in the language and under the address of ``settings``.

    ``templates`` is the folder of templates; strings/ in it has one file a language. What ``site``
    has of its own goes before them. The same page always gives the same text, whatever was
    rendered before it. One slug is one paper.
    """

    def __init__(self, templates: Path, settings: Settings, site: SiteTheme = PLAIN) -> None:
        self._root = self._path = self._folder = ""
        self._pieces: dict[tuple[str, str, str], Markup] = {}
        self._settings = settings
        self._base = settings.url or LOCAL
        self._rows: dict[tuple[str, str], Markup] = {}
        self._cited: dict[str, Citation] = {}
        self._entries = lru_cache(MEMO // 2)(self._new_entry)
        self._unique: tuple[tuple[Paper, ...], tuple[Citation, ...]] = (), ()
        folders = [*site.templates, templates]
        theme = shrunk("_theme.js", _first(folders, "_theme.js").read_bytes()).decode().strip()
        own = site.templates[0] / "strings" if site.templates else None
        strings = Strings(templates / "strings", settings.language, own)
        self.strings = strings
        self._places = {*urls.NAVIGATION.values(), *(target for _, target in site.navigation)}
        self._environment = SiteEnvironment(
            constants={"site": settings, "urls": urls},
            functions={
                "t": strings,
                "day": strings.day,
                "when": lru_cache(MEMO)(strings.when),
                "feed_id": lru_cache(MEMO)(partial(urls.feed_id, settings.feed_id or self._base)),
                "urls": urls,
                "link": self._link,
                "beside": self._beside,
                "piece": self._piece,
                "brief_row": self._brief_row,
                "cite": self._cite,
                "citations": self._citations,
                "json_ld": _json_ld,
                "absolute": lru_cache(MEMO)(self._absolute),
                "rfc3339": lru_cache(MEMO)(Moment(settings.timezone).rfc3339),
                "rfc822": lru_cache(MEMO)(Moment(settings.timezone).rfc822),
            },
            pure=frozenset(["t", "t.has", "absolute"]),
            known=repr((settings, strings.language, strings.texts)),
            loader=FileSystemLoader(folders),
            autoescape=select_autoescape(["html", "xml"], default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.globals |= {
            "charts": charts,
            "theme_script": Markup(theme),  # noqa: S704 - our own file, named by its hash in the policy
            "navigation": site.navigation,
            "own_style": site.style,
            "site_pages": site.unplaced,
            "policy": Markup(content_security.content_security(theme, settings, fonts=site.is_own)),  # noqa: S704 - nothing in it ends an attribute
        }
        if settings.accent:
            self._environment.globals["accents"] = palette.accents(settings.accent)
        self._environment.filters |= {
            "urlencode": in_query,
            "allowing": content_security.allowing,
            "html": lru_cache(MEMO)(_html),
            "inline": lru_cache(MEMO)(_inline),
            "text": lru_cache(MEMO)(markup.to_text),
            "inert": inert,
            "entry": self._entry,
            "digest_entry": lru_cache(MEMO)(self._digest_entry),
            "escaped": _escaped,
            "xhtml": xhtml.blocks,
            "xhtml_line": xhtml.line,
            "quoted": _quoted,
            "json": _json,
            "bibtex": citation.bibtex,
            "bibtex_title": citation.bibtex_title,
            "ris": citation.ris,
            "csl_json": citation.csl_json,
            "highwire": citation.highwire,
            "more": citation.more,
            "venue": citation.venue,
            "sentence": citation.sentence,
        }
        text = self._environment.filters["text"]
        self._environment.filters["api_digest"] = partial(api.written, text)

    def text(self, markdown: str) -> str:
        """Return ``markdown`` as plain text."""
        found: str = self._environment.filters["text"](markdown)
        return found

    def prepare(self) -> None:
        """Compile all templates; raises jinja2.TemplateSyntaxError."""
        for name in self._environment.list_templates(["html", "xml", "json", "js"]):
            self._environment.get_template(name)

    def render(self, page: Page) -> bytes:
        """Return the file that ``page`` is."""
        template = self._environment.get_template(page.template)
        self._root = self._root_of(page.path)
        self._path = page.path
        self._folder = page.path[: page.path.rfind("/") + 1]
        names = {**page.context, "path": page.path, "root": self._root}
        data = self._environment.rendered(template, names).encode()
        if page.path.endswith(".js"):
            return shrunk(page.path, data)
        if page.path.endswith((".xml", ".opml", ".xhtml", ".opf")):
            return xhtml.possible(data)
        return data

    @pass_eval_context
    def _entry(self, context: EvalContext, item: Item) -> str:
        """Return ``item`` as feeds carry it: a fragment of HTML, escaped where the feed is XML."""
        return self._entries(item)[bool(context.autoescape)]

    def _new_entry(self, item: Item) -> tuple[str, Markup]:
        """Return the same as JSON and as XML carry it."""
        template = self._environment.get_template("_feed_item.html")
        entry = self._environment.rendered(template, {"paper": item})
        return entry, _safe(escaped(entry))

    def _digest_entry(self, digest: Listed) -> str:
        """Return ``digest`` as its feed carries it: a fragment of HTML, still to be escaped."""
        template = self._environment.get_template("_digest_entry.html")
        return self._environment.rendered(template, {"digest": digest})

    def _cite(self, paper: Paper) -> Citation:
        """Return what there is to cite of ``paper``, kept for the exports of its digest."""
        one = self._cited.get(paper.slug)
        if one is None:
            at = urls.paper(paper.slug, paper.folder, self._settings.papers_by_month)
            page = self._absolute(at) if self._settings.url else ""
            text = self._environment.filters["text"]
            one = citation.cite(paper, page=page, text=text)
            if len(self._cited) >= MEMO:
                self._cited.clear()
            self._cited[paper.slug] = one
        return one

    def _citations(self, papers: Iterable[Paper]) -> tuple[Citation, ...]:
        """Return what there is to cite of ``papers``, with keys no two alike.

        Kept until others are asked for: a digest has three exports.
        """
        papers = tuple(papers)
        if papers != self._unique[0]:
            self._unique = papers, citation.unique(map(self._cite, papers))
        return self._unique[1]

    def _piece(self, name: str) -> Markup:
        """Return what the template ``name`` gives on the page being rendered.

        It must show nothing of that page but its place: pages at the same depth share the text,
        but for those that the navigation names.
        """
        place = self._path if self._path in self._places else ""
        key = (name, self._root, place)
        text = self._pieces.get(key)
        if text is None:
            rendered = self._environment.get_template(name).render(path=place, root=self._root)
            text = self._pieces[key] = Markup(rendered)  # noqa: S704  # a template has escaped it
        return text

    def _brief_row(self, item: Item) -> Markup:
        """Return what a long list says of a paper, at its own rank: many lists say the same.

        The paper's slug tells it from others: what else there is to say of it never changes.
        """
        key = (item.slug, self._root)
        text = self._rows.get(key)
        if text is None:
            if len(self._rows) >= ROWS:
                self._rows.clear()
            template = self._environment.get_template("_row.html")
            text = self._rows[key] = called(template, "row", item, item.rank, False)  # noqa: FBT003  # the macro's
        return text

    def _root_of(self, path: str) -> str:
        """Return what leads from the page at ``path`` to the site's root.

        404.html is served at any depth, so it needs the address itself where that is known.
        """
        if path == urls.NOT_FOUND and self._settings.url:
            return self._settings.url.rstrip("/") + "/"
        return "../" * path.count("/")

    def _link(self, target: str) -> str:
        """Return the link from the page being rendered to the page at ``target``."""
        return self._root + target

    def _beside(self, target: str) -> str:
        """Return the same for a page that most likely lies in the same folder, or elsewhere."""
        if "://" in target:
            return target
        if target.startswith(self._folder):
            return target[len(self._folder) :]
        return self._root + target

    def _absolute(self, target: str) -> str:
        """Return the whole address of ``target``."""
        return urls.absolute(target, self._base)


def _first(folders: Iterable[Path], name: str) -> Path:
    """Return the first file ``name`` that one of ``folders`` has."""
    return next(path for folder in folders if (path := folder / name).is_file())


def _safe(text: str) -> Markup:
    """Return what Markup(text) does, which first looks at what ``text`` is."""
    return str.__new__(Markup, text)


def _html(text: str) -> Markup:
    with timing.charge_closely("markdown"):
        return _safe(markup.to_html(text))


def _json(data: object) -> str:
    return _encoded(data).decode()


def _quoted(text: str) -> str:
    """Return ``text`` as JSON, HTML too, which is a text of its own kind."""
    return _encoded(str(text)).decode()


def _escaped(text: str) -> str:
    """Return ``text`` as HTML that shows it, itself still to be escaped."""
    return html.escape(text, quote=False)


def _json_ld(one: Citation) -> Markup:
    """Return the JSON of ``one`` as it may stand in a <script>."""
    return _safe(citation.script(citation.json_ld(one)))  # nothing in it ends the element


def _inline(text: str) -> Markup:
    return _safe(markup.to_inline_html(text))
