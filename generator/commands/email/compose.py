"""The message of an edition: as much of each paper as a mail can hold.

Gmail clips what is longer than 102 KB, and then nobody finds the link to leave. So an edition shows
as much of each paper as fits: the beginning of its abstract, less of that, its title; at last only
the first papers, and how many more there are on the web.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec import structs

from generator.commands.email.edition import Edition
from generator.commands.email.recipients import Recipient
from generator.content.settings import Settings
from generator.library.library import Day, Library
from generator.model import Page
from generator.plan import rows
from generator.plan.rows import Item
from generator.system.errors import GazetteError
from generator.theme.render import Renderer

MOST_BYTES = 100_000  # of a message, all of its parts and headers
LEADS = (320, 200, 120, 0)  # characters of an abstract, tried in this order
_FEW = 3 / 4  # of the papers, where not even all titles fit: tried again and again


class Part(NamedTuple):
    """The papers of one day, as far as they are shown."""

    day: dt.date
    note: str
    papers: tuple[Item, ...]


class Composer:
    """Makes the messages of one edition; raises GazetteError where the site is not set up for it.

    Everybody with the same topics gets the same text.
    """

    def __init__(
        self, library: Library, settings: Settings, renderer: Renderer, edition: Edition
    ) -> None:
        if not settings.url:
            raise GazetteError("site.yaml: a mail needs `url`, the site's address, for its links")
        if not settings.email.get("from"):
            raise GazetteError("site.yaml: a mail needs `email: {from: ...}`, who sends it")
        self.edition = edition
        self._library = library
        self._settings = settings
        self._renderer = renderer
        self._texts: dict[tuple[str, ...], tuple[str, str] | None] = {}
        self._shared: dict[tuple[tuple[str, str], dt.datetime | None], EmailMessage] = {}

    def message(
        self, recipient: Recipient | None, now: dt.datetime | None = None
    ) -> EmailMessage | None:
        """Return the message for ``recipient``; None where the edition has nothing for them.

        Without a recipient it is the whole edition, addressed to nobody. ``now`` is the time that
        it bears; without one, it is the beginning of the edition's last day.
        """
        topics = recipient.topics if recipient else ()
        if topics not in self._texts:
            self._texts[topics] = self._fitting(topics)
        texts = self._texts[topics]
        return None if texts is None else self._put_together(texts, recipient, now)

    def _fitting(self, topics: tuple[str, ...]) -> tuple[str, str] | None:
        """Return text and HTML of as much as fits."""
        groups = [(day.date, day.note, self._chosen(day, topics)) for day in self.edition.days]
        total = sum(len(places) for _, _, places in groups)
        if not total:
            return None
        longest = Recipient("a" * 64 + "@" + "b" * 190)
        for lead, most in _steps(total):
            texts = self._rendered(groups, total, lead, most)
            if len(self._put_together(texts, longest, None).as_bytes(policy=SMTP)) <= MOST_BYTES:
                return texts
        raise GazetteError("site.yaml: title and description are too long for a mail")

    def _chosen(self, day: Day, topics: tuple[str, ...]) -> list[rows.Place]:
        """Return the papers of ``day`` under one of ``topics`` and none that has a minus."""
        wanted = {topic for topic in topics if not topic.startswith("-")}
        refused = {topic[1:] for topic in topics if topic.startswith("-")}
        facts = self._library.facts
        return [
            place
            for place in rows.of_day(day)
            if (not wanted or wanted & set(facts[place.slug].topics))
            and not refused & set(facts[place.slug].topics)
        ]

    def _rendered(
        self,
        groups: Iterable[tuple[dt.date, str, list[rows.Place]]],
        total: int,
        lead: int,
        most: int,
    ) -> tuple[str, str]:
        shown: list[Part] = []
        left = most
        for day, note, places in groups:
            items = tuple([self._item(place, lead) for place in places[:left]])
            left -= len(items)
            if items:
                shown.append(Part(day, note, items))
        context: Mapping[str, Any] = {
            "edition": self.edition,
            "subject": self.subject,
            "groups": shown,
            "total": total,
            "more": total - (most - left),
        }
        pages = [Page.of(f"mail/{name}", name, context) for name in ("email.txt", "email.html")]
        text, html = (self._renderer.render(page).decode() for page in pages)
        return text, inlined(html)

    def _item(self, place: rows.Place, lead: int) -> Item:
        item = rows.whole(self._library, place)
        text = self._renderer.text(item.text)
        return structs.replace(
            item, title=self._renderer.text(item.title), text=_beginning(text, lead)
        )

    @property
    def subject(self) -> str:
        """The subject: what it is, and of when."""
        day = self._renderer.strings.day
        edition = self.edition
        when = day(edition.first, "long")
        if edition.first != edition.last:
            when = f"{when} – {day(edition.last, 'long')}"
        return f"{self._settings.title}: {when}"

    def _put_together(
        self, texts: tuple[str, str], recipient: Recipient | None, now: dt.datetime | None
    ) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["To"] = recipient.address if recipient else "undisclosed-recipients:;"
        key = recipient.key(self.edition.name) if recipient else "all"
        message["Message-ID"] = f"<{self.edition.name}.{key}@{self._domain}>"
        for name, value in _leaving(self._settings.email.get("unsubscribe", ""), recipient):
            message[name] = value
        if (texts, now) not in self._shared:
            self._shared[texts, now] = self._common(texts, now)
        common = self._shared[texts, now]
        for name, value in common.items():
            message[name] = value
        message.set_payload(common.get_payload())
        return message

    def _common(self, texts: tuple[str, str], now: dt.datetime | None) -> EmailMessage:
        """Return what the messages of all who get the same text have in common."""
        zone = ZoneInfo(self._settings.timezone)
        message = EmailMessage(policy=SMTP)
        message["Subject"] = self.subject
        message["From"] = self._settings.email["from"]
        when = now or dt.datetime.combine(self.edition.last, dt.time(), zone)
        message["Date"] = format_datetime(when)
        message["List-Id"] = f"<digest.{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(texts[0])
        message.add_alternative(texts[1], subtype="html")
        return message

    @property
    def _domain(self) -> str:
        return self._settings.email["from"].rpartition("@")[2].strip("> ")


def _steps(total: int) -> Iterator[tuple[int, int]]:
    """Yield how much to show of a paper, and of how many papers: less and less."""
    for lead in LEADS:
        yield lead, total
    most = total
    while most > 0:
        most = int(most * _FEW)
        yield 0, most


def _beginning(text: str, most: int) -> str:
    """Return the beginning of ``text``, cut after a word."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most + 1].rpartition(" ")[0].rstrip(" ,;:.") + " …" if most else ""


def _leaving(address: str, recipient: Recipient | None) -> Iterator[tuple[str, str]]:
    """Yield the headers by which mail programs offer to unsubscribe (RFC 2369, RFC 8058).

    ``address`` may have ``{address}`` for that of the recipient.
    """
    if not address:
        return
    filled = address.replace("{address}", quote(recipient.address if recipient else "", safe=""))
    yield "List-Unsubscribe", f"<{filled}>"
    if filled.startswith("https://"):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def inlined(html: str) -> str:
    """Return ``html`` with its styles where mail programs look for them.

    Raises GazetteError where the library for it is not installed.
    """
    try:
        import css_inline  # noqa: PLC0415  # an extra, for this alone
    except ImportError:
        raise GazetteError("the mail needs css-inline: pip install '.[email]'") from None
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False).inline(html)
