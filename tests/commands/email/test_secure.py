"""Sending over TLS and with a password, against a real server with a certificate of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.commands.email import DEFERRED
from tests.commands.email.servers import Handler, certified, knows_ada, running
from tests.commands.email.test_sending import SIX, Post, got

LOGIN = {"SMTP_USER": "ada", "SMTP_PASSWORD": "right"}
# How a server is run for each way to encrypt. A connection that is encrypted from its beginning,
# aiosmtpd takes for an open one, over which it asks nobody to log in.
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "starttls": ("tls_context", {"require_starttls": True, "auth_required": True}),
    "tls": ("ssl_context", {"auth_require_tls": False}),
}


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Post:
    """Return a site with six readers."""
    return Post(tmp_path, monkeypatch, SIX)


def secured(folder: Path, way: str, host: str = "127.0.0.1") -> tuple[dict[str, Any], Path]:
    """Return how a server is run that asks for TLS and a login, and what makes it trusted."""
    context, trusted = certified(folder, host)
    name, more = WAYS[way]
    return {name: context, "authenticator": knows_ada, **more}, trusted


@pytest.mark.parametrize("way", WAYS)
def test_everybody_is_reached(post: Post, tmp_path: Path, way: str) -> None:
    """Encrypted, after a login."""
    handler, (options, trusted) = Handler(), secured(tmp_path, way)
    with running(handler, **options) as port:
        assert post.send(port, SMTP_SECURITY=way, SSL_CERT_FILE=str(trusted), **LOGIN) == 0
    assert got(handler) == SIX


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_password(
    post: Post, tmp_path: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ends it at once, as no later run would fare better; what is wrong is said, not the word."""
    handler, (options, trusted) = Handler(), secured(tmp_path, way)
    wrong = {**LOGIN, "SMTP_PASSWORD": "mistyped"}
    with running(handler, **options) as port:
        assert post.send(port, SMTP_SECURITY=way, SSL_CERT_FILE=str(trusted), **wrong) == 1
    assert got(handler) == []
    said = capsys.readouterr().err
    assert "SMTP_USER" in said
    assert "mistyped" not in said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"])
def test_a_certificate_that_proves_nothing(post: Post, tmp_path: Path, way: str, host: str) -> None:
    """Made by nobody we trust, or for another host: no password is sent, and no mail."""
    handler, (options, trusted) = Handler(), secured(tmp_path, way, host)
    trust = {} if host == "127.0.0.1" else {"SSL_CERT_FILE": str(trusted)}
    with running(handler, **options) as port:
        assert post.send(port, SMTP_SECURITY=way, **trust, **LOGIN) == DEFERRED
    assert (handler.tried, got(handler)) == (0, [])
