"""The supply chain: what runs for us is what we looked at, and may do no more than it has to."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.pipeline.build import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
OURS = re.compile(r"uses: \./")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    """With the version beside it: a tag can be moved, a commit cannot."""
    for line in path.read_text("utf-8").splitlines():
        if "uses:" in line:
            assert PINNED.search(line) or OURS.search(line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_permissions_are_the_least(path: Path) -> None:
    """Said for every workflow; to write is granted to single jobs."""
    held: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    assert held["permissions"] in ({}, {"contents": "read"})
    for job in held["jobs"].values():
        assert job.get("permissions") != "write-all"
        assert "timeout-minutes" in job or "uses" in job


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_that_others_write_is_part_of_a_script(path: Path) -> None:
    """A branch's name or an input goes through the environment: a shell would run it."""
    held: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    for job in held["jobs"].values():
        for step in job.get("steps", ()):
            assert "${{" not in step.get("run", "")


def project() -> dict[str, Any]:
    """Return what pyproject.toml says of the project."""
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def test_what_is_audited_is_all_that_we_depend_on() -> None:
    """Once a week, with every extra but the tests' own; what is newest is tried as well."""
    held = yaml.safe_load((ROOT / ".github/workflows/newest.yml").read_text("utf-8"))
    extras = sorted(project()["optional-dependencies"].keys() - {"test"})
    scripts = [step.get("run", "") for step in held["jobs"]["audit"]["steps"]]
    assert any(f"'.[{','.join(extras)}]'" in script for script in scripts)
    assert any("pip_audit" in script for script in scripts)
    assert "make test" in [step.get("run") for step in held["jobs"]["test"]["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_only_a_job_that_pushes_keeps_the_right_to(path: Path) -> None:
    """A checkout leaves its token in the clone unless told not to."""
    held: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    for job in held["jobs"].values():
        for step in job.get("steps", ()):
            if "actions/checkout" in step.get("uses", ""):
                keeps = step.get("with", {}).get("persist-credentials", True)
                pushes = job.get("permissions", {}).get("contents") == "write"
                assert not keeps or pushes


def test_a_major_release_of_a_library_waits_for_us() -> None:
    """Every dependency that is code has an upper bound."""
    extras = project()["optional-dependencies"]
    ours = [each for name, held in extras.items() if name != "test" for each in held]
    needed = [*project()["dependencies"], *ours]
    open_ended = [each for each in needed if "<" not in each and "==" not in each]
    # A font, and the tables of time zones, whose version is the year: neither has an interface.
    assert set(open_ended) == {"font-source-serif-pro>=0.0.1", "tzdata>=2025.1"}


def test_a_release_has_the_section_of_its_version() -> None:
    """And none is made without one."""
    spec = importlib.util.spec_from_file_location("notes", ROOT / ".github/notes.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    changelog = (
        "# Changelog\n\n## Unreleased\n\n- a\n\n## 1.2.0 - 2026-01-01\n\n- b\n\n## 1.1.0\n\n- c\n"
    )
    assert module.notes(changelog, "1.2.0") == "- b"
    assert module.notes(changelog, "1.1.0") == "- c"
    with pytest.raises(ValueError, match=r"no section `## 1\.3\.0`"):
        module.notes(changelog, "1.3.0")


def test_strangers_are_told_how_to_report() -> None:
    """SECURITY.md says where; Dependabot looks after actions and libraries."""
    assert "Report a vulnerability" in (ROOT / "SECURITY.md").read_text("utf-8")
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    assert {each["package-ecosystem"] for each in updates} == {"github-actions", "pip"}
