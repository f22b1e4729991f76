"""``gazette new FOLDER``: a site of one's own; ``gazette new paper TITLE``: an entry to fill in."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Container, Iterator
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import __version__, urls
from generator.commands.edit import memory
from generator.content import entries, folder, history, lock, settings
from generator.content.editing import Edits
from generator.content.entries import Listing
from generator.model import Digest, Paper
from generator.pipeline import batches
from generator.pipeline.build import shipped
from generator.system import files
from generator.system.errors import GazetteError
from generator.system.progress import Progress

PAPER = "paper"
SKELETON = Path(__file__).parent / "skeleton"
# Where each file of the skeleton goes.
PLACES = {
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "site.yaml": "content/site.yaml",
    "topics.yaml": "content/topics.yaml",
}
SCRIPTS = ("daily.sh", "mail.sh")
# What our workflows and scripts call in a checkout, and what a site calls that has installed us.
INSTALLED = {
    "--editable '.[email]'": "-r requirements.txt 'gazette[email]'",
    "python -m pip install --editable .": "python -m pip install -r requirements.txt",
    '"$python" build.py': "gazette",
    "python build.py": "gazette",
}
TITLE = "Untitled"


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Make the site or the entry; raises GazetteError where there is one of that name."""
    if options.what == PAPER:
        with lock.writing(options.content, progress.say):
            _paper(options, progress)
    else:
        _site(Path(options.what), " ".join(options.title), progress)
    return 0


def _site(root: Path, title: str, progress: Progress) -> None:
    """Write a new site into the folder ``root``, which must not hold one."""
    made = dict(site(title or root.resolve().name.replace("-", " ").title()))
    held = [path for path in made if (root / path).exists()]
    if held:
        raise GazetteError(f"{root / held[0]}: is there already; name a folder that is new")
    for path, text in made.items():
        files.write_text(root / path, text)
    for script in SCRIPTS:
        (root / ".github" / script).chmod(0o755)
    progress.say(
        f"{root}: a site without papers yet. cd {root}; gazette add FILE, gazette serve; "
        "README.md there says how to publish it"
    )


def site(title: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a new site by their paths below its folder."""
    for name, path in PLACES.items():
        text = (SKELETON / name).read_text("utf-8")
        shown = title.replace("\\", "\\\\").replace('"', '\\"') if name == "site.yaml" else title
        yield path, text.format(title=shown) if "{title}" in text else text
    yield "requirements.txt", f"{requirement()}\n"
    github = shipped(".github")
    for name in (*SCRIPTS, "workflows/daily.yml", "workflows/pages.yml"):
        text = (github / name).read_text("utf-8")
        for ours, theirs in INSTALLED.items():
            text = text.replace(ours, theirs)
        yield f".github/{name}", text


def requirement() -> str:
    """Return what pip is to be asked for to get this program: from where it came, if known."""
    try:
        origin = json.loads(metadata.distribution("gazette").read_text("direct_url.json") or "{}")
    except metadata.PackageNotFoundError:
        origin = {}
    if "vcs_info" in origin:
        commit = origin["vcs_info"]["commit_id"]
        return f"gazette @ {origin['vcs_info']['vcs']}+{origin['url']}@{commit}"
    return f"gazette=={__version__}"


def _paper(options: argparse.Namespace, progress: Progress) -> None:
    """Write the entry of a paper that is a draft, and list it in the digest of its day."""
    root = options.content
    zone = ZoneInfo(settings.load(root).timezone)
    day = options.date or dt.datetime.now(zone).date()
    loaded = batches.load_entries(root, progress)
    title = " ".join(options.title) or TITLE
    slug = _free(urls.slugify(title), loaded.papers)
    paper = Paper(slug=slug, title=title, date=day, draft=True)
    edits: Edits = {folder.paper_path(paper): entries.paper_to_text(paper)}
    digest = Digest(date=day, title="Daily Papers", papers=())
    path = folder.digest_path(digest)
    listed = loaded.entries.get(path)
    if listed and isinstance(listed.value, Listing):
        edits[path] = entries.relisted(files.read_text(root / path), (*listed.value.slugs, slug))
    else:
        edits[path] = entries.digest_to_text(digest, [slug])
    history.apply(root, edits, memory(root), "new")
    progress.say(
        f"{root / folder.paper_path(paper)}: a draft; take `draft: true` out of it to publish it"
    )


def _free(slug: str, taken: Container[str]) -> str:
    """Return ``slug``, with a number where it is ``taken``."""
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
