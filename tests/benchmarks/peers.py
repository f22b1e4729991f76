"""Other generators with the same content: the same pages, by plain templates in ``peers/``.

Each makes of the same Markdown a page a paper, a page a day with all its abstracts, lists of the
papers of each topic (a hundred a page), a home page, feeds of the site and of the topics, and a
sitemap. Programs that are not installed are fetched into a folder of tools, or left out.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import urls
from generator.content import folder, front_matter, topics
from generator.library import topic_matching
from generator.model import Paper
from generator.plan import rows

HERE = Path(__file__).parent / "peers"
Words = tuple[str | Path, ...]


@dataclass(frozen=True)
class Peer:
    """A generator: its name and version, its folder, what it makes, what makes that."""

    name: str
    version: str
    root: Path
    output: Path
    command: Words


Entry = tuple[Paper, tuple[str, ...], int]


def entries(content: Path) -> Iterator[Entry]:
    """Yield each paper with the names of its topics and its place in the digest."""
    rules = content / "topics.yaml"
    matcher = topic_matching.Matcher(topics.read(rules.read_text("utf-8"), rules))
    names = {topic.slug: topic.name for topic in matcher.topics}
    for digest in folder.load(content).digests:
        for rank, paper in enumerate(digest.papers, 1):
            yield paper, tuple(names[slug] for slug in matcher.topics_of(paper)), rank


def hugo(content: Path, root: Path, tools: Path) -> Peer:
    """Return Hugo, set up in ``root``."""
    program = _binary(tools, "hugo", "hugo/binaries/hugo*")
    shutil.copytree(HERE / "hugo", root)
    for paper, under, rank in entries(content):
        text = front_matter.dump({**_matter(paper, under), "weight": rank}, paper.abstract)
        _put(root / f"content/papers/{paper.slug}.md", text)
    # Quiet, and away from any cache of an earlier run.
    command = (program, "--quiet", "--destination", root / "public", "--cacheDir", root / "cache")
    return Peer("Hugo", _version(program, "version"), root, root / "public", command)


def pagefind(site: Path, root: Path, tools: Path) -> Peer:
    """Return Pagefind over ``site``."""
    program = _binary(tools, "pagefind[bin]", "pagefind_bin*/pagefind*")
    root.mkdir()
    command = (program, "--site", site, "--output-path", root / "index", "--silent")
    return Peer("Pagefind", _version(program, "--version"), root, root / "index", command)


def eleventy(content: Path, root: Path, tools: Path) -> Peer:
    """Return Eleventy, set up in ``root``."""
    modules = _node(tools, "@11ty/eleventy")
    shutil.copytree(HERE / "eleventy", root)
    (root / "node_modules").symlink_to(modules)
    shared = {"layout": "paper.njk", "tags": "papers"}
    for paper, under, _ in entries(content):
        matter = {**_matter(paper, under), **shared, "permalink": urls.paper(paper.slug)}
        _put(root / f"papers/{paper.slug}.md", front_matter.dump(matter, paper.abstract))
    program = modules / ".bin" / "eleventy"
    command = (program, "--quiet", "--output", root / "public")
    return Peer("Eleventy", _version(program, "--version"), root, root / "public", command)


def pelican(content: Path, root: Path, tools: Path) -> Peer:
    """Return Pelican, set up in ``root``."""
    python = _python(tools, "pelican[markdown]")
    shutil.copytree(HERE / "pelican", root)
    for paper, under, _ in entries(content):
        lines = {
            "Title": " ".join(paper.title.split()),
            "Date": paper.date.isoformat(),
            "Slug": paper.slug,
            "Category": paper.date.isoformat(),
            "Tags": ", ".join(under),
            "By": ", ".join(paper.authors),
            "Arxiv": paper.arxiv,
            "Lead": " ".join(rows.lead_of(paper).split()),
        }
        head = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
        _put(root / f"content/{paper.slug}.md", f"{head}\n{paper.abstract}\n")
    command: Words = (python.parent / "pelican", "--quiet", "--settings", "pelicanconf.py")
    command = (*command, "--output", root / "public")
    version = _version(python.parent / "pelican", "--version")
    return Peer("Pelican", version, root, root / "public", command)


ALL: Mapping[str, Callable[[Path, Path, Path], Peer]] = {
    "hugo": hugo,
    "pagefind": pagefind,
    "eleventy": eleventy,
    "pelican": pelican,
}
SLOW = frozenset(["eleventy", "pelican"])


def _matter(paper: Paper, under: tuple[str, ...]) -> dict[str, Any]:
    """Return the front matter of ``paper`` as Hugo and Eleventy take it."""
    return {
        "title": paper.title,
        "date": paper.date,
        "slug": paper.slug,
        "days": [paper.date.isoformat()],
        "topics": list(under),
        "authors": list(paper.authors),
        "arxiv": paper.arxiv,
        "lead": rows.lead_of(paper),
    }


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _python(tools: Path, package: str) -> Path:
    """Return the Python of an environment with ``package`` in it."""
    python = tools / package.partition("[")[0] / "bin" / "python"
    if not python.exists():
        _call(sys.executable, "-m", "venv", python.parent.parent)
        _call(python, "-m", "pip", "install", "--quiet", package)
    return python


def _binary(tools: Path, package: str, pattern: str) -> Path:
    """Return the program that ``package`` brings, without the script that would start it."""
    packages = _python(tools, package).parent.parent / "lib"
    found = (path for path in packages.glob(f"python*/site-packages/{pattern}"))
    program = next((path for path in found if path.is_file() and path.suffix != ".py"), None)
    if program is None:
        raise RuntimeError(f"{package} has no {pattern}")
    return program


def _node(tools: Path, package: str) -> Path:
    """Return a node_modules with ``package`` in it."""
    modules = tools / "node" / "node_modules"
    if not (modules / package).exists():
        modules.mkdir(parents=True, exist_ok=True)
        _call("npm", "install", "--silent", "--prefix", modules.parent, package)
    return modules


def _call(*words: str | Path) -> str:
    """Return what a command prints; RuntimeError where it cannot be run or fails."""
    command = [str(word) for word in words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except FileNotFoundError:
        raise RuntimeError(f"{command[0]} is not installed") from None
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"{' '.join(command)}: {error.stderr.strip()[-300:]}") from None
    return done.stdout.strip()


def _version(*words: str | Path) -> str:
    """Return the number in what a command says of its version."""
    said = re.search(r"\d+\.\d[\d.]*", _call(*words))
    return said[0] if said else "of unknown version"
