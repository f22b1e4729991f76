"""The command line itself: where options stand, and what is said of words that mean nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands import cli
from tests.trees import tree

PAGE = "Daily Papers\n\nbyAK\n\nSep 23\n\nA Paper\n\nIts abstract says enough.\n"


@pytest.mark.parametrize("before", [True, False])
def test_options_stand_before_the_command_or_after_it(tmp_path: Path, *, before: bool) -> None:
    """Wherever they stand, they hold."""
    page, content = tmp_path / "page.txt", tmp_path / "mine" / "content"
    page.write_text(PAGE, "utf-8")
    options, command = ["--content", str(content), "--quiet"], ["add", str(page)]
    command += ["--date", "2025-09-23"]
    assert cli.main([*options, *command] if before else [*command, *options]) == 0
    assert list(tree(content)) == ["digests/2025-09-23.md", "papers/2025-09/a-paper.md"]


def test_of_two_values_the_later_one_holds(tmp_path: Path) -> None:
    """What stands after the command is said later."""
    arguments = ["--content", str(tmp_path / "a"), "build", "--content", str(tmp_path / "b")]
    assert cli.main([*arguments, "--output", str(tmp_path / "site")]) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serv"], "there is no command 'serv'; did you mean serve?"),
        (["xyz"], "there is no command 'xyz'; there are: build, add, fetch"),
        (["--contnet", "x"], "there is no option '--contnet'; did you mean --content?"),
        (["add", "x", "--dat", "2025-09-23", "--overwrit", "--nothing"], "'--nothing'"),
        (["--jobs", "-3"], "'-3' is no number of processes"),
        (["--jobs", "many"], "'many' is no number of processes"),
        (["serve", "--port", "80000"], "'80000' is no port, which is 0 to 65,535"),
        (["add", "x", "--date", "2025-02-30"], "write it like 2025-09-23"),
        (["fetch", "arxive"], "there is no source 'arxive'; did you mean arxiv?"),
        (["--today", "tomorrow"], "'tomorrow' is no date"),
    ],
)
def test_what_means_nothing_is_refused_with_advice(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and what may have been meant."""
    with pytest.raises(SystemExit) as found:
        cli.main(arguments)
    assert found.value.code == 2
    assert words in capsys.readouterr().err
