"""A power cut at any step: content valid, site whole, and the next build is what a clean one is."""

from __future__ import annotations

import random
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.soak import steps
from tests.soak.scenes import SCENES, Trial

ASKED = [(signal.SIGINT, signal.SIGTERM)[number % 2] for number in range(len(SCENES))]


@pytest.mark.parametrize(("name", "asked"), list(zip(SCENES, ASKED, strict=True)))
def test_what_is_cut_short_is_completed_by_the_next(
    tmp_path: Path, name: str, asked: signal.Signals
) -> None:
    """Killed at a step chosen by chance, always the same one, and asked to end."""
    with SCENES[name](tmp_path) as scene:
        trial = Trial.of(scene, tmp_path)

        def kill(arguments: list[str], environment: Mapping[str, str]) -> None:
            done = steps.run(arguments, step, "kill", environment)
            assert done.returncode == -signal.SIGKILL, done.stderr

        def ask(arguments: list[str], environment: Mapping[str, str]) -> None:
            done = steps.run(arguments, trial.steps // 2, asked.name, environment)
            assert done.returncode == 128 + asked
            assert done.stderr == ""

        step = random.Random(name).randrange(1, trial.steps)  # noqa: S311  # no secret
        trial.killed(kill)
        trial.killed(ask)
