#!/usr/bin/env python3
"""python3 .ci/random_turns.py CHECKER COUNT SEED

Writes small networks of gates in turn whose codes are drawn at random, so that others may cover them, some with a read
or a neuron more or less than a gate has, or another bias or threshold, and asks check_network.py and the compiled checker_disjunct.c about each. What is
true is found input by input; neither may take a wrong one for right, and some of either kind have to be there.
"""
import os
import random
import sys
import tempfile

import numpy as np

from proof_mutants import by_c, by_python, is_right


def codes(count, weight, neurons, rng):
    return np.array([sorted(rng.sample(range(neurons), weight)) for _ in range(count)], np.int32)


def network(rng):
    m, outputs, neurons, rows = 6, rng.randrange(2, 5), rng.randrange(9, 24), rng.randrange(6, 16)
    encoder, decoder = codes(m, rng.randrange(2, 5), neurons, rng), codes(outputs, rng.randrange(2, 4), rows, rng)
    gates = [sorted(rng.sample(range(m), rng.randrange(1, 3))) for _ in range(outputs)]
    first = np.zeros((outputs, neurons), np.float32)
    for gate, reads in enumerate(gates):
        others = rng.sample(range(m), rng.randrange(1, 3)) if rng.randrange(20) == 0 else reads
        first[gate, encoder[others].ravel()] = 1
    if rng.randrange(8) == 0:
        place = rng.randrange(outputs), rng.randrange(neurons)
        first[place] = 1 - first[place]
    second = np.zeros((rows, outputs), np.float32)
    for output, code in enumerate(decoder):
        second[code, output] = 1
    bias = 1 - first.sum(axis=1)
    if rng.randrange(8) == 0:
        bias[rng.randrange(outputs)] += 1
    turned = {"diagonal": np.full(neurons, -1, np.float32), "bias": np.ones(neurons, np.float32)}
    layers = [turned, turned, {"weight": first, "bias": bias.astype(np.float32)},
              {"weight": second, "bias": np.zeros(rows, np.float32)}]
    threshold = np.full(outputs, rng.choice([1] * 8 + [0.5, 2, 0]), np.float32)
    arrays = {f"layers.{t}.{name}": part for t, layer in enumerate(layers) for name, part in layer.items()}
    return {**arrays, "encoder.codes": encoder, "decoder.codes": decoder, "decoder.kind": np.int32(1),
            "decoder.threshold": threshold, "domain.max_active": np.int32(rng.choice([1, 2, 2, 3])),
            "gates.offsets": np.cumsum([0, *map(len, gates)]).astype(np.int32),
            "gates.inputs": np.array(sum(gates, []), np.int32), "gates.functions": np.zeros(outputs, np.int32),
            "gates.function_offsets": np.array([0, 1], np.int32), "gates.function_data": np.array([0], np.int32)}


def main():
    checker, count, rng = sys.argv[1], int(sys.argv[2]), random.Random(int(sys.argv[3]))
    verified = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "net.npz")
        for t in range(count):
            arrays = network(rng)
            np.savez(file, **arrays)
            right = is_right(arrays)
            for status, text in (by_c(checker, [file]), by_python([file])):
                if status not in (0, 1, 3) or (status == 0) > right or (status == 1) > (not right):
                    sys.exit(f"FAILED: network {t} is {'right' if right else 'wrong'}, but {text}")
            by_nodes = by_c(checker, [file])[0] == 0
            if by_nodes != ("by disjunct" in by_python([file])[1]):
                sys.exit(f"FAILED: network {t} is followed by one checker only")
            verified, wrong = verified + by_nodes, wrong + (not right)
    if min(verified, wrong) < count // 20:
        sys.exit(f"FAILED: of {count} networks {verified} were followed and {wrong} are wrong")
    print(f"{count} networks with random codes: {verified} were followed to the end, {wrong} are wrong, none of them both")


if __name__ == "__main__":
    main()
