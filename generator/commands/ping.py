"""``build.py ping``: tells the WebSub hub which feeds have changed, once they are on the web."""

from __future__ import annotations

import argparse

import urllib3

from generator import urls
from generator.commands.build import asked
from generator.content import settings
from generator.pipeline import changes
from generator.system.errors import GazetteError
from generator.system.progress import Progress

SECONDS = 30.0
_TAKEN = range(200, 300)


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Name each feed that the last build changed to the hub; return 0 where it has taken all."""
    wanted = asked(options)
    site = settings.load(wanted.content)
    address = wanted.base_url or site.url
    if not site.websub or not address:
        raise GazetteError("site.yaml: a ping needs `websub`, the hub's address, and `url`, ours")
    changed = [path for path in changes.read(wanted.content) if _is_feed(path)]
    with urllib3.PoolManager(timeout=SECONDS, retries=urllib3.Retry(2)) as pool:
        for path in changed:
            _tell(pool, site.websub, urls.absolute(path, address))
    progress.say(f"{site.websub}: told of {len(changed)} feeds")
    return 0


def _is_feed(path: str) -> bool:
    return path.rpartition("/")[2] in urls.FEEDS.values()


def _tell(pool: urllib3.PoolManager, hub: str, feed: str) -> None:
    """Tell the hub of one feed; raises GazetteError where it does not take it."""
    fields = {"hub.mode": "publish", "hub.url": feed}
    try:
        answer = pool.request("POST", hub, fields=fields, encode_multipart=False)
    except urllib3.exceptions.HTTPError as error:
        raise GazetteError(f"{hub}: {error}") from None
    if answer.status not in _TAKEN:
        raise GazetteError(f"{hub}: answers {answer.status} for {feed}")
