"""lunr.js 2.3.9, taken from the properdocs package, checked and made smaller."""

from __future__ import annotations

import hashlib
from importlib import resources

import rjsmin

from generator.errors import GazetteError

PATH = "search/lunr.js"
SHA256 = "c1a28d9e95163292fbcc07ff794f1f0e1ade8741c513afe96d5b1046a18110bc"
_INSIDE = "contrib/search/templates/search/lunr.js"


def lunr_file() -> tuple[str, bytes]:
    """Return the path of lunr.js below the site's root, and its text.

    Raises GazetteError if the package holds another version than the one the search was tested
    with.
    """
    source = resources.files("properdocs").joinpath(_INSIDE).read_bytes()
    found = hashlib.sha256(source).hexdigest()
    if found != SHA256:
        raise GazetteError(
            f"properdocs/{_INSIDE} has the SHA-256 {found}, not {SHA256}: "
            "install a version of properdocs that carries lunr.js 2.3.9"
        )
    return PATH, str(rjsmin.jsmin(source.decode())).encode() + b"\n"
