#!/usr/bin/env python3
"""Kills Superpose at random moments: python3 tools/kill_test.py [--kills 200] [--seed 1] [COMMAND ...]

"build" and "export" are killed (kill -9) again and again while they work, every second time while the hidden file is
there that is to become the result: under the final name there is the file of before, the complete new one, or nothing.
"search" and "run" are killed and resumed until they are done: they end with the rows of one that was never killed, and
"search" finds the same width. A process that ended before it was killed
does not count. Needs "mvn package" first. Exit status: 0 all held, 1 something did not.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

SUPERPOSE = str(pathlib.Path(__file__).resolve().parent.parent / "superpose")
NETWORK = ["--problem", "two-and", "--construction", "clipped-and", "--set", "inputs=4096", "--set", "outputs=4096",
           "--set", "width=700", "--set", "resampling-rounds=0"]
SEARCH = ["search", "--problem", "two-and", "--construction", "clipped-and", "--set", "inputs=64",
          "--set", "outputs=64", "--set", "resampling-rounds=0", "--resolution", "0.05", "--threads", "1"]
EXPERIMENT = """
experiment: killed
problem: two-and
construction: [clipped-and, dedicated]
seeds: 20
cases: [{inputs: 96, outputs: 96}, {inputs: 128, outputs: 128}]
parameters: {width: [72]}
"""
ROWS = "SELECT * EXCLUDE (run, peak_memory_bytes, seconds) FROM measurements ORDER BY unit, row_in_unit"


class World:
    """A folder to work in, and how often something did not hold."""

    def __init__(self, folder, kills, rng):
        self.folder = folder
        self.kills = kills
        self.rng = rng
        self.faults = 0
        self.unpacked = folder / "unpacked"  # a killed process does not delete the libraries that it has unpacked

    def fault(self, sentence):
        self.faults += 1
        print("FAULT: " + sentence)

    def environment(self):
        self.unpacked.mkdir(exist_ok=True)
        options = os.environ.get("SUPERPOSE_JAVA_OPTIONS", "")
        return {**os.environ, "SUPERPOSE_JAVA_OPTIONS": f"{options} -Djava.io.tmpdir={self.unpacked}"}

    def superpose(self, *arguments):
        done = subprocess.run([SUPERPOSE, *arguments], capture_output=True, text=True, env=self.environment())
        # Building without a search may leave wrong inputs, and then says so.
        if done.returncode and (arguments[0], done.returncode) != ("build", 1):
            sys.exit(f"superpose {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def seconds(self, *arguments):
        start = time.monotonic()
        self.superpose(*arguments)
        return time.monotonic() - start

    def killed(self, moment, *arguments):
        """Whether the process was still at work when the moment came; moment waits for it, given the process."""
        process = subprocess.Popen([SUPERPOSE, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=self.environment())
        moment(process)
        process.kill()
        status = process.wait()
        shutil.rmtree(self.unpacked)
        if status > 0:
            self.fault(f"superpose {' '.join(arguments)} ended by itself with {status}")
        return status == -signal.SIGKILL


def sound(path):
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None and (
            path.suffix == ".npz" or "digest" in json.loads(archive.read("manifest.json")))


def kill_writer(world, name, arguments, target):
    arguments = [*arguments, str(target)]
    whole = world.seconds(*arguments)
    right = target.read_bytes()
    hidden = lambda: list(target.parent.glob(".*.part"))
    tried = hits = there = left = 0  # two kills without a file of before, two with one, and so on
    while hits < world.kills:
        target.unlink(missing_ok=True)
        if tried // 2 % 2:
            target.write_bytes(right)
        if tried % 2:
            def moment(process):
                while process.poll() is None and not hidden():
                    time.sleep(0.0005)
                time.sleep(world.rng.uniform(0, 0.03))
        else:
            def moment(process):
                time.sleep(world.rng.uniform(0.2, 1.0) * whole)
        tried += 1
        hits += world.killed(moment, *arguments)
        if target.exists():
            there += 1
            if not sound(target) or target.read_bytes() != right:
                world.fault(f"{name}, kill {tried}: {target.name} is not the file that belongs there")
        for part in hidden():
            left += 1
            part.unlink()
    world.superpose(*arguments)
    if target.read_bytes() != right:
        world.fault(f"{name} after the kills makes another file")
    print(f"{name}: {hits} kills, {left} of them while the file was being written; "
          f"after {there} there was a file of that name, whole each time; "
          f"works when it is left alone", flush=True)


def kill_sweeps(world, name, arguments, same):
    """Kills and resumes until one comes to its end, again and again until there were enough kills.

    same(folder, output) is what has to be equal in the end.
    """
    whole = world.folder / f"{name}-whole"
    start = time.monotonic()
    output = world.superpose(*arguments, "--json", "--out", str(whole))
    seconds = time.monotonic() - start
    expected = same(whole, output)
    hits = mid_work = sweeps = 0
    while hits < world.kills:
        out = world.folder / f"{name}-{sweeps}"
        sweeps += 1
        resume = lambda: ["--resume"] if (out / "results.duckdb").exists() else []
        def moment(process):
            time.sleep(world.rng.uniform(0.2, 1.0) * seconds)
        while hits < world.kills and world.killed(moment, *arguments, "--out", str(out), *resume()):
            hits += 1
            mid_work += (out / "results.duckdb").exists()
        output = world.superpose(*arguments, "--json", "--out", str(out), *resume())
        if same(out, output) != expected:
            world.fault(f"{name} {sweeps} ends with other results than one that was never killed")
        shutil.rmtree(out)
    print(f"{name}: {hits} kills in {sweeps} sweeps, {mid_work} of them when there were results already; "
          f"each resumed to the results of one that was "
          f"never killed", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Kills Superpose at random moments and looks at what is left.")
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help="build, export, search or run (default: all)")
    parser.add_argument("--kills", type=int, default=200, help="of each command (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        world = World(folder, options.kills, random.Random(options.seed))
        base = folder / "base.superpose.zip"
        experiment = folder / "killed.yaml"
        experiment.write_text(EXPERIMENT)

        def rows(out):
            return world.superpose("results", str(out), "--sql", ROWS, "--format", "json")

        def found(out, output):
            measurement = json.loads(output)
            measurement.pop("seconds")
            return measurement, sorted(rows(out).splitlines())

        commands = {
            "build": lambda: kill_writer(world, "build", ["build", *NETWORK, "-o"], folder / "built.superpose.zip"),
            "export": lambda: kill_writer(
                world, "export", ["export", str(base), "--format", "npz", "-o"], folder / "exported.npz"),
            "search": lambda: kill_sweeps(world, "search", SEARCH, found),
            "run": lambda: kill_sweeps(world, "run", ["run", str(experiment)], lambda out, output: rows(out)),
        }
        if unknown := set(options.commands) - set(commands):
            parser.error(f"{', '.join(sorted(unknown))} is not one of {', '.join(commands)}")
        world.superpose("build", *NETWORK, "-o", str(base))
        for command in options.commands or commands:
            commands[command]()
    print(f"{world.faults} faults")
    return 1 if world.faults else 0


if __name__ == "__main__":
    sys.exit(main())
