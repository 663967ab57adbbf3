#!/usr/bin/env python3
"""Kills Superpose at random moments: python3 tools/kill_test.py [--kills 200] [--seed 1]

"build" and "export" are killed (kill -9) again and again while they write: under the final name there is the file of before, the new one complete, or
nothing. "search" is killed and leaves nothing behind. "run" is killed and resumed until it is done: it ends with the rows of a run that was
never killed. Needs "mvn package" first. Exit status: 0 all held, 1 something did not.
"""
import argparse
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

SUPERPOSE = str(pathlib.Path(__file__).resolve().parent.parent / "superpose")
NETWORK = ["--problem", "two-and", "--construction", "clipped-and", "--set", "inputs=4096", "--set", "outputs=4096", "--set", "width=700",
           "--set", "resampling-rounds=0"]
SEARCH = ["search", "--problem", "two-and", "--construction", "clipped-and", "--set", "inputs=256", "--set", "outputs=256"]
EXPERIMENT = """
experiment: killed
problem: two-and
construction: [clipped-and, dedicated]
seeds: 20
cases: [{inputs: 96, outputs: 96}, {inputs: 128, outputs: 128}]
parameters: {width: [72]}
"""


def superpose(*arguments):
    return subprocess.run([SUPERPOSE, *arguments], capture_output=True, text=True, check=True).stdout


def killed(seconds, *arguments):
    """Whether the process was still at work when it was killed."""
    process = subprocess.Popen([SUPERPOSE, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.kill()
    return process.wait() == -signal.SIGKILL


def sound(path):
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None and (path.suffix == ".npz" or "digest" in json.loads(archive.read("manifest.json")))


def duration(*arguments):
    start = time.monotonic()
    superpose(*arguments)
    return time.monotonic() - start


def kill_writers(folder, kills, rng):
    base = folder / "base.superpose.zip"
    commands = {
        "build": (["build", *NETWORK, "-o"], folder / "built.superpose.zip"),
        "export": (["export", str(base), "--format", "npz", "-o"], folder / "exported.npz"),
        "search": (SEARCH, None),
    }
    superpose("build", *NETWORK, "-o", str(base))
    faults = 0
    for name, (arguments, target) in commands.items():
        arguments = arguments + ([str(target)] if target else [])
        whole = duration(*arguments)
        before = target.read_bytes() if target else b""
        hits = there = 0
        for kill in range(kills):
            if target and kill % 2:
                target.unlink(missing_ok=True)
            hits += killed(rng.uniform(0.3, 1.05) * whole, *arguments)
            if target and target.exists():
                there += 1
                if not sound(target) or target.read_bytes() != before:
                    faults += 1
                    print(f"FAULT: {name}, kill {kill}: {target.name} is not the file that belongs there")
        left = len(list(folder.glob(".*.part")))
        superpose(*arguments)
        print(f"{name}: {kills} kills, {hits} of them while at work, the file there and whole after {there}; {left} hidden part files left; then works")
        for part in folder.glob(".*.part"):
            part.unlink()
    return faults


def kill_runs(folder, kills, rng):
    experiment = folder / "killed.yaml"
    experiment.write_text(EXPERIMENT)
    rows = "SELECT * EXCLUDE (run, peak_memory_bytes, seconds) FROM measurements ORDER BY unit, row_in_unit"
    whole = folder / "whole"
    seconds = duration("run", str(experiment), "--out", str(whole))
    expected = superpose("results", str(whole), "--sql", rows, "--format", "json")
    hits = sweeps = faults = 0
    while hits < kills:
        out = folder / f"sweep-{sweeps}"
        sweeps += 1
        for attempt in range(8):
            more = ["--resume"] if (out / "results.duckdb").exists() else []
            hits += killed(rng.uniform(0.4, 1.0) * seconds, "run", str(experiment), "--out", str(out), *more)
        superpose("run", str(experiment), "--out", str(out), *(["--resume"] if (out / "results.duckdb").exists() else []))
        if superpose("results", str(out), "--sql", rows, "--format", "json") != expected:
            faults += 1
            print(f"FAULT: sweep {sweeps} has other rows than the one that was never killed")
    print(f"run: {hits} kills in {sweeps} sweeps, each resumed to the rows of a run that was never killed")
    return faults


def main():
    parser = argparse.ArgumentParser(description="Kills Superpose at random moments and looks at what is left.")
    parser.add_argument("--kills", type=int, default=200, help="of each command (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        faults = kill_writers(folder, options.kills, rng) + kill_runs(folder, options.kills, rng)
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
