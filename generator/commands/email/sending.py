"""Messages to a mail server, one a recipient; what became of each is in the journal."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

from generator.commands.email.journal import Journal, State
from generator.commands.email.recipients import Recipient
from generator.system.errors import GazetteError

SECURITY = {"starttls": 587, "tls": 465, "none": 25}
SECONDS = 60.0
TRIES = 3  # connections that fail in a row before the rest is left to the next run
_NO = 400  # RFC 5321: from here on an answer means no
_FOR_EVER = 500  # and from here on that it will not be otherwise later
_CLOSING = 421  # and here that the server closes the connection
_FIRST_DOT = re.compile(rb"^\.", re.MULTILINE)
_ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")
_FOR_GOOD = range(550, 554)  # what a server answers to an address that it will never take


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to speak to it: ``security`` is starttls, tls or none."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    seconds: float = SECONDS


class Sent(NamedTuple):
    """How many messages were taken, are to be tried again, were refused for good, are in doubt.

    ``over`` is to how many there was nothing to send: they had it, or nothing is for them.
    """

    taken: int
    failed: int
    refused: int
    doubtful: int
    over: int
    reasons: tuple[str, ...]


def server(environment: Mapping[str, str]) -> Server:
    """Return the server that the environment names.

    Raises GazetteError where it names none, or what is no server.
    """
    host = environment.get("SMTP_HOST", "")
    if not host:
        raise GazetteError("--send needs SMTP_HOST, and mostly SMTP_USER and SMTP_PASSWORD")
    security = environment.get("SMTP_SECURITY") or "starttls"
    if security not in SECURITY:
        raise GazetteError(f"SMTP_SECURITY: {security!r} should be {', '.join(SECURITY)}")
    try:
        port = int(environment.get("SMTP_PORT") or SECURITY[security])
        seconds = float(environment.get("SMTP_TIMEOUT") or SECONDS)
    except ValueError:
        raise GazetteError("SMTP_PORT and SMTP_TIMEOUT have to be numbers") from None
    user, password = environment.get("SMTP_USER", ""), environment.get("SMTP_PASSWORD", "")
    if user and security == "none":
        raise GazetteError("SMTP_SECURITY: none would send the password for everybody to read")
    return Server(host, port, security, user, password, seconds)


class Sender:
    """Sends messages through one server, over a connection that is made anew where it breaks."""

    def __init__(self, to: Server, journal: Journal) -> None:
        self._server = to
        self._journal = journal
        self._connection: smtplib.SMTP | None = None
        self._broken = 0
        self._reasons: dict[str, None] = {}
        self._context = ssl.create_default_context()

    def send(
        self,
        edition: str,
        recipients: Iterable[Recipient],
        write: Callable[[Recipient], EmailMessage | None],
    ) -> Sent:
        """Send what ``write`` gives to each of ``recipients`` whom the journal does not know.

        Nothing is sent where it gives none. A connection that fails TRIES times in a row ends it:
        what is left has not been tried.
        """
        counts = dict.fromkeys((*State, None), 0)
        for recipient in recipients:
            key = recipient.key(edition)
            message = None if self._journal.is_over(key) else write(recipient)
            if message is None:
                counts[None] += 1
            elif self._broken >= TRIES:
                counts[State.FAILED] += 1
            else:
                counts[self._one(key, recipient, message)] += 1
        self._leave()
        return Sent(
            taken=counts[State.SENT],
            failed=counts[State.FAILED],
            refused=counts[State.REFUSED],
            doubtful=counts[State.TRYING],
            over=counts[None],
            reasons=tuple(self._reasons),
        )

    def _one(self, key: str, recipient: Recipient, message: EmailMessage) -> State:
        """Send one message; return how far it came."""
        state = self._delivered(key, recipient, message)
        # A message in doubt stays noted as on its way.
        if state is not State.TRYING:
            self._journal.write(key, state)
        return state

    def _delivered(self, key: str, recipient: Recipient, message: EmailMessage) -> State:
        """Speak SMTP; what fails before the mark that ends the message is surely not delivered."""
        try:
            connection = self._connected()
            code, answer = connection.mail(_bare(str(message["From"])))
            if code >= _NO:
                return self._refused(code, answer)
            code, answer = connection.rcpt(recipient.address)
            if code >= _NO:
                return self._refused(code, answer, at_address=True)
            code, answer = connection.docmd("DATA")
            if code >= _NO:
                return self._refused(code, answer)
            connection.send(_FIRST_DOT.sub(b"..", message.as_bytes(policy=SMTP)))
        except (OSError, smtplib.SMTPException) as error:
            return self._failed(error)
        self._journal.write(key, State.TRYING)
        try:
            connection.send(b".\r\n")
            code, answer = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._failed(error)
            return State.TRYING
        self._broken = 0
        return self._refused(code, answer) if code >= _NO else State.SENT

    def _connected(self) -> smtplib.SMTP:
        """Return a connection that is greeted, encrypted and logged in."""
        if self._connection is not None:
            return self._connection
        to = self._server
        name = socket.gethostname()
        if to.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                to.host, to.port, name, timeout=to.seconds, context=self._context
            )
        else:
            connection = smtplib.SMTP(to.host, to.port, name, timeout=to.seconds)
        # Kept from here on, so that it is closed whatever fails.
        self._connection = connection
        if to.security == "starttls":
            connection.starttls(context=self._context)
        if to.user:
            try:
                connection.login(to.user, to.password)
            except smtplib.SMTPAuthenticationError as error:
                if error.smtp_code < _FOR_EVER:
                    raise
                self._leave()
                said = _said(error.smtp_error)
                message = f"{to.host}: does not take SMTP_USER and its password: {said}"
                raise GazetteError(message) from None
        connection.ehlo_or_helo_if_needed()
        return connection

    def _refused(self, code: int, answer: bytes | str, *, at_address: bool = False) -> State:
        """Note what the server said; a server that is about to close is left."""
        self._reasons[f"{code} {_said(answer)}"] = None
        self._broken = 0
        if code == _CLOSING:
            self._broken += 1
            self._leave()
        elif self._connection is not None:
            try:
                self._connection.rset()
            except (OSError, smtplib.SMTPException):
                self._leave()
        return State.REFUSED if at_address and code in _FOR_GOOD else State.FAILED

    def _failed(self, error: Exception) -> State:
        """Note that the connection broke."""
        self._reasons[_said(str(error)) or type(error).__name__] = None
        self._broken += 1
        self._leave()
        return State.FAILED

    def _leave(self) -> None:
        """End the connection, politely if that can be."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()


def _bare(sender: str) -> str:
    """Return the address of ``Name <address>``."""
    return sender.rpartition("<")[2].rstrip("> ")


def _said(answer: bytes | str) -> str:
    """Return what a server said, without the addresses in it: a workflow's log is public."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(_ADDRESS.sub("<...>", text).split())
