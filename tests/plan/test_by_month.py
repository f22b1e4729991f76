"""Pages of papers parted by month from one month on: what was published before stays there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.commands import check, cli
from generator.content import folder
from tests.plan import sites
from tests.trees import tree

SEPTEMBER, OCTOBER = "2025-09-30", "2025-10-01"
ROUTING = "Tokens are routed to experts by a gate, and few experts are at work."
FOLDS = "A protein folds in molecules, and its structure is predicted."
OLD: list[sites.Paper] = [
    {"slug": "old-routing", "abstract": ROUTING, "authors": ["Ada Lovelace"], "votes": 2},
    {"slug": "old-folds", "abstract": FOLDS, "authors": ["Alan Turing"]},
]
NEW: list[sites.Paper] = [
    {"slug": "new-routing", "abstract": ROUTING, "authors": ["Ada Lovelace"], "votes": 1},
    {"slug": "new-folds", "abstract": FOLDS, "authors": ["Alan Turing"]},
    {"slug": "other-name", "title": "路由专家", "abstract": ROUTING},
]
BY_MONTH = "papers_by_month: 2025-10\n"


def content(root: Path, settings: str = BY_MONTH) -> Path:
    """Return the content of a day of September and one of October."""
    made = sites.new(root, f"markdown: papers\n{settings}", "Routing: [routing, gate]\n")
    sites.add(made, SEPTEMBER, OLD)
    sites.add(made, OCTOBER, NEW)
    return made


def run(made: Path, *words: str) -> Path:
    """Run a command on the content, build, and return the site, in which nothing is wrong."""
    if words:
        assert cli.main([*words, "--content", str(made), "--quiet"]) == 0
    site = sites.site(made)
    assert list(check.check(site)) == []
    return site


def pages(site: Path) -> set[str]:
    """Return the paths of the pages of papers, and of those that lead to one."""
    return {path for path in tree(site) if re.fullmatch(r"papers/.*\.html", path)}


def test_papers_from_that_month_on_lie_in_its_folder(tmp_path: Path) -> None:
    """All that names them says so: links, sitemap, feeds, files for programs, twins."""
    site = run(content(tmp_path))
    new = {f"papers/2025-10/{one['slug']}.html" for one in NEW}
    assert pages(site) == {"papers/old-routing.html", "papers/old-folds.html"} | new
    base = "https://site.example/path/"
    found = {
        item["url"].removeprefix(base) for item in json.loads(tree(site)["feed.json"])["items"]
    }
    assert found == pages(site)
    api = json.loads(tree(site)[f"api/digests/{OCTOBER}.json"])
    assert {paper["path"] for paper in api["papers"]} == new
    assert f"{base}papers/2025-10/new-folds.html" in tree(site)["sitemap.xml"].decode()
    assert "papers/2025-10/new-folds.md" in tree(site)


def test_no_address_changes_as_the_setting_comes(tmp_path: Path) -> None:
    """A month to come is named: pages, ids of feeds and all other files stay, byte for byte."""
    made = sites.new(tmp_path, "offline: false\n")
    sites.add(made, SEPTEMBER, OLD)
    before = tree(run(made))
    with (made / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(BY_MONTH)
    assert tree(run(made)) == before
    ids = re.findall(r"<guid.*?</guid>", before["feed.xml"].decode())
    sites.add(made, OCTOBER, NEW)
    site = run(made)
    assert pages(site) >= {path for path in before if path.startswith("papers/")}
    assert set(re.findall(r"<guid.*?</guid>", tree(site)["feed.xml"].decode())) >= set(ids)


def test_ids_in_feeds_say_nothing_of_folders(tmp_path: Path) -> None:
    """The same paper has the same id with the setting and without."""
    found = [
        [item["id"] for item in json.loads(tree(run(made))["feed.json"])["items"]]
        for made in (content(tmp_path / "with"), content(tmp_path / "without", ""))
    ]
    assert found[0] == found[1]


def test_a_paper_that_moves_to_another_month_keeps_its_address(tmp_path: Path) -> None:
    """Its entry stays in its folder, as that is where its page is: on, back, into the folders."""
    made = content(tmp_path)
    before, paths = pages(run(made)), folder.load(made).paths
    for slug, day in (
        ("new-folds", "2025-11-03"),
        ("other-name", SEPTEMBER),
        ("old-folds", OCTOBER),
    ):
        assert cli.main(["move", slug, "--date", day, "--content", str(made), "--quiet"]) == 0
    assert pages(run(made)) == before
    assert folder.load(made).paths == paths


def test_an_older_digest_that_lists_a_paper_too_moves_no_page(tmp_path: Path) -> None:
    """The paper is of September then, and its page where it was."""
    made = content(tmp_path)
    before = pages(run(made))
    line = json.dumps({"title": "New folds", "abstract": FOLDS, "authors": ["Alan Turing"]})
    (tmp_path / "older.jsonl").write_text(line + "\n", "utf-8")
    site = run(made, "add", str(tmp_path / "older.jsonl"), "--date", "2025-09-29")
    assert f"{folder.load(made).papers['new-folds'].date}" == "2025-09-29"
    assert pages(site) == before


def test_former_addresses_lead_on_from_where_they_were(tmp_path: Path) -> None:
    """Of a paper that was renamed, in its folder; of one made part of another, in its own."""
    made = content(tmp_path)
    before = pages(run(made))
    cli.main(["rename", "new-folds", "folded", "--content", str(made), "--quiet"])
    cli.main(["merge", "old-routing", "new-routing", "--content", str(made), "--quiet"])
    site = run(made)
    assert pages(site) >= before | {"papers/2025-10/folded.html"}
    for old, now in (("new-folds", "folded"), ("new-routing", "../old-routing")):
        page = (site / f"papers/2025-10/{old}.html").read_text("utf-8")
        assert 'http-equiv="refresh"' in page
        there = re.search(r'url=([^"]+)"', page)
        assert there
        target = (site / "papers/2025-10" / there[1]).resolve()
        assert target == (site / f"papers/2025-10/{now}.html").resolve()


def test_an_entry_in_another_folder_has_another_address_and_every_page_says_so(
    tmp_path: Path,
) -> None:
    """A build that goes on from another is what a clean one is."""
    made = content(tmp_path)
    run(made)
    (made / "papers/2025-11").mkdir()
    (made / "papers/2025-10/new-folds.md").rename(made / "papers/2025-11/new-folds.md")
    site = run(made)
    assert "papers/2025-11/new-folds.html" in pages(site)
    assert "papers/2025-10/new-folds.html" not in pages(site)
    other = sites.new(tmp_path / "clean")
    for path, data in tree(made).items():
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_bytes(data)
    assert tree(sites.site(other)) == tree(site)


@pytest.mark.parametrize("month", ["2025-13", "2025", "september"])
def test_a_month_is_a_month(tmp_path: Path, month: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Anything else is refused with its line."""
    made = sites.new(tmp_path, f"papers_by_month: '{month}'\n")
    assert cli.main(["--content", str(made), "--output", str(tmp_path / "site"), "--quiet"]) == 1
    assert (
        "site.yaml:4: `papers_by_month` has to be a month, like 2026-01" in capsys.readouterr().err
    )
