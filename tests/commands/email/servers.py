"""A real SMTP server on loopback that plays the faults of mail servers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

# Says what to answer to the message number so-and-so (from 1) to an address, or nothing to take it.
Answer = Callable[[int, str], str]


class Handler:
    """Keeps what it takes; ``at_address`` and ``at_message`` may answer something else."""

    def __init__(self, at_address: Answer | None = None, at_message: Answer | None = None) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.tried = 0
        self._at_address = at_address or (lambda *_: "")
        self._at_message = at_message or (lambda *_: "")

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        """Answer to an address."""
        self.tried += 1
        answer = self._at_address(self.tried, address)
        if answer == "drop":
            _transport(server).abort()
        elif answer == "stall":
            await asyncio.Event().wait()
        elif not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, _: Session, envelope: Envelope
    ) -> str:
        """Answer to a message."""
        address, content = envelope.rcpt_tos[0], envelope.original_content
        answer = self._at_message(len(self.taken) + 1, address)
        if answer == "take and drop":
            self.taken.append((address, content or b""))
            _transport(server).abort()
        elif answer == "take and stall":
            self.taken.append((address, content or b""))
            await asyncio.Event().wait()
        elif not answer:
            self.taken.append((address, content or b""))
        return answer or "250 OK"


def _transport(server: SMTP) -> Any:  # noqa: ANN401  # asyncio's
    return server.transport


def knows_ada(server: SMTP, _: Session, __: Envelope, ___: str, given: Any) -> AuthResult:  # noqa: ANN401  # aiosmtpd's signature
    """Say whether somebody may log in: Ada, with her password."""
    del server
    right = (given.login, given.password) == (b"ada", b"right")
    return AuthResult(success=right, handled=False)


def certified(folder: Path, host: str) -> tuple[ssl.SSLContext, Path]:
    """Return what a server at ``host`` encrypts with, and the file by which clients trust it."""
    authority = trustme.CA()
    trusted = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context, trusted


@contextlib.contextmanager
def running(handler: Handler, **more: Any) -> Iterator[int]:  # noqa: ANN401  # aiosmtpd's options
    """Run a server with ``handler``; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop(no_assert=True)
