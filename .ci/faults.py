#!/usr/bin/env python3
"""python3 .ci/faults.py NET.npz FOLDER CONSTRUCTION: has tools/check_network.py judge an exported network, and changed
copies of it in FOLDER.

rewritten.npz has every gate of the last layer in another form of the same function, and is right too. fault.npz has
besides, in one row of its truth table, another function for one gate; silenced.npz never has output 0 on. Both are
wrong. flipped.npz has one weight past zero with the other sign, which long codes may do without, but no network of
weights of one bit. What makes them shares nothing with the checker. Status 1 if one is not judged so.
"""
import importlib.util
import os
import sys

import numpy as np

TABLE, WEIGHTED, SMALL = 7, 4, 10


def value(function, x):
    kind, numbers = function[0], function[1:]
    if kind == TABLE:
        row = sum(bit << t for t, bit in enumerate(x))
        return numbers[1 + row // 32] >> row % 32 & 1
    return int({
        0: lambda: all(x),
        1: lambda: sum(x) % 2 == 1,
        2: lambda: sum(x) >= numbers[0],
        3: lambda: sum(x) == numbers[0],
        WEIGHTED: lambda: sum(w * bit for w, bit in zip(numbers[1:], x)) >= numbers[0],
        5: lambda: all((sign > 0) == bit for sign, bit in zip(numbers, x)),
        6: lambda: any((sign > 0) == bit for sign, bit in zip(numbers, x)),
    }[kind]())


def table(function, fan_in, changed=-1):
    words = [0] * ((2**fan_in + 31) // 32)
    for row in range(2**fan_in):
        bit = value(function, [row >> t & 1 for t in range(fan_in)]) ^ (row == changed)
        words[row // 32] |= bit << row % 32
    return [TABLE, fan_in] + [word - (word >> 31 << 32) for word in words]  # as signed words


def rewritten(function, fan_in):
    kind, numbers = function[0], function[1:]
    if kind in (0, 2):  # AND, at least
        return [WEIGHTED, numbers[0] if kind else fan_in] + [1] * fan_in
    if kind in (5, 6):  # literals
        negated = sum(sign < 0 for sign in numbers)
        return [WEIGHTED, fan_in - negated if kind == 5 else 1 - negated] + numbers
    return table(function, fan_in) if fan_in <= SMALL else function


def write_gates(arrays, folder):
    single = "gates.offsets" in arrays
    layers = sum(name.startswith("gates.") and name.endswith(".offsets") for name in arrays)
    prefix = "gates." if single else f"gates.{layers - 1}."
    fan_ins = np.diff(arrays[prefix + "offsets"]).tolist()
    starts, data = arrays[prefix + "function_offsets"], arrays[prefix + "function_data"]
    functions = [data[a:b].tolist() for a, b in zip(starts, starts[1:])]
    functions = [functions[f] for f in arrays[prefix + "functions"]]

    def save(name, own):
        parts = {
            "functions": np.arange(len(own)),
            "function_offsets": np.cumsum([0] + [len(function) for function in own]),
            "function_data": np.concatenate(own),
        }
        np.savez(f"{folder}/{name}.npz",
                 **{**arrays, **{prefix + part: array.astype(np.int32) for part, array in parts.items()}})

    forms = [rewritten(function, fan_in) for function, fan_in in zip(functions, fan_ins)]
    save("rewritten", forms)
    # A row that occurs: nothing of what the gate reads is active, or as much as has to be.
    gate = next(i for i, fan_in in enumerate(fan_ins) if 0 < fan_in <= SMALL)
    active = min(int(arrays.get("domain.min_active", 0)), fan_ins[gate]) if single else 0
    forms[gate] = table(functions[gate], fan_ins[gate], 2**active - 1)
    save("fault", forms)



def write_weights(arrays, folder):
    last = max(int(name.split(".")[1]) for name in arrays if name.startswith("layers."))
    rows = arrays["decoder.codes"][0]
    rows = rows[rows >= 0]
    silenced = dict(arrays)
    for name in (f"layers.{last}.weight", f"layers.{last}.diagonal", f"layers.{last}.bias"):
        if name in arrays:
            silenced[name] = arrays[name].copy()
            silenced[name][rows] = 0  # output 0 is never on
    np.savez(f"{folder}/silenced.npz", **silenced)
    if f"layers.{last}.weight" not in arrays:
        return False
    weight = arrays[f"layers.{last}.weight"].copy()
    column = np.argmax(np.abs(weight[rows[0]]))
    weight[rows[0], column] -= np.sign(weight[rows[0], column]) * np.abs(weight[rows[0]]).sum()
    np.savez(f"{folder}/flipped.npz", **{**arrays, f"layers.{last}.weight": weight})
    return True


def load_checker():
    path = os.path.join(os.path.dirname(__file__), "..", "tools", "check_network.py")
    spec = importlib.util.spec_from_file_location("check_network", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_network"] = module
    spec.loader.exec_module(module)
    return module


def main():
    source, folder, construction = sys.argv[1:]
    checker = load_checker()

    def require(path, status, *options):
        sys.argv = ["check_network.py", path, *options]
        got = checker.main()
        if got not in status:
            print(f"FAILED: {os.path.basename(path)} has status {got}, not {' or '.join(map(str, status))}")
            sys.exit(1)

    require(source, {0})
    arrays = dict(np.load(source))
    write_gates(arrays, folder)
    require(f"{folder}/rewritten.npz", {0}, "--samples", "1000")
    require(f"{folder}/fault.npz", {1})
    has_weights = write_weights(arrays, folder)
    require(f"{folder}/silenced.npz", {1})
    if has_weights:
        one_bit = construction.startswith(("clipped", "dedicated", "sequential"))
        require(f"{folder}/flipped.npz", {1, 3} if one_bit else {0, 1, 3})


if __name__ == "__main__":
    main()
