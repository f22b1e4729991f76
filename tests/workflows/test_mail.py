"""The mail of the daily workflow: its script, with a real mail server, and the steps around it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.pipeline.build import ROOT
from tests.commands.email.servers import Handler, running
from tests.commands.email.test_compose import content

READERS = ["ada@mail.example", "grace@mail.example"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return the repository of a site of two days, with the program installed."""
    content(tmp_path)
    (tmp_path / ".github").mkdir()
    script = (ROOT / ".github/mail.sh").read_text("utf-8")
    (tmp_path / ".github/mail.sh").write_text(script, "utf-8")
    (tmp_path / "build.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from generator.commands.cli import main\nsys.exit(main())\n"
    )
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return tmp_path


def send(repository: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Run the script as the workflow does, where secrets that are not set are empty."""
    given = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_SECURITY": "none",
        "SMTP_USER": "",
        "SMTP_PASSWORD": "",
        "GAZETTE_RECIPIENTS": "\n".join(READERS),
        "PYTHON": sys.executable,
        "PAUSE": "0",
    }
    return subprocess.run(
        ["bash", repository / ".github/mail.sh"],
        cwd=repository,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_reader_gets_the_digest_once(repository: Path) -> None:
    """However often the workflow runs."""
    handler = Handler()
    with running(handler) as port:
        runs = [send(repository, port) for _ in range(2)]
    assert [run.returncode for run in runs] == [0, 0], runs[0].stderr
    assert [address for address, _ in handler.taken] == READERS


def test_who_is_told_to_come_back_does_so(repository: Path) -> None:
    """In the same run; the others get nothing twice, and the log names nobody."""
    seen: Counter[str] = Counter()

    def later(_: int, address: str) -> str:
        seen[address] += 1
        return f"450 4.2.0 <{address}> is greylisted" if seen[address] == 1 else ""

    handler = Handler(at_address=later)
    with running(handler) as port:
        run = send(repository, port)
    assert run.returncode == 0, run.stderr
    assert [address for address, _ in handler.taken] == READERS
    assert "450 4.2.0 <...> is greylisted" in run.stderr
    assert not any(address in run.stdout + run.stderr for address in READERS)


def test_who_is_left_is_no_secret(repository: Path) -> None:
    """The run fails, so that somebody looks."""
    handler = Handler(at_address=lambda *_: "451 Not today")
    with running(handler) as port:
        assert send(repository, port).returncode == 3
    assert handler.taken == []


@pytest.fixture
def job() -> dict[str, Any]:
    """Return the workflow's job that sends."""
    held = yaml.safe_load((ROOT / ".github/workflows/daily.yml").read_text("utf-8"))
    found: dict[str, Any] = held["jobs"]["mail"]
    return found


def test_it_is_sent_once_the_site_has_it(job: dict[str, Any]) -> None:
    """And only where there is a mail server; only the step that sends knows the secrets."""
    assert (job["needs"], job["if"]) == ("publish", "always() && needs.publish.result == 'success'")
    assert all("env.WANTED == 'true'" in step["if"] for step in job["steps"])
    told = [step for step in job["steps"] if "secrets." in str(step)]
    assert [step["run"] for step in told] == [".github/mail.sh"]
    assert "secrets.GAZETTE_RECIPIENTS" in str(told)
    assert os.access(ROOT / ".github/mail.sh", os.X_OK)


def test_who_got_it_is_kept_whatever_happens(job: dict[str, Any]) -> None:
    """The newest cache is restored, and one is saved under a key of the run's own."""
    uses = [step.get("uses", step.get("name", "")).partition("@")[0] for step in job["steps"]]
    restore, sending, save = (
        uses.index(each) for each in ("actions/cache/restore", "Send", "actions/cache/save")
    )
    assert restore < sending < save
    before, after = job["steps"][restore]["with"], job["steps"][save]["with"]
    assert before == {**after, "restore-keys": "mail-"}
    assert after["path"] == ".gazette/mail"
    assert after["key"] == "mail-${{ github.run_id }}-${{ github.run_attempt }}"
    assert job["steps"][save]["if"].startswith("always()")
