"""Sending, against a real server that refuses, stalls, drops, greylists, dies: nobody gets two."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.commands.cli import main
from generator.commands.email import DEFERRED
from generator.commands.email.sending import TRIES
from generator.pipeline import cache
from tests.commands.email.servers import Handler, running
from tests.commands.email.test_compose import content

SIX = [f"reader{number}@mail.example" for number in range(6)]


class Post:
    """A site, those who read it, and a way to send them its digest."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch, lines: list[str]) -> None:
        self.content = content(root / "site")
        self._people = root / "people.txt"
        self._people.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._patch = patch

    def send(self, port: int, *options: str, **more: str) -> int:
        """Run the command; return its exit code."""
        environment: Mapping[str, str] = {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_SECURITY": "none",
            "SMTP_TIMEOUT": "0.5",
            **more,
        }
        for name, value in environment.items():
            self._patch.setenv(name, value)
        place = ("--content", str(self.content), "--to", str(self._people))
        return main(["email", "--send", "--quiet", *place, *options])


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Post:
    """Return a site with six readers."""
    return Post(tmp_path, monkeypatch, SIX)


def got(handler: Handler) -> list[str]:
    """Return who got a message, in order."""
    return [address for address, _ in handler.taken]


def test_one_message_a_reader_once_a_digest(post: Post) -> None:
    """Each addressed to one alone; a second run sends nothing; another digest is another matter."""
    handler = Handler()
    with running(handler) as port:
        assert post.send(port) == 0
        assert got(handler) == SIX
        assert post.send(port) == 0
        assert got(handler) == SIX
        assert post.send(port, "--date", "2025-09-22") == 0
        assert got(handler) == SIX + SIX
    keys = set()
    for address, data in handler.taken:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert message["To"] == address
        assert message["Bcc"] is message["Cc"] is None
        assert not {other for other in SIX if other != address and other.encode() in data}
        who = address.replace("@", "%40")
        assert message["List-Unsubscribe"] == f"<https://lists.example/leave?who={who}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        keys.add(message["Message-ID"])
    assert len(keys) == 12


def test_everybody_gets_their_topics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing where the digest has none of them."""
    lines = ["a@x.example routing", "b@x.example -routing", "c@x.example proteins", "d@x.example"]
    post, handler = Post(tmp_path, monkeypatch, lines), Handler()
    post.content.joinpath("topics.yaml").write_text(
        "Routing:\n  title: [paper 2025 09 23 1]\nProteins: [protein]\n", encoding="utf-8"
    )
    with running(handler) as port:
        assert post.send(port) == 0
    counts = {
        address: email.message_from_bytes(data, policy=email.policy.default)
        .get_body(("plain",))  # type: ignore[union-attr]  # there is one
        .get_content()
        .count("/papers/")
        for address, data in handler.taken
    }
    assert counts == {"a@x.example": 1, "b@x.example": 2, "d@x.example": 3}


def test_the_server_dies_after_half_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run reaches exactly the other half."""
    everybody = [f"reader{number}@mail.example" for number in range(100)]
    post = Post(tmp_path, monkeypatch, everybody)
    first = Handler(at_address=lambda number, _: "drop" if number > 50 else "")
    with running(first) as port:
        assert post.send(port) == DEFERRED
    assert got(first) == everybody[:50]
    second = Handler()
    with running(second) as port:
        assert post.send(port) == 0
        assert got(second) == everybody[50:]
        assert post.send(port) == 0
    assert Counter(got(first) + got(second)) == Counter(everybody)


def test_a_server_that_takes_a_message_and_says_nothing(post: Post) -> None:
    """Whether it was delivered nobody knows: it is not sent again."""
    handler = Handler(at_message=lambda number, _: "take and drop" if number == 3 else "")
    with running(handler) as port:
        assert post.send(port) == 0
        assert post.send(port) == 0
    assert got(handler) == SIX


def test_a_server_that_stalls(post: Post) -> None:
    """Is given up after a few tries, each of SMTP_TIMEOUT: the next run reaches everybody."""
    handler = Handler(at_address=lambda *_: "stall")
    with running(handler) as port:
        assert post.send(port) == DEFERRED
    assert (handler.tried, got(handler)) == (TRIES, [])
    again = Handler()
    with running(again) as port:
        assert post.send(port) == 0
    assert got(again) == SIX


def test_a_server_that_stalls_over_a_message(post: Post) -> None:
    """It may have it: it is not sent again, and the others get theirs."""
    handler = Handler(at_message=lambda number, _: "take and stall" if number == 3 else "")
    with running(handler) as port:
        assert post.send(port) == 0
        assert post.send(port) == 0
    assert got(handler) == SIX


def test_greylisting(post: Post) -> None:
    """An address that is to come back later does so in the next run."""
    seen: Counter[str] = Counter()

    def later(_: int, address: str) -> str:
        seen[address] += 1
        return "450 4.2.0 Greylisted, come back" if seen[address] == 1 else ""

    handler = Handler(at_address=later)
    with running(handler) as port:
        assert post.send(port) == DEFERRED
        assert got(handler) == []
        assert post.send(port) == 0
    assert got(handler) == SIX


@pytest.mark.parametrize(("answer", "code"), [("550 No such user", 0), ("452 Full", DEFERRED)])
def test_an_address_that_is_refused(post: Post, answer: str, code: int) -> None:
    """For good: it is not asked for again; for now: it is. The others get theirs all the same."""
    refuse = SIX[2]
    handler = Handler(at_address=lambda _, address: answer if address == refuse else "")
    with running(handler) as port:
        assert post.send(port) == code
        assert got(handler) == [address for address in SIX if address != refuse]
        assert post.send(port) == code
    assert handler.tried == (6 if code == 0 else 7)


def test_a_message_that_is_refused_is_tried_again(post: Post) -> None:
    """As spam today, say."""
    broken = iter(["554 No", "451 Not now"])
    handler = Handler(at_message=lambda *_: next(broken, ""))
    with running(handler) as port:
        assert post.send(port) == DEFERRED
        assert got(handler) == SIX[2:]
        assert post.send(port) == 0
    assert got(handler) == SIX[2:] + SIX[:2]


def test_no_server(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    """Said, and tried again by the next run."""
    handler = Handler()
    with running(handler) as port:
        pass
    assert post.send(port) == DEFERRED
    with running(handler) as port:
        assert post.send(port) == 0
    assert got(handler) == SIX
    assert "Traceback" not in capsys.readouterr().err


def test_a_password_is_not_sent_in_the_open(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    """Without TLS there is no login."""
    assert post.send(1, SMTP_USER="ada", SMTP_PASSWORD="secret") == 1  # noqa: S106  # no secret
    assert "SMTP_SECURITY" in capsys.readouterr().err


def test_a_server_without_tls_is_refused_where_tls_is_asked_for(post: Post) -> None:
    """Nothing is sent in the open unless that was said."""
    handler = Handler()
    with running(handler) as port:
        assert post.send(port, SMTP_SECURITY="starttls") == DEFERRED
    assert got(handler) == []


def test_clearing_the_cache_forgets_nobody(post: Post) -> None:
    """Who got which edition cannot be made again, and stays."""
    handler = Handler()
    with running(handler) as port:
        assert post.send(port) == 0
        cache.forget(post.content)
        assert post.send(port) == 0
    assert got(handler) == SIX


def test_the_journal_has_no_addresses(post: Post) -> None:
    """It may end up in the cache of a workflow."""
    with running(Handler()) as port:
        assert post.send(port) == 0
    journals = list((post.content.parent / ".gazette/mail").glob("*.jsonl"))
    assert len(journals) == 1
    assert "@" not in journals[0].read_text("utf-8")
