#!/usr/bin/env python3
"""python3 .ci/proof_mutants.py COUNT SEED CHECKER NET.npz PROOF.zip [CHECKER NET.npz PROOF.zip ...]

Changes networks and proofs in seeded ways and asks both checkers, tools/check_network.py and the compiled one in C.
None may accept what is wrong: the truth about each changed network is found here, input by input, by a third piece of
code that shares nothing with them. Files are also damaged byte by byte; a checker says 0, 1, 2 or 3 and never crashes.
"""
import contextlib
import importlib.util
import io
import itertools
import os
import random
import subprocess
import sys
import tempfile
import zipfile
import zlib

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("check_network", os.path.join(HERE, "../tools/check_network.py"))
python_checker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(python_checker)


def by_python(files):
    sys.argv = ["check_network.py", *files]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = python_checker.main()
    return status, out.getvalue()


def by_c(checker, files):
    done = subprocess.run([checker, *files], capture_output=True, text=True, errors="replace", timeout=60)
    return done.returncode, done.stdout + done.stderr


def value(function, x):
    kind, *numbers = function
    if kind == 7:
        row = sum(int(bit) << t for t, bit in enumerate(x))
        return numbers[1 + row // 32] >> row % 32 & 1 == 1
    literals = [bit == (sign == 1) for bit, sign in zip(x, numbers)]
    return bool([all(x), sum(x) % 2 == 1, numbers and sum(x) >= numbers[0], numbers and sum(x) == numbers[0],
                 numbers and sum(w for w, bit in zip(numbers[1:], x) if bit) >= numbers[0], all(literals),
                 any(literals)][kind])


def is_right(net):
    """Whether a network computes its gates on every input, in exact arithmetic; None where the file is not sound."""
    try:
        u, v = int(net.get("domain.min_active", 0)), int(net["domain.max_active"])
        m, groups = len(net["encoder.codes"]), net.get("domain.groups")
        layers = [f"gates.{t}." for t in range(9) if f"gates.{t}.offsets" in net] or ["gates."]
        for size in range(u, v + 1):
            for active in itertools.combinations(range(m), size):
                if groups is not None and len(set(groups[list(active)])) < size:
                    continue
                truth = [j in active for j in range(m)]
                for layer in layers:
                    part = {name: net[layer + name].tolist() for name in
                            ("offsets", "inputs", "functions", "function_offsets", "function_data")}
                    functions = [part["function_data"][a:b]
                                 for a, b in zip(part["function_offsets"], part["function_offsets"][1:])]
                    truth = [value(functions[f], [truth[j] for j in part["inputs"][a:b]]) for f, a, b in
                             zip(part["functions"], part["offsets"], part["offsets"][1:])]
                if truth != read(net, active):
                    return False
        return True
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def read(net, active):
    count = sum(name.endswith(".bias") for name in net)
    first = net["layers.0.weight"].shape[1] if "layers.0.weight" in net else len(net["layers.0.diagonal"])
    y = np.zeros(first)
    for j in active:
        for c in net["encoder.codes"][j]:
            y[c] += c >= 0
    states = [y]
    for t in range(count):
        z = (net[f"layers.{t}.weight"].astype(float) @ y if f"layers.{t}.weight" in net
             else net[f"layers.{t}.diagonal"].astype(float) * y) + net[f"layers.{t}.bias"]
        if f"layers.{t}.skip" in net:
            z = z + states[net[f"layers.{t}.skip"]]
        y = z if net.get(f"layers.{t}.activation", 0) == 1 else np.maximum(z, 0)
        states.append(y)
    values = [[y[c] for c in code if c >= 0] for code in net["decoder.codes"]]
    return [(min(each) if net["decoder.kind"] == 1 else sum(each)) >= limit
            for each, limit in zip(values, net["decoder.threshold"])]


def loaded(file):
    """The arrays of a damaged file, none where NumPy cannot read it."""
    try:
        with np.load(file) as archive:
            return {name: archive[name] for name in archive.files if name.split(".")[0] in
                    ("layers", "encoder", "decoder", "gates", "domain")}
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return {}


def changed_network(net, rng):
    """One entry is changed, or a layer adds an earlier state; or, so that an output is on where it should not be, a
    code is cut or a gate is never on."""
    net = {name: array.copy() for name, array in net.items()}
    how = rng.randrange(5)
    if how == 4:
        layers = range(sum(name.endswith(".bias") for name in net))
        first = net["layers.0.weight"].shape[1] if "layers.0.weight" in net else len(net["layers.0.diagonal"])
        sizes = [first, *(len(net[f"layers.{t}.bias"]) for t in layers)]
        fitting = [(t, skip) for t in layers for skip in range(t + 1) if sizes[skip] == sizes[t + 1]]
        if fitting:
            t, skip = rng.choice(fitting)
            net[f"layers.{t}.skip"] = np.int32(skip)
            net[f"layers.{t}.bias"] -= np.float32(rng.randrange(3))  # for some the network stays right
            return net
    if how == 0:
        codes = net["decoder.codes"]
        codes[rng.randrange(len(codes)), rng.randint(1, codes.shape[1]):] = -1
        return net
    if how == 1:
        layer = max(name[:-len("offsets")] for name in net if name.startswith("gates.") and name.endswith(".offsets"))
        starts = net[layer + "function_offsets"]
        net[layer + "functions"][rng.randrange(len(net[layer + "functions"]))] = len(starts) - 1
        net[layer + "function_offsets"] = np.append(starts, starts[-1] + 2).astype(np.int32)
        never = [2, int(net["domain.max_active"]) + 1]  # at least so many
        net[layer + "function_data"] = np.append(net[layer + "function_data"], never).astype(np.int32)
        return net
    name = rng.choice([n for n in net if n.startswith(("layers.", "encoder.", "decoder.", "gates.", "domain."))])
    array = net[name]
    place = tuple(rng.randrange(size) for size in array.shape)
    if array.dtype == np.float32:
        array[place] = rng.choice([0, 1, -1, array[place] + 1, array[place] - 1, -array[place], array[place] + 0.5])
    else:
        array[place] = rng.choice([array[place] + 1, array[place] - 1, 0, -1, rng.randrange(64)])
    return net


def changed_text(text, rng):
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    how = rng.randrange(5)
    if how == 0 and len(lines[at]):
        place = rng.randrange(len(lines[at]))
        lines[at] = lines[at][:place] + rng.choice("0123456789abcdef ") + lines[at][place + 1:]
    elif how == 1:
        del lines[at]
    elif how == 2:
        lines.insert(at, lines[rng.randrange(len(lines))])
    elif how == 3:
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    else:
        words = lines[at].split(" ")
        place = rng.randrange(len(words))
        if words[place].isdigit():
            words[place] = str(int(words[place]) + rng.choice([-1, 1, 2**32, 2**64]))
        lines[at] = " ".join(words)
    return "\n".join(lines)


def said(text):
    """What a proof says that checkers look at: all but whose digest and verifier it names, and what was resumed."""
    return [line for line in text.split("\n") if not line.startswith(("network ", "verifier ", "resumed "))]


def main():
    count, seed, files = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    sources = list(zip(files[::3], files[1::3], files[2::3]))
    rng = random.Random(seed)
    tried, accepted = {}, 0
    with tempfile.TemporaryDirectory() as folder:
        net_file, proof_file = os.path.join(folder, "net.npz"), os.path.join(folder, "net.proof.zip")
        for t in range(count):
            checker, source, source_proof = sources[t % len(sources)]
            with np.load(source) as archive:
                arrays = dict(archive)
            with zipfile.ZipFile(source_proof) as archive:
                text = archive.read("proof.txt").decode()
            kind = ("network", "network with proof", "proof", "bytes of network", "bytes of proof")[rng.randrange(5)]
            given, may_accept = [net_file], True
            np.savez(net_file, **arrays)
            if kind.startswith("network"):
                arrays = changed_network(arrays, rng)
                np.savez(net_file, **arrays)
            if kind == "bytes of network":
                with open(source, "rb") as file:
                    content = bytearray(file.read())
                for _ in range(rng.randrange(1, 4)):
                    content[rng.choice([rng.randrange(len(content)), -rng.randrange(1, 1500)])] = rng.randrange(256)
                with open(net_file, "wb") as file:
                    file.write(content[:rng.choice([len(content), rng.randrange(len(content))])])
            if kind in ("network with proof", "proof", "bytes of proof"):
                given.append(proof_file)
                changed = changed_text(text, rng) if kind == "proof" else text
                may_accept = said(changed) == said(text)
                with zipfile.ZipFile(proof_file, "w") as archive:
                    archive.writestr("proof.txt", changed)
                if kind == "bytes of proof":
                    with open(source_proof, "rb") as file:
                        content = bytearray(file.read())
                    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
                    with open(proof_file, "wb") as file:
                        file.write(content)
                    may_accept = None
            answers = {"Python": by_python(given), "C": by_c(checker, given)}
            statuses = {name: status for name, (status, _) in answers.items()}
            tried[kind] = tried.get(kind, 0) + 1
            fault = None
            if not set(statuses.values()) <= {0, 1, 2, 3}:
                fault = "a checker crashed"
            elif may_accept is False and 0 in statuses.values():
                fault = "a changed proof was accepted"
            elif {0, 1} <= set(statuses.values()):
                fault = "the checkers disagree"
            elif {0, 1} & set(statuses.values()):
                right = is_right(loaded(net_file) if kind == "bytes of network" else arrays)
                if right is not None and right != (0 in statuses.values()):
                    fault = f"the network is {'right' if right else 'wrong'}"
                accepted += 0 in statuses.values()
            if any(len(text.strip().split("\n")[-1]) == 0 for _, text in answers.values()):
                fault = "a checker said nothing"
            if fault:
                sys.exit(f"FAILED: mutant {t} of {source} ({kind}, seed {seed}): {fault}\n{answers}")
    print(f"{count} mutants ({', '.join(f'{n} {kind}' for kind, n in sorted(tried.items()))}): no false one was accepted, "
          f"{accepted} are still true")


if __name__ == "__main__":
    main()
