#!/usr/bin/env python3
"""Writes networks with every piece that networks made elsewhere may have, as NPZ files of docs/python.md, without Java.

Gate i is the AND of two of m features, at most v active. A dense encoder with an offset writes a stream, s = U x + 1
with U upper bidiagonal; neuron i computes x_a + x_b - 1 from it; 4 of it is added to entry i of the stream, and a
read-out with two thresholds, on from 0.5 and off up to -0.5, compares entry i - 3: 1 to 3 if the gate is on, else -3 to
-1. residual.npz is in whole numbers, rounding.npz has its stream scaled by 0.7; in between.npz one output of one
feature is neither on nor off; in wrong.npz one output is on for a wrong pair.
"""
import sys

import numpy as np

M, V = 24, 3


def network(scale, rng):
    pairs = np.array([rng.choice(M, 2, replace=False) for _ in range(M)], np.int32)
    chosen = np.zeros((M, M))
    np.put_along_axis(chosen, pairs, 1, axis=1)
    stream = np.eye(M) - np.eye(M, k=1)
    neurons = chosen @ np.linalg.inv(stream)
    names = ("weight", "bias", "activation", "skip")
    layers = [
        (stream * scale, np.ones(M) * scale, 1, None),
        (neurons / scale, -1 - neurons.sum(axis=1), None, None),
        (4 * scale * np.eye(M), np.zeros(M), 1, 1),
        (np.eye(M) / scale, np.full(M, -3), 1, None)]
    arrays = {
        "encoder.codes": np.arange(M, dtype=np.int32)[:, None], "decoder.codes": np.arange(M, dtype=np.int32)[:, None],
        "decoder.kind": np.int32(2), "decoder.threshold": np.full(M, 0.5, np.float32),
        "decoder.off_threshold": np.full(M, -0.5, np.float32), "domain.max_active": np.int32(V),
        "gates.offsets": np.arange(0, 2 * M + 1, 2, dtype=np.int32), "gates.inputs": pairs.reshape(-1),
        "gates.functions": np.zeros(M, np.int32), "gates.function_offsets": np.array([0, 1], np.int32),
        "gates.function_data": np.array([0], np.int32)}
    for t, layer in enumerate(layers):
        for name, part in zip(names, layer):
            if part is not None:
                arrays[f"layers.{t}.{name}"] = (np.int32(part) if name in names[2:]
                                                else np.asarray(part).astype(np.float32))
    return arrays


def main():
    folder = sys.argv[1]
    whole, rounding = (network(scale, np.random.default_rng(7)) for scale in (1, 0.7))
    between = {**whole, "decoder.off_threshold": whole["decoder.off_threshold"].copy()}
    between["decoder.off_threshold"][M - 2] = -1.5
    wrong = {**whole, "gates.inputs": whole["gates.inputs"].copy()}
    wrong["gates.inputs"][-1] = next(j for j in range(M) if j not in wrong["gates.inputs"][-2:])
    for name, arrays in ("residual", whole), ("rounding", rounding), ("between", between), ("wrong", wrong):
        np.savez(f"{folder}/{name}.npz", **arrays)


if __name__ == "__main__":
    main()
