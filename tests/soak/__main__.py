"""``make soak``: kill every kind of command at many moments, by the clock and by its steps.

``python -m tests.soak [--moments 50] [--seed 1] [NAME...]``; ends with 1 at the first thing
that does not hold, and says at which moment of which command.
"""

from __future__ import annotations

import argparse
import logging
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from generator.pipeline.build import ROOT
from tests.soak import steps
from tests.soak.scenes import SCENES, Trial

Kill = Callable[[list[str], Mapping[str, str]], None]


def main() -> int:
    """Try every command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCENES))
    parser.add_argument("--moments", type=int, default=50, help="of each command (50)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # the source on loopback
    for name in options.names or SCENES:
        chance = random.Random(f"{options.seed} {name}")  # noqa: S311  # no secret
        with tempfile.TemporaryDirectory() as folder, SCENES[name](Path(folder)) as scene:
            started = time.monotonic()
            trial = Trial.of(scene, Path(folder))
            seconds = _seconds(trial)
            for number in range(options.moments):
                if number % 2:
                    step = chance.randint(1, trial.steps)
                    moment, kill = f"step {step} of {trial.steps}", partial(_at_step, step)
                else:
                    after = chance.uniform(0, seconds)
                    moment, kill = f"{after:.3f} of {seconds:.3f} s", partial(_after, after)
                try:
                    trial.killed(kill)
                except BaseException:
                    sys.stderr.write(f"{name}: killed at {moment}\n")
                    raise
            took = time.monotonic() - started
            said = f"{name}: killed at {options.moments} moments in {took:.0f} s; all held\n"
            sys.stdout.write(said)
            sys.stdout.flush()
    return 0


def _seconds(trial: Trial) -> float:
    """Return how long the command takes where nothing befalls it."""
    site = trial.scene.copy(trial.root / "timed")
    started = time.monotonic()
    steps.run(trial.scene.arguments(site), more=trial.scene.environment)
    return time.monotonic() - started


def _at_step(step: int, arguments: list[str], environment: Mapping[str, str]) -> None:
    done = steps.run(arguments, step, "kill", environment)
    # A command that waits for another process counts some steps more one time than the other.
    assert done.returncode in {-signal.SIGKILL, 0}, done.stderr


def _after(seconds: float, arguments: list[str], environment: Mapping[str, str]) -> None:
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    with subprocess.Popen(command, env=steps.environment(environment)) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
