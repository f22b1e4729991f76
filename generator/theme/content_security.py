"""The Content Security Policy: a page loads what lies in its own folder, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re

from generator.content.settings import Settings
from generator.system.errors import GazetteError

GISCUS = "https://giscus.app"
HOST = re.compile(r"https://[a-zA-Z0-9.-]+(?::[0-9]+)?(?=/)")


def content_security(script: str, settings: Settings, *, fonts: bool = False) -> str:
    """Return the policy of every page; ``script`` is the one script that stands in the page.

    Files of the site's own may be ``fonts``. Comments and analytics open it for their own hosts,
    and only where they are switched on. Raises GazetteError if the analytics have no script on
    such a host.
    """
    sources = {
        "default-src": ["'none'"],
        "script-src": ["'self'", _named(script)],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],  # what audits the page asks for robots.txt from within it
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
    if fonts:
        sources["font-src"] = ["'self'"]
    if settings.giscus:
        sources["script-src"].append(GISCUS)
        sources["style-src"].append(GISCUS)
        sources["frame-src"] = [GISCUS]
    if settings.analytics:
        host = _host(settings.analytics.get("src", ""))
        sources["script-src"].append(host)
        sources["img-src"].append(host)
        sources["connect-src"].append(host)
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in sources.items())


def allowing(policy: str, script: str) -> str:
    """Return ``policy`` for a page in which ``script`` stands, too."""
    return str(policy).replace("script-src 'self'", f"script-src 'self' {_named(script)}")


def _named(script: str) -> str:
    """Return the source that a script in the page has in a policy."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _host(address: str) -> str:
    """Return the host that the script of the analytics comes from, as the policy names it."""
    found = HOST.match(address)
    if not found:
        raise GazetteError(f"analytics: {address!r} should be `src: https://HOST/SCRIPT.js`")
    return found[0]
