#!/usr/bin/env python3
"""An independent, complete check of an exported network: python3 tools/check_network.py NET.npz [FILE.proof.zip]

Compares what "superpose export --format npz" wrote with its gates, of any function, on every input of the domain, by
one of the methods of docs/proofs.md: pairs (clipped channels of any size), extremes (one layer in which nothing is cut,
of any size), nodes of the map neuron by neuron (gates in turn, of any size), or every input, up to --limit of them;
above that, on a sample. With a proof, all that it says is found again. It shares nothing with the Java side nor with
the checkers in C: it is written from the model (u to v active features, y -> ReLU(W y + b) or without ReLU, an earlier
state added or not, read-out >= threshold or <= another one), docs/python.md and docs/proofs.md. Where all numbers of a
layer are whole in some unit and sums stay within 2^24 of them, float32 is exact. Elsewhere values are computed in
float64 with a bound on what float32 in any order of summation can make of them; a decision closer to its threshold is
undecided.
Exit status: 0 and a last line "VERIFIED N of N inputs", 1 a wrong output, 2 not a usable file or a proof that does not
hold, 3 a margin below the rounding bound, or only a sample was right.
"""
import argparse
import functools
import hashlib
import itertools
import math
import sys
import zipfile
import zlib

import numpy as np

UNIT = 2.0**-24  # unit roundoff of float32
EXACT = 2.0**24  # whole numbers up to here are exact in float32
TINY = 2.0**-100  # far above what underflow loses
FUNCTIONS = ("and", "parity", "at-least", "exactly", "weighted", "literals-and", "literals-or", "table")  # kinds 0 to 7


def require(condition, problem):
    if not condition:
        raise ValueError(problem)


class Network:
    def __init__(self, arrays):
        self.arrays = arrays
        self.codes = self.array("encoder.codes", 2, np.int32)
        self.out_codes = self.array("decoder.codes", 2, np.int32)
        self.threshold = self.array("decoder.threshold", 1, np.float32)
        kind = int(self.array("decoder.kind", 0, np.int32))
        require(kind in (0, 1, 2), f"decoder.kind {kind} is not 0, 1 or 2")
        self.every_row, self.readout = kind == 1, kind == 2
        two_sided = "decoder.off_threshold" in arrays
        self.off_threshold = self.array("decoder.off_threshold", 1, np.float32) if two_sided else self.threshold
        self.layers, self.activation, self.skip = [], [], []
        while (name := f"layers.{len(self.layers)}") + ".bias" in arrays:
            diagonal = f"{name}.diagonal" in arrays
            weight = self.array(name + (".diagonal" if diagonal else ".weight"), 1 if diagonal else 2, np.float32)
            for parts, part in ((self.activation, ".activation"), (self.skip, ".skip")):
                parts.append(int(self.array(name + part, 0, np.int32)) if name + part in arrays else None)
            self.layers.append((weight, self.array(f"{name}.bias", 1, np.float32)))
        require(self.layers, "there are no layers")
        named = sum(a.startswith("layers.") for a in arrays)
        optional = sum(part is not None for part in self.activation + self.skip)
        require(named == 2 * len(self.layers) + optional, "layers are not numbered 0, 1, ...")
        require(set(self.activation) <= {None, 0, 1}, "an activation is neither 0 nor 1")
        sizes = [self.layers[0][0].shape[-1]]
        for t, (weight, bias) in enumerate(self.layers):
            require(weight.shape[-1] == sizes[t] and weight.shape[0] == len(bias),
                    f"the shapes of layer {t} do not fit")
            skip = self.skip[t]
            require(skip is None or 0 <= skip <= t and sizes[skip] == len(bias),
                    f"layer {t} cannot add state {skip}")
            sizes.append(len(bias))
        self.inputs, size = sizes[0], sizes[-1]
        check_codes("encoder.codes", self.codes, self.inputs)
        check_codes("decoder.codes", self.out_codes, size)
        self.features, self.outputs = len(self.codes), len(self.out_codes)
        require(len(self.threshold) == len(self.off_threshold) == self.outputs,
                "decoder.threshold has another length than decoder.codes")
        require((self.off_threshold <= self.threshold).all(), "an off-threshold is above the other")
        require(not self.readout or np.array_equal(self.out_codes, np.arange(size)[:, None]),
                "decoder.codes of a read-out are not the identity")
        require(self.readout or not two_sided, "only a read-out has two thresholds")
        self.max_active = int(self.array("domain.max_active", 0, np.int32))
        require(1 <= self.max_active <= self.features,
                f"domain.max_active {self.max_active} is not in 1..{self.features}")
        self.min_active = int(self.array("domain.min_active", 0, np.int32)) if "domain.min_active" in arrays else 0
        require(0 <= self.min_active <= self.max_active,
                f"domain.min_active {self.min_active} is not in 0..{self.max_active}")
        self.groups = (self.array("domain.groups", 1, np.int32) if "domain.groups" in arrays
                       else np.arange(self.features))
        require(len(self.groups) == self.features, "domain.groups has another length than encoder.codes")
        self.gates = self.read_gates()

    @functools.cached_property
    def output_reads(self):
        """[entries, outputs]: 1 where an output sums an entry up"""
        reads, used = np.zeros((len(self.layers[-1][1]), self.outputs)), self.out_codes >= 0
        reads[self.out_codes[used], np.nonzero(used)[0]] = 1
        return reads

    def array(self, name, dimensions, dtype):
        require(name in self.arrays, f"there is no array {name}")
        array = self.arrays[name]
        require(array.dtype == dtype and array.ndim == dimensions,
                f"{name} is {array.dtype} of {array.ndim} dimensions")
        require(np.isfinite(array).all(), f"{name} has values that are not finite")
        return array

    def digest(self):
        """SHA-256 over the arrays of the network and its gates, in the order of their names."""
        sha = hashlib.sha256()
        for name in sorted(self.arrays):
            if name.startswith(("layers.", "encoder.", "decoder.", "gates.", "domain.")):
                array = self.arrays[name]
                sha.update(f"{name} {array.dtype.str} {','.join(map(str, array.shape))}\n".encode())
                sha.update(np.ascontiguousarray(array).tobytes())
        return sha.hexdigest()

    def read_gates(self):
        layers, read, single = [], self.features, "gates.offsets" in self.arrays
        while not layers or (not single and f"gates.{len(layers)}.offsets" in self.arrays):
            layers.append(Gates(self, "gates." if single else f"gates.{len(layers)}.", read))
            read = layers[-1].outputs
        require(read == self.outputs, "the gates have another number of outputs than the decoder")
        named = {a.rsplit(".", 1)[0] for a in self.arrays if a.startswith("gates.")}
        require(len(named) == len(layers), "layers of gates are not numbered 0, 1, ...")
        return layers

    def truth(self, x):
        """bool [batch, m] -> bool [batch, m']: what the gates say."""
        for gates in self.gates:
            x = gates.truth(x)
        return x

    def forward(self, chosen):
        """int [batch, v] of features, -1 for none -> the last activations and a bound on their float32 error."""
        batch, used = len(chosen), chosen >= 0
        neurons = np.where(used[:, :, None], self.codes[chosen], -1).reshape(batch, -1)
        flat = (np.arange(batch)[:, None] * self.inputs + neurons)[neurons >= 0]
        y = np.bincount(flat, minlength=batch * self.inputs).reshape(batch, self.inputs).astype(np.float64)
        error = np.zeros_like(y)
        states = [(y, error)]
        for (weight, bias), activation, skip in zip(self.layers, self.activation, self.skip):
            weight, bias = weight.astype(np.float64), bias.astype(np.float64)
            apply = (lambda w, v: v * w) if weight.ndim == 1 else (lambda w, v: v @ w.T)
            added, added_error = (0.0, 0.0) if skip is None else states[skip]
            size = apply(np.abs(weight), np.abs(y) + error) + np.abs(bias) + np.abs(added) + added_error
            whole = (not error.any() and not np.any(added_error) and (weight == np.rint(weight)).all()
                     and (bias == np.rint(bias)).all())
            require(size.max() < 1e38, "the numbers are too large for float32")
            rounding = 0 if whole and size.max() <= EXACT else 2 * (weight.shape[-1] + 3) * UNIT
            error = (apply(np.abs(weight), error) + added_error + rounding * (size + TINY) if rounding
                     else np.zeros_like(size))
            y = apply(weight, y) + bias + added
            y = y if activation == 1 else np.maximum(y, 0)
            states.append((y, error))
        return y, error

    def read_outs(self, chosen):
        """What is compared with the thresholds, and the bound on its error: two arrays [batch, m']."""
        y, error = self.forward(chosen)
        if self.readout:
            return y, error
        if self.every_row:
            padded = np.pad(y, ((0, 0), (0, 1)), constant_values=np.inf)
            padded_error = np.pad(error, ((0, 0), (0, 1)))
            return (np.minimum.reduce([padded[:, rows] for rows in self.out_codes.T]),  # -1 is the last column
                    np.maximum.reduce([padded_error[:, rows] for rows in self.out_codes.T]))
        total, bound = y @ self.output_reads, error @ self.output_reads
        exact = not error.any() and (y == np.rint(y)).all() and np.abs(total).max() <= EXACT
        rounding = 0 if exact else 2 * (self.out_codes.shape[1] + 2) * UNIT * (np.abs(y) @ self.output_reads + bound)
        return total, bound + rounding

    def judge(self, chosen, truth):
        """Whether each output is surely right and surely wrong, its margin, and the bound on its error.

        With one threshold an output is on at it and off below; with two it is off at the other one, and wrong between.
        """
        value, bound = self.read_outs(chosen)
        margin = value - np.where(truth, self.threshold, self.off_threshold)
        on_at_threshold = truth | (self.off_threshold == self.threshold)
        above = np.where(on_at_threshold, margin >= bound, margin > bound)
        below = np.where(on_at_threshold, -margin > bound, -margin >= bound)
        finite = np.isfinite(bound)
        return np.where(truth, above, below) & finite, np.where(truth, below, above) & finite, margin, bound


class Gates:
    """One layer of gates: what each reads, and for each function the gates that compute it."""

    def __init__(self, net, prefix, features):
        offsets, self.inputs, functions, starts, data = (
            net.array(prefix + part, 1, np.int32)
            for part in ("offsets", "inputs", "functions", "function_offsets", "function_data"))
        require(len(offsets) > 1 and offsets[0] == 0 and offsets[-1] == len(self.inputs) and
                (np.diff(offsets) >= 0).all(), f"{prefix}offsets is not sound")
        require(((self.inputs >= 0) & (self.inputs < features)).all(),
                f"{prefix}inputs names features that do not exist")
        self.offsets, self.fan_in, self.outputs = offsets, np.diff(offsets), len(offsets) - 1
        require(len(starts) > 1 and starts[0] == 0 and starts[-1] == len(data) and (np.diff(starts) > 0).all(),
                f"{prefix}function_offsets is not sound")
        require(len(functions) == self.outputs and (functions >= 0).all() and (functions < len(starts) - 1).all(),
                f"{prefix}functions is not sound")
        self.functions, self.function_of = [], functions
        for f, (start, end) in enumerate(zip(starts, starts[1:])):
            gates = np.flatnonzero(functions == f)
            kind, numbers = int(data[start]), data[start + 1:end].astype(np.int64)
            require(0 <= kind < len(FUNCTIONS), f"{prefix}function_data has a function of unknown kind {kind}")
            name, fan_in = FUNCTIONS[kind], self.fan_in[gates]
            require(self.is_sound(name, numbers, fan_in), f"{prefix}function_data: {name} {numbers} is not sound")
            self.functions.append((name, numbers, gates))
        self.prepare_sums()

    def prepare_sums(self):
        """What each read adds to its gate's sum while it is active, and what the sum is while nothing is."""
        self.step, self.idle = np.ones(len(self.inputs), np.int64), np.zeros(self.outputs, np.int64)
        for name, numbers, gates in self.functions:
            if name in ("and", "parity", "at-least", "exactly") or not len(gates):
                continue
            steps = (numbers[1:] if name == "weighted" else 1 << np.arange(numbers[0]) if name == "table" else numbers)
            if len(steps):
                self.step[self.offsets[gates][:, None] + np.arange(len(steps))] = steps
            if name.startswith("literals"):
                self.idle[gates] = (numbers < 0).sum()

    def on(self, gates, sums):
        """Whether some gates are on for some sums: bool of the same length."""
        on = np.zeros(len(gates), bool)
        order = np.argsort(self.function_of[gates], kind="stable")
        for part in np.split(order, np.flatnonzero(np.diff(self.function_of[gates][order])) + 1):
            if len(part):
                name, numbers, _ = self.functions[self.function_of[gates[part[0]]]]
                own, fan_in = sums[part], self.fan_in[gates[part]]
                on[part] = (own == fan_in if name in ("and", "literals-and") else own % 2 == 1 if name == "parity" else
                            own >= numbers[0] if name in ("at-least", "weighted") else own == numbers[0]
                            if name == "exactly" else own > 0 if name == "literals-or" else
                            numbers[1 + own // 32] >> own % 32 & 1 == 1)
        return on

    @staticmethod
    def is_sound(name, numbers, fan_in):
        """Whether gates of some fan-ins can compute a function."""
        if name in ("and", "parity"):
            return len(numbers) == 0 and (fan_in > 0).all()
        if name in ("at-least", "exactly"):
            return len(numbers) == 1 and numbers[0] >= (name == "at-least") and (fan_in > 0).all()
        if name == "table":
            rows = 2 ** numbers[0] if len(numbers) and 0 <= numbers[0] <= 16 else 0
            return rows > 0 and len(numbers) == 1 + (rows + 31) // 32 and (fan_in == numbers[0]).all()
        weights = numbers[1:] if name == "weighted" else numbers
        return (len(weights) > 0 and (fan_in == len(weights)).all()
                and (name == "weighted" or (np.abs(weights) == 1).all()))

    def changed(self, sets, features):
        """Sets of active inputs, int [batch, size] -> row and gate, in order, of the gates that are on and read one."""
        if not hasattr(self, "readers"):
            order = np.argsort(self.inputs, kind="stable")
            self.reads = order, np.repeat(np.arange(self.outputs), self.fan_in)[order]
            self.readers = np.bincount(self.inputs, minlength=features)
            self.first_reader = np.cumsum(self.readers) - self.readers
        order, gate_of = self.reads
        active = sets.ravel()
        at = ragged(self.first_reader[active], self.readers[active])
        row = np.repeat(np.repeat(np.arange(len(sets)), sets.shape[1]), self.readers[active])
        key = row * self.outputs + gate_of[at]
        by_key = np.argsort(key, kind="stable")
        key, steps = key[by_key], self.step[order[at]][by_key]
        starts = np.flatnonzero(np.diff(key, prepend=-1))
        key, sums = key[starts], np.add.reduceat(steps, starts) if len(starts) else steps
        row, gate = key // self.outputs, key % self.outputs
        on = self.on(gate, self.idle[gate] + sums)
        return row[on], gate[on]

    def truth(self, x):
        """bool [batch, inputs] -> bool [batch, outputs]"""
        read = x[:, self.inputs]
        before = np.pad(np.cumsum(read, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
        active = before[:, self.offsets[1:]] - before[:, self.offsets[:-1]]
        on = np.zeros((len(x), self.outputs), bool)
        for name, numbers, gates in self.functions:
            if name == "and":
                value = active[:, gates] == self.fan_in[gates]
            elif name == "parity":
                value = active[:, gates] % 2 == 1
            elif name == "at-least":
                value = active[:, gates] >= numbers[0]
            elif name == "exactly":
                value = active[:, gates] == numbers[0]
            else:
                fan_in = int(numbers[0]) if name == "table" else len(numbers) - (name == "weighted")
                own = read[:, self.offsets[gates][:, None] + np.arange(fan_in)]  # [batch, gates, fan-in]
                if name == "weighted":
                    value = own @ numbers[1:] >= numbers[0]
                elif name == "table":
                    row = own @ (1 << np.arange(fan_in, dtype=np.int64))
                    value = numbers[1 + row // 32] >> row % 32 & 1 == 1
                else:
                    value = (own == (numbers == 1)).all(axis=2) if name == "literals-and" else (
                        own == (numbers == 1)).any(axis=2)
            on[:, gates] = value
        return on


def check_codes(name, codes, neurons):
    require(((codes >= -1) & (codes < neurons)).all(), f"{name} names neurons that do not exist")
    ordered = np.sort(codes, axis=1)
    require((codes[:, 0] >= 0).all(), f"{name} has a code that is empty or begins with -1")
    require(not ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)).any(),
            f"{name} has a neuron twice in one code")


def domain_size(net):
    """How many inputs there are, from the number of features in each group."""
    ways = [1] + [0] * net.max_active
    for count in np.unique(net.groups, return_counts=True)[1].tolist():
        ways = [ways[0]] + [ways[i] + count * ways[i - 1] for i in range(1, len(ways))]
    return sum(ways[net.min_active:])


def samples(net, count, rng):
    """For each gate all that it reads, one of that and a random part, bare or with others; then random inputs."""
    reads = [{j} for j in range(net.features)]
    for gates in net.gates:
        reads = [set().union(*(reads[i] for i in gates.inputs[a:b]))
                 for a, b in zip(gates.offsets, gates.offsets[1:])]
        for read in reads:
            order = rng.permutation(sorted(read))
            for part, most in ((len(order), 0), (len(order), net.max_active), (1, net.max_active),
                               (rng.integers(len(order) + 1), 0)):
                start = order[:min(part, net.max_active)].tolist()
                yield grow(net, start, max(most, len(start)), rng)
    for size in itertools.chain([0, 1], itertools.repeat(net.max_active, count)):
        yield grow(net, [], size, rng)


def grow(net, chosen, size, rng):
    """An input of the domain with some features and random others, about so many."""
    kept, size = [], max(size, net.min_active)
    for feature in itertools.chain(chosen, rng.integers(net.features, size=8 * size).tolist(), range(net.features)):
        if len(kept) == size:
            break
        if net.groups[feature] not in net.groups[kept]:
            kept.append(feature)
    return tuple(kept)


K = np.uint64(0xD6E8FEB86659FD93)
SHIFT = np.uint64(32)
METHODS = ("pairwise", "additive", "disjunct", "enumeration")
BY_OUTPUT = ("additive", "disjunct")  # whose ranges are of outputs
COUNTS = ("inputs", "changes", "digest", "looked", "pruned", "pruned_inputs", "pruned_digest")


class Wrong(Exception):
    """An input on which an output is wrong."""

    def __init__(self, chosen, output, truth, detail=""):
        super().__init__(f"WRONG: input {[int(j) for j in chosen if j >= 0]}, output {output} should be "
                         f"{'on' if truth else 'off'}{detail}")


class Undecided(Exception):
    """Something that can be neither proved nor refuted here."""


# ---- what a proof counts ----


def mix(x):
    x = (x ^ x >> SHIFT) * K
    x = (x ^ x >> SHIFT) * K
    return x ^ x >> SHIFT


def set_digests(sets):
    """int [sets, size], ascending -> uint64 [sets]"""
    digest = np.zeros(len(sets), np.uint64)
    for column in sets.T:
        digest = mix(digest + column.astype(np.uint64) + np.uint64(1))
    return digest


class Tally:
    """What is counted for each lowest active feature, or each output."""

    def __init__(self, units):
        for name in COUNTS:
            setattr(self, name, np.zeros(units, np.uint64))

    def add(self, name, units, values):
        np.add.at(getattr(self, name), units, np.asarray(values).astype(np.uint64))

    def changed(self, sets, outputs):
        """Outputs that differ from those of the empty input: sets int [n, size], outputs int [n]."""
        self.add("changes", sets[:, 0], np.ones(len(sets)))
        self.add("digest", sets[:, 0], mix(set_digests(sets) + outputs.astype(np.uint64) + np.uint64(1)))


class Proof:
    """The lines of proof.txt, checked as far as that goes without work."""

    def __init__(self, file, net, size):
        with zipfile.ZipFile(file) as archive:
            require(archive.namelist().count("proof.txt") == 1, "it has not one proof.txt")
            require(archive.getinfo("proof.txt").file_size < 2**24, "its proof.txt is too large")
            text = archive.read("proof.txt").decode("ascii")
        require(text.endswith("\n"), "it does not end with a line")
        self.lines = text.split("\n")[:-1]
        self.same("format", self.take("superpose-proof"), "1")
        self.take("network"), self.take("verifier")
        self.same("digest of arrays", self.take("arrays"), net.digest())
        self.same("features and outputs", self.take("features"), f"{net.features} {net.outputs}")
        self.same("active features", self.take("active"), f"{net.min_active} {net.max_active}")
        self.same("number of inputs", self.take("inputs"), str(size))
        self.method = self.take("method")
        require(self.method in METHODS, f"the method {self.method} is not known")
        self.rows = self.take("rows") if self.method == "pairwise" else None
        self.same("empty input", self.take("empty"), str(int(net.min_active == 0)))
        self.ranges, following = [], 0
        units = net.outputs if self.method in BY_OUTPUT else net.features
        while self.lines and self.lines[0].startswith("range "):
            parts = self.take("range").split(" ")
            sound = len(parts) == 9 and all(part.isalnum() and part.isascii() for part in parts)
            require(sound, "a range is not sound")
            numbers = [int(part, 16 if t in (4, 8) else 10) for t, part in enumerate(parts)]
            require(max(numbers) < 2**64 and numbers[0] == following <= numbers[1] < units, "its ranges do not tile")
            self.ranges.append(numbers)
            following = numbers[1] + 1
        require(following == units, f"its ranges end before {units}")
        while self.lines and self.lines[0].startswith("resumed "):
            print("from a resume file, but looked at here:", self.take("resumed"))
        require(self.take("end") == "" and not self.lines, "it goes on behind its end")

    def take(self, key):
        require(self.lines and (self.lines[0] + " ").startswith(key + " "), f"a line \"{key}\" is missing")
        return self.lines.pop(0)[len(key) + 1:]

    @staticmethod
    def same(what, says, found):
        require(says == found, f"it is not one of this network: its {what} is {says}, not {found}")

    def compare(self, tally, rows):
        if self.rows is not None:
            self.same("digest of rows", self.rows, rows)
        for low, high, *says in self.ranges:
            for name, value in zip(COUNTS, says):
                found = int(getattr(tally, name)[low:high + 1].sum(dtype=np.uint64))
                require(value == found, f"it does not hold: {name} of range {low} to {high} is {found}, not {value}")


# ---- numbers in whole units ----


def fraction_bits(array):
    """The number of binary places that all entries need; negative where they are multiples of 2."""
    values = np.abs(array[array != 0]).astype(np.float64)
    if not len(values):
        return -200
    mantissa, exponent = np.frexp(values)
    whole = (mantissa * 2**24).astype(np.int64)
    low = whole & -whole
    return int((24 - exponent - np.log2(low).astype(np.int64)).max())


def blocks(array):
    """Slices of rows of at most 2^22 entries."""
    rows = max(1, 2**22 // max(1, array[0].size))
    return [slice(start, start + rows) for start in range(0, len(array), rows)]


class Whole:
    """The layers in whole units, with bounds on every state; raises Undecided where float32 is not exact.

    No entry behind the first layer exceeds most_first (of each, or of all): what its caller knows and ranges do not
    show.
    """

    def __init__(self, net, most_first=np.inf):
        if any(skip is not None for skip in net.skip):
            raise Undecided("a layer adds an earlier state")
        loads = np.bincount(net.codes[net.codes >= 0], minlength=net.inputs)
        low, high = np.zeros(net.inputs), np.minimum(loads, net.max_active).astype(np.float64)
        self.weights, self.biases, self.rests, self.lows, self.highs, self.relus = [], [], [], [], [], []
        self.fraction, rest, self.rest_sums = 0, np.zeros(net.inputs), []
        for (weight, bias), activation in zip(net.layers, net.activation):
            fraction = max(self.fraction, self.fraction + fraction_bits(weight), fraction_bits(bias))
            if abs(fraction) > 100:
                raise Undecided("numbers are too small for whole units")
            parts = [self.through(weight[rows], bias[rows], fraction - self.fraction, fraction,
                                  *((low[rows], high[rows], rest[rows]) if weight.ndim == 1 else (low, high, rest)))
                     for rows in blocks(weight)]
            w, b, low, high, sums = (np.concatenate(part) for part in zip(*parts))
            relu = activation != 1
            low, high, rest = (np.maximum(part, 0) if relu else part for part in (low, high, sums))
            if not self.biases:
                high = np.minimum(high, most_first)
            self.rest_sums.append(sums)
            for parts, part in ((self.weights, w), (self.biases, b.astype(np.float32)),
                                (self.rests, rest), (self.lows, low), (self.highs, high), (self.relus, relu)):
                parts.append(part)
            self.fraction = fraction
        used = net.out_codes >= 0
        reach = np.maximum(np.abs(low), np.abs(high))
        if np.where(used, reach[net.out_codes], 0).sum(axis=1).max() > EXACT:
            raise Undecided("read-outs exceed 2^24 units, so float32 is not exact")
        self.on_from = np.ceil(np.ldexp(net.threshold.astype(np.float64), self.fraction))
        off = np.floor(np.ldexp(net.off_threshold.astype(np.float64), self.fraction))
        self.off_to = np.where(net.threshold == net.off_threshold, self.on_from - 1, off)
        self.codes, self.used, self.every_row = net.out_codes, used, net.every_row
        self.by_first = np.argsort(self.codes[:, 0], kind="stable")  # outputs by the first row of their codes
        self.begun = np.searchsorted(self.codes[self.by_first, 0], np.arange(len(low) + 1))
        self.net = net

    @staticmethod
    def through(weight, bias, shift, fraction, low, high, rest):
        """Some rows of a layer: weights and biases in units, the range of their sums, and these at the empty input."""
        w = np.ldexp(weight.astype(np.float64), shift)
        b = np.ldexp(bias.astype(np.float64), fraction)
        product = (lambda m, v: m * v) if w.ndim == 1 else (lambda m, v: m @ v)
        size = product(np.abs(w), np.maximum(np.abs(low), np.abs(high))) + np.abs(b)
        if size.max(initial=0) > EXACT or np.abs(w).max(initial=0) > EXACT:
            raise Undecided("sums exceed 2^24 units, so float32 is not exact")
        up, down = np.maximum(w, 0), np.minimum(w, 0)
        return (w.astype(np.float32), b, product(up, low) + product(down, high) + b,
                product(up, high) + product(down, low) + b, product(w, rest) + b)

    def scores(self):
        """What each feature adds to the first layer: float32 [features, rows]."""
        weight, net = self.weights[0], self.net
        if net.features * len(self.biases[0]) > 2**31:
            raise Undecided("the network is too large to be enumerated")
        scores = np.zeros((net.features, len(self.biases[0])), np.float32)
        for column in net.codes.T:
            used = np.flatnonzero(column >= 0)
            if weight.ndim == 1:
                scores[used, column[used]] += weight[column[used]]
            else:
                scores[used] += weight.T[column[used]]
        return scores

    def last_state(self, sums):
        """Sums of the first layer [batch, rows] -> what outputs are read from."""
        y = np.maximum(sums, 0) if self.relus[0] else sums
        for weight, bias, relu in zip(self.weights[1:], self.biases[1:], self.relus[1:]):
            y = (y * weight if weight.ndim == 1 else y @ weight.T) + bias
            y = np.maximum(y, 0) if relu else y
        return y

    def outputs_on(self, sums):
        """The same where every row of a code has to fire -> the pairs of input and output that are on."""
        y = self.last_state(sums)
        row, first = np.nonzero(y >= self.on_from.min())
        row = np.repeat(row, self.begun[first + 1] - self.begun[first])
        output = self.by_first[ragged(self.begun[first], self.begun[first + 1] - self.begun[first])]
        fires = y[row, self.codes[output, 0]] >= self.on_from[output]
        row, output = row[fires], output[fires]
        for column in self.codes.T[1:]:
            fires = (column[output] < 0) | (y[row, column[output]] >= self.on_from[output])
            row, output = row[fires], output[fires]
        return row, output

    def states(self, sums):
        """Sums of the first layer [batch, rows] -> whether outputs are on, and off: bool [batch, outputs]"""
        y = self.last_state(sums)
        if self.net.readout:
            return y >= self.on_from, y <= self.off_to
        padded = np.pad(y, ((0, 0), (0, 1)), constant_values=np.inf if self.every_row else 0)
        combine = np.minimum if self.every_row else np.add
        value = padded[:, self.codes[:, 0]]
        for column in self.codes.T[1:]:
            value = combine(value, padded[:, column])  # -1 is the last column
        return value >= self.on_from, value <= self.off_to


# ---- the methods ----


def ragged(starts, counts):
    """The indices starts[k], starts[k] + 1, ... of counts[k] entries each, one after another."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts - starts, counts)


def is_binary(weight):
    return all(((weight[rows] == 0) | (weight[rows] == 1)).all() for rows in blocks(weight))


def first_wrong(net, chosen, truth, on, off):
    wrong = np.where(truth, ~on, ~off)
    if wrong.any():
        row, output = np.argwhere(wrong)[0]
        raise Wrong(chosen[row], output, truth[row, output])


def set_bits(packed):
    """Row and place of each bit that is set, in this order; most bytes are zero."""
    row, byte = np.nonzero(packed)
    bits = np.unpackbits(packed[row, byte][:, None], axis=1, bitorder="little")
    entry, bit = np.nonzero(bits)
    return row[entry], byte[entry] * 8 + bit


class Pairs:
    """Clipped channels: an input fires the rows that contain the codes of both active features, so that only pairs with
    enough rows in common, or that a gate reads together, need a look."""

    def __init__(self, net):
        self.net = net

    def applies(self):
        net = self.net
        if (net.max_active > 2 or len(net.layers) != 2 or len(net.gates) != 1 or not net.every_row
                or any(w.ndim == 1 for w, _ in net.layers) or any(net.activation) or (net.codes < 0).any()):
            return False
        (first, bias), gates = net.layers[0], net.gates[0]
        if not (is_binary(first) and (bias == 1 - 2 * net.codes.shape[1]).all()):
            return False
        try:
            self.whole = Whole(net, most_first=1)  # the 2k ones of two codes, and the bias
        except Undecided:
            return False
        weight, self.bias = self.whole.weights[1], self.whole.biases[1]
        alone = gates.idle[np.repeat(np.arange(gates.outputs), gates.fan_in)] + gates.step
        rest = gates.on(np.arange(gates.outputs), gates.idle)
        largest = weight.max(initial=0)
        self.needed = int(-self.bias.max() // largest) + 1 if largest > 0 else 2**30
        sizes = np.abs(weight).sum(axis=1) - self.bias
        owner = np.repeat(np.arange(gates.outputs), gates.fan_in)
        distinct = len(np.unique(owner * net.features + gates.inputs)) == len(owner)
        return (distinct and (self.bias <= 0).all() and (self.whole.on_from >= 1).all() and not rest.any()
                and sizes.max() < 32000 and self.needed < 32000 and len(first) < 32000
                and not gates.on(np.repeat(np.arange(gates.outputs), gates.fan_in), alone).any())

    def rows(self):
        """The rows that contain each feature, and the features in each row."""
        net = self.net
        columns = np.packbits(net.layers[0][0].T != 0, axis=1, bitorder="little")
        parts, total = [], []
        for start in range(0, net.features, 4096):
            common = columns[net.codes[start:start + 4096, 0]]
            for column in net.codes[start:start + 4096].T[1:]:
                common &= columns[column]
            feature, row = set_bits(common)
            parts.append(row.astype(np.int32))
            total.append(np.bincount(feature, minlength=len(common)))
        self.rows_of, sizes = np.concatenate(parts), np.concatenate(total)
        self.rows_from = np.concatenate([[0], np.cumsum(sizes)])
        features = np.repeat(np.arange(net.features, dtype=np.int32), sizes)
        order = np.argsort(self.rows_of, kind="stable")
        self.list_of = features[order]
        loads = np.bincount(self.rows_of, minlength=len(net.layers[0][1]))
        self.list_from = np.concatenate([[0], np.cumsum(loads)])
        self.behind = np.empty(len(order), np.int64)  # where each feature's successors in a row begin
        self.behind[order] = np.arange(1, len(order) + 1)
        sha = hashlib.sha256()
        for row in range(len(loads)):
            sha.update(np.int32(loads[row]).astype("<i4").tobytes())
            sha.update(self.list_of[self.list_from[row]:self.list_from[row + 1]].astype("<i4").tobytes())
        self.digest = sha.hexdigest()

    def common_pairs(self):
        """The pairs with enough rows in common: int [pairs, 2]."""
        counts, found = np.zeros(self.net.features, np.uint16), []
        for a in range(self.net.features):
            entries = range(self.rows_from[a], self.rows_from[a + 1])
            lists = [self.list_of[self.behind[k]:self.list_from[self.rows_of[k] + 1]] for k in entries]
            if len(lists) < self.needed:
                continue
            for each in lists:
                counts[each] += 1
            every = np.concatenate(lists)
            partners = np.unique(every[counts[every] >= self.needed])
            counts[every] = 0
            if len(partners):
                found.append(np.column_stack([np.full(len(partners), a), partners]))
        return np.concatenate(found) if found else np.zeros((0, 2), np.int64)

    def read_pairs(self):
        """The pairs that a gate reads, and the gates: int [n, 2], int [n]."""
        gates, pairs, owners = self.net.gates[0], [], []
        for fan_in in np.unique(gates.fan_in):
            own = np.flatnonzero(gates.fan_in == fan_in)
            reads = gates.offsets[own][:, None]
            for s, t in itertools.combinations(range(int(fan_in)), 2):
                entries = np.column_stack([reads + s, reads + t])
                pair = np.sort(gates.inputs[entries], axis=1)
                sums = gates.idle[own] + gates.step[entries].sum(axis=1)
                pairs.append(pair)
                owners.append(np.column_stack([own, gates.on(own, sums)]))
        if not pairs:
            return np.zeros((0, 2), np.int64), np.zeros((0, 2), np.int64)
        return np.concatenate(pairs).astype(np.int64), np.concatenate(owners)

    def check(self):
        net, m = self.net, self.net.features
        self.rows()
        tally = Tally(m)
        if net.min_active <= 1:
            tally.inputs += np.uint64(1)
        if net.max_active == 1:
            return tally
        behind = np.arange(m)[::-1].astype(np.int64)
        if "domain.groups" in net.arrays:
            order = np.lexsort((-np.arange(m), net.groups))  # of each group the last first
            first = np.concatenate([[True], np.diff(net.groups[order]) != 0])
            place = np.arange(m) - np.maximum.accumulate(np.where(first, np.arange(m), 0))
            behind[order] -= place
        tally.inputs += behind.astype(np.uint64)
        common, (read, owners) = self.common_pairs(), self.read_pairs()
        keys = np.unique(np.concatenate([common, read]) @ np.array([m, 1]))
        pairs = np.column_stack([keys // m, keys % m])
        pairs = pairs[net.groups[pairs[:, 0]] != net.groups[pairs[:, 1]]]
        tally.add("looked", pairs[:, 0], np.ones(len(pairs)))
        truth = owners[:, 1] == 1
        truth &= net.groups[read[:, 0]] != net.groups[read[:, 1]]
        expected = np.column_stack([read[truth] @ np.array([m, 1]), owners[truth, 0]])
        found = self.outputs(pairs)
        self.compare(expected, found)
        tally.changed(np.column_stack([expected[:, 0] // m, expected[:, 0] % m]), expected[:, 1])
        return tally

    def compare(self, expected, found):
        m, outputs = self.net.features, self.net.outputs
        wide = [np.unique(each[:, 0].astype(object) * outputs + each[:, 1] if m * m * outputs > 2**62
                          else each[:, 0] * outputs + each[:, 1]) for each in (expected, found)]
        if not np.array_equal(*wide):
            for truth, missing in ((True, np.setdiff1d(wide[0], wide[1])), (False, np.setdiff1d(wide[1], wide[0]))):
                if len(missing):
                    pair, output = divmod(int(missing[0]), outputs)
                    raise Wrong(divmod(pair, m), output, truth)

    def outputs(self, pairs):
        """The outputs that the network has on: int [n, 2], pair a m + b and output."""
        net, second = self.net, self.whole.weights[1]
        self.columns = np.packbits(net.layers[0][0].T != 0, axis=1, bitorder="little")
        # With weights 0 and 1 and equal biases, a pair with just enough rows turns on what is in all their columns.
        self.by_bits = is_binary(second) and (self.bias == self.bias[0]).all()
        self.second = np.packbits(second.T != 0, axis=1, bitorder="little")
        self.sums_of = np.ascontiguousarray(second.T.astype(np.int16))
        self.order = np.argsort(self.whole.codes[:, 0], kind="stable")
        self.starts = np.searchsorted(self.whole.codes[self.order, 0], np.arange(len(self.bias) + 1))
        result, batch = [np.zeros((0, 2), np.int64)], max(1, 2**22 // len(self.bias))
        for start in range(0, len(pairs), batch):
            result += self.outputs_of(pairs[start:start + batch])
        return np.concatenate(result)

    def outputs_of(self, pairs):
        common = np.bitwise_and.reduce(self.columns[self.net.codes[pairs].reshape(len(pairs), -1)], axis=1)
        pair, row = set_bits(common)
        counts = np.bincount(pair, minlength=len(pairs))
        quick = (counts == self.needed) if self.by_bits else np.zeros(len(pairs), bool)
        rows = self.second[row[quick[pair]]].reshape(-1, self.needed, self.second.shape[1])
        fires = np.bitwise_and.reduce(rows, axis=1)
        value = self.needed + self.bias[0]
        yield self.read(pairs[quick], *set_bits(fires), lambda n, f: (fires[n, f >> 3] >> (f & 7) & 1) * value)
        if not quick.all():
            pair, row = set_bits(common[~quick])
            sums = np.tile(self.bias.astype(np.int16), (np.count_nonzero(~quick), 1))
            places = np.flatnonzero(np.diff(pair, prepend=-1))
            if len(places):
                sums[pair[places]] += np.add.reduceat(self.sums_of[row], places, axis=0)
            yield self.read(pairs[~quick], *np.nonzero(sums > 0), lambda n, f: sums[n, f])

    def read(self, pairs, pair, row, value):
        """The outputs that are on: of those whose codes begin with a row that fires, all rows have to reach tau."""
        counts = self.starts[row + 1] - self.starts[row]
        output = self.order[ragged(self.starts[row], counts)]
        pair = np.repeat(pair, counts)
        on = np.ones(len(pair), bool)
        for column in self.whole.codes.T:
            keep = np.flatnonzero(on)
            own = column[output[keep]]
            on[keep] = (own < 0) | (value(pair[keep], own) >= self.whole.on_from[output[keep]])
        return np.column_stack([pairs[pair[on]] @ np.array([self.net.features, 1]), output[on]])


def features_behind(net):
    """The features that each output depends on: of a single layer of gates as they are read."""
    first, *more = ([gates.inputs[start:end] for start, end in zip(gates.offsets, gates.offsets[1:])]
                    for gates in net.gates)
    for layer in more:
        first = [np.unique(np.concatenate([np.empty(0, np.int32), *(first[k] for k in reads)])) for reads in layer]
    return first


def truths(net, i, behind, own):
    """Whether output i is on for each of some sets of equal size, which are positions in what is behind it."""
    first, *more = net.gates
    if not more:
        steps = first.step[first.offsets[i]:first.offsets[i + 1]]
        return first.on(np.full(len(own), i), first.idle[i] + steps[own].sum(axis=1))
    x = np.zeros((len(own), net.features), bool)
    np.put_along_axis(x, behind[own], True, axis=1)
    return net.truth(x)[:, i]


def positions(count, size):
    """All sets of some size of so many: int [sets, size]"""
    sets = np.array(list(itertools.combinations(range(count), size)), np.intp)
    return sets.reshape(-1, size) if size else sets.reshape(1, 0)


class Additive:
    """One layer in which nothing is cut: sums are those of single features, so extremes decide every input."""

    def __init__(self, net):
        self.net = net

    def applies(self):
        net = self.net
        full = all(weight.ndim == 2 for weight, _ in net.layers)
        self.reads_out = len(net.layers) == 2 and net.readout and net.activation[1] == 1
        if not (len(net.layers) == 1 or self.reads_out) or not full or net.every_row or "domain.groups" in net.arrays:
            return False
        self.behind, v = features_behind(net), net.max_active
        if any(sum(math.comb(r, k) for k in range(min(r, v) + 1)) > 65536 for r in {len(b) for b in self.behind}):
            return False
        if any((np.diff(features) <= 0).any() for features in self.behind):
            return False
        try:
            self.whole = Whole(net, self.most_first())
        except Undecided:
            return False
        self.scores = self.whole.scores().astype(np.float64)
        if self.reads_out:
            read = self.whole.weights[1].astype(np.float64)
            self.sums = self.scores @ read.T
            self.bases = read @ self.whole.biases[0].astype(np.float64) + self.whole.biases[1]
        if not self.whole.relus[0]:
            return True
        return all(self.whole.biases[0][r] - self.total(self.gains(-self.scores[:, r])[0], 0)[0] >= 0
                   for r in range(self.scores.shape[1]))

    def most_first(self):
        """What each row of the first layer does not exceed, its bias and the v largest gains; only for read-outs."""
        net, (weight, bias) = self.net, self.net.layers[0]
        if not self.reads_out:
            return np.inf
        gains = np.zeros((net.features, len(bias)))
        for column in net.codes.T:
            used = np.flatnonzero(column >= 0)
            gains[used] += weight.T[column[used]].astype(np.float64)
        most = np.sort(np.maximum(gains, 0), axis=0)[-net.max_active:].sum(axis=0) + bias
        return np.ldexp(most, max(0, fraction_bits(weight), fraction_bits(bias)))

    def sum_of(self, i):
        """What each feature adds to output i, and what there is without any."""
        if self.reads_out:
            return self.sums[:, i], float(self.bases[i])
        rows = self.net.out_codes[i][self.net.out_codes[i] >= 0]
        return self.scores[:, rows].sum(axis=1), float(self.whole.biases[0][rows].sum())

    def gains(self, values):
        """The v largest, in order, and where they are."""
        v = min(self.net.max_active, len(values))
        top = np.argpartition(-values, v - 1)[:v] if 0 < v < len(values) else np.arange(len(values))
        top = top[np.argsort(-values[top], kind="stable")]
        return values[top], top

    def total(self, gains, active):
        """The gains of others beside so many active features, and how many they are."""
        least, most = max(0, self.net.min_active - active), self.net.max_active - active
        count = least + int((gains[least:most] > 0).sum())
        return float(gains[:count].sum()), count

    def check(self):
        net, whole = self.net, self.whole
        tally = Tally(net.outputs)
        for i in range(net.outputs):
            score, base = self.sum_of(i)
            reads = self.behind[i]
            others = np.delete(np.arange(net.features), reads)
            high, low = self.gains(score[others]), self.gains(-score[others])
            for size in range(min(len(reads), net.max_active) + 1):
                if size + len(others) < net.min_active:
                    continue
                sets = positions(len(reads), size)
                for own, on in zip(sets, truths(net, i, reads, sets)):
                    gain, count = self.total((low if on else high)[0], size)
                    extreme = base + score[reads[own]].sum() + (-gain if on else gain)
                    if extreme < whole.on_from[i] if on else extreme > whole.off_to[i]:
                        raise Wrong(sorted([*reads[own], *others[(low if on else high)[1][:count]]]), i, on)
                    bits = np.float64(math.ldexp(extreme, -whole.fraction) + 0.0).view(np.uint64)
                    digest = mix(set_digests(reads[own].reshape(1, -1)) + np.uint64(i + 1))
                    tally.add("looked", [i], [1])
                    tally.add("digest", [i], mix(digest + bits))
        return tally


class NotDisjunct(Exception):
    """A neuron that is none of those that Disjunct follows."""


class Disjunct:
    """Deep networks of gates in turn, neuron by neuron. Nodes are the features and the gates of each layer; a neuron is
    the number of its nodes that are on, or 1 iff any is, or 1 iff none is."""

    COUNT, ANY, NONE = range(3)

    def __init__(self, net):
        self.net = net

    def applies(self):
        net = self.net
        sizes = [net.features] + [gates.outputs for gates in net.gates]
        if (net.min_active or "domain.groups" in net.arrays or any(skip is not None for skip in net.skip)
                or any(net.activation) or not net.every_row or not ((net.threshold > 0) & (net.threshold <= 1)).all()
                or sum(sizes) * max(net.inputs, *(len(bias) for _, bias in net.layers)) > 2**28):
            return False
        for gates in net.gates:
            reads = [gates.inputs[start:end] for start, end in zip(gates.offsets, gates.offsets[1:])]
            if (any((np.diff(own) <= 0).any() for own in reads)
                    or any(name != "and" for name, _, own in gates.functions if len(own))):
                return False
        self.behind = features_behind(net)
        if max(map(len, self.behind)) > 16:
            return False
        try:
            if Whole(net).fraction != 0:
                return False
            self.follow(sizes)
        except (NotDisjunct, Undecided):
            return False
        return True

    def follow(self, sizes):
        net = self.net
        self.nodes = [slice(end - size, end) for size, end in zip(sizes, np.cumsum(sizes))]
        self.most_on = [net.max_active]
        for gates, before in zip(net.gates, sizes):
            self.most_on.append(self.most_gates_on(gates, before, self.most_on[-1]))
        self.members = np.zeros((net.inputs, sum(sizes)), np.float32)  # how often each neuron has each node
        for column in net.codes.T:
            used = np.flatnonzero(column >= 0)
            self.members[column[used], used] += 1
        self.kinds = np.full(net.inputs, self.COUNT)
        for weight, bias in net.layers:
            self.through(np.diag(weight) if weight.ndim == 1 else weight, bias)
        if (self.kinds == self.NONE).any() and (self.kinds[net.out_codes[net.out_codes >= 0]] == self.NONE).any():
            raise NotDisjunct("an output reads what is on while nothing is")
        self.kinds[:] = self.ANY  # at a threshold of 1
        reads = np.zeros((net.outputs, len(self.kinds)), np.float32)
        for column in net.out_codes.T:
            used = np.flatnonzero(column >= 0)
            reads[used, column[used]] = 1
        for output, whole in enumerate(self.all_on(reads, len(net.gates))):
            if not np.array_equal(np.flatnonzero(whole), [output]):
                raise NotDisjunct(f"output {output} is not known to be on iff its gate is")

    @staticmethod
    def most_gates_on(gates, inputs, below):
        """Each gate that is on takes its reads out of what the inputs that are on have, and different gates of one
        fan-in read different subsets of these."""
        fan_in = int(gates.fan_in.min())
        readers = np.sort(np.bincount(gates.inputs, minlength=inputs))[::-1][:below]
        most = min(int(readers.sum()) // fan_in, gates.outputs)
        same = gates.fan_in.max() == fan_in
        distinct = same and len(np.unique(gates.inputs.reshape(-1, fan_in), axis=0)) == gates.outputs
        return min(most, math.comb(below, fan_in)) if distinct else most

    def through(self, weight, bias):
        """From one state to the next."""
        reads, ones = np.count_nonzero(weight, axis=1), ((weight == 0) | (weight == 1)).all(axis=1)
        first = np.argmax(weight != 0, axis=1)
        same = (reads == 1) & ones & (bias == 0)
        turned = (reads == 1) & (weight[np.arange(len(first)), first] == -1) & (bias == 1)
        added = ones & (bias == 0) & ~same
        zero = (reads == 0) & (bias <= 0) & ~added
        of_all = ones & (bias == 1 - reads) & (reads > 1)
        if not (same | turned | added | zero | of_all).all():
            raise NotDisjunct("a neuron computes something else")
        members = np.zeros((len(bias), self.members.shape[1]), np.float32)
        kinds = np.full(len(bias), self.COUNT)
        for rows in (same, turned):
            members[rows], kinds[rows] = self.members[first[rows]], self.kinds[first[rows]]
        kinds[turned] = np.where(kinds[turned] == self.NONE, self.ANY, self.NONE)
        not_counts = (self.kinds == self.NONE) | ((self.kinds == self.ANY) & (self.members.sum(axis=1) > 1))
        if weight[added][:, not_counts].any():
            raise NotDisjunct("a sum is not one of nodes")
        members[added] = weight[added] @ self.members
        rows = np.flatnonzero(of_all)
        layers = np.array([self.layer_of(own != 0) for own in weight[rows]], int)
        for layer in np.unique(layers):
            own = rows[layers == layer]
            if layer == len(self.net.gates):
                raise NotDisjunct("an AND of what the last layer of gates has on")
            gates = self.net.gates[layer]
            gate_of = {tuple(gates.inputs[a:b].tolist()): i
                       for i, (a, b) in enumerate(zip(gates.offsets, gates.offsets[1:]))}
            for row, whole in zip(own, self.all_on(weight[own], layer)):
                gate = gate_of.get(tuple(np.flatnonzero(whole).tolist()))
                if gate is None:
                    raise NotDisjunct("no gate reads what a neuron does")
                members[row, self.nodes[layer + 1].start + gate] = 1
        self.members, self.kinds = members, kinds

    def layer_of(self, neurons):
        """The layer of the nodes that some neurons have."""
        of = [layer for layer, nodes in enumerate(self.nodes) if self.members[neurons, nodes].any()]
        if len(of) != 1:
            raise NotDisjunct("a neuron reads nodes of several layers")
        return of[0]

    def all_on(self, reads, layer):
        """Neurons that are read together [rows, neurons] -> the nodes of the layer all of which are on iff all of these
        are: bool [rows, nodes]"""
        counts = self.members.sum(axis=1)
        is_any = (self.kinds == self.ANY) | ((self.kinds == self.COUNT) & (counts <= 1))
        is_own = is_any & (self.members[:, self.nodes[layer]].sum(axis=1) == counts)
        if reads[:, ~is_own].any():
            raise NotDisjunct("a neuron reads numbers, or several layers")
        has = (self.members[:, self.nodes[layer]] > 0) & is_own[:, None]
        has = has.astype(np.float32)
        degree, nodes = has.sum(axis=0), has.shape[1]
        most = min(self.most_on[layer], nodes - 1)
        shared = np.zeros(nodes)
        for start in range(0, nodes, 1024):
            common = has.T[start:start + 1024] @ has
            common[np.arange(len(common)), start + np.arange(len(common))] = 0
            if most:
                shared[start:start + 1024] = np.partition(common, nodes - most, axis=1)[:, nodes - most:].sum(axis=1)
        whole = (reads @ has == degree) & (shared < degree)
        if ((reads > 0) & (whole.astype(np.float32) @ has.T == 0)).any():
            raise NotDisjunct("a neuron is read that no node turns on")
        return whole

    def check(self):
        """What outputs are for each set of features that they depend on: their gates are what they compute."""
        net, tally = self.net, Tally(self.net.outputs)
        for i, reads in enumerate(self.behind):
            for size in range(min(len(reads), net.max_active) + 1):
                sets = positions(len(reads), size)
                on = truths(net, i, reads, sets).astype(np.uint64)
                tally.add("looked", [i], [len(sets)])
                digests = mix(mix(set_digests(reads[sets]) + np.uint64(i + 1)) + on)
                tally.add("digest", [i], [digests.sum(dtype=np.uint64)])
        return tally


class Enumeration:
    """Every input, prefix by prefix with all last features at once; prefixes that cannot wake the second layer are left
    out where docs/proofs.md says so."""

    def __init__(self, net):
        self.net = net
        try:
            self.whole = Whole(net)
            self.scores = self.whole.scores()
        except Undecided:
            self.whole = None  # judged with bounds on rounding

    def prepare(self):
        net, whole = self.net, self.whole
        self.gates_are_and = len(net.gates) == 1 and all(
            name == "and" for name, _, gates in net.gates[0].functions if len(gates))
        self.prunes, self.filters, self.pending, self.pending_rows, self.smallest = False, False, [], 0, np.inf
        self.rest = net.truth(np.zeros((1, net.features), bool))[0]
        self.sums = np.zeros(len(whole.biases[0]) if whole else 0, np.float32)
        widest = max(len(bias) for _, bias in net.layers) + max(len(gates.inputs) for gates in net.gates)
        self.batch = max(1, min(4096, 2**23 // (net.features + net.outputs + widest)))
        self.few_on = (whole is not None and net.every_row and len(net.gates) == 1 and not self.rest.any()
                       and net.off_threshold is net.threshold)
        if not whole:
            return
        self.sums = whole.biases[0].copy()
        if np.abs(self.scores).max(initial=0) * net.max_active + np.abs(self.sums).max() < 2**15:
            self.scores, self.sums = self.scores.astype(np.int16), self.sums.astype(np.int16)
        gates = net.gates[0]
        distinct = all((np.diff(reads) > 0).all() for reads in np.split(gates.inputs, gates.offsets[1:-1]))
        if not (self.gates_are_and and distinct and net.min_active == 0 and "domain.groups" not in net.arrays
                and all(whole.relus) and (whole.biases[0] <= 0).all() and self.is_right_at_rest()):
            return
        full = next((t for t, w in enumerate(whole.weights) if t and w.ndim == 2), None)
        if full is not None and whole.weights[0].ndim == 2 and (whole.rest_sums[full] <= 0).all():
            largest = float(np.abs(whole.weights[full]).max(initial=0))
            rest, low, high = (each[full - 1] for each in (whole.rests, whole.lows, whole.highs))
            spread = np.maximum(high - rest, rest - low).max()  # of one entry before the full matrix
            if full == 1:
                added = np.maximum(self.scores, 0).max(axis=0)
                spread = min(spread, max(0, (whole.biases[0] + net.max_active * added).max()))
            gap = float(-whole.rest_sums[full].max())
            self.enough = int(gap // (largest * spread)) + 1 if largest * spread else 2**30
            self.filters = True
        if (self.filters and full == 1 and len(net.layers) == 2 and net.max_active >= 2 and not net.readout
                and net.features * len(whole.biases[0]) <= 2**28):
            self.most_added = np.maximum(self.scores, 0).max(axis=0)
            value = np.maximum(0, whole.biases[0] + net.max_active * self.most_added)
            adds = float((whole.weights[1] * value).max(initial=0))
            self.needed = int(-float(whole.biases[1].max()) // adds) + 1 if adds > 0 else 2**31 - 1
            self.prunes = self.needed > 0

    def is_right_at_rest(self):
        on, off = self.whole.states(self.whole.biases[0][None, :])
        return bool(np.where(self.rest, on[0], off[0]).all())

    def check(self):
        self.prepare()
        tally = self.count()
        if self.filters:  # what was not looked at is silent, and no gate may be on there
            net = self.net
            sizes, counts = np.unique(net.gates[0].fan_in, return_counts=True)
            expected = sum(int(count) * math.comb(net.features - int(r), more) for r, count in zip(sizes, counts)
                           for more in range(net.max_active - int(r) + 1))
            if int(tally.changes.sum()) != expected:
                self.filters = self.prunes = False
                self.count()
                raise Undecided(f"{int(tally.changes.sum())} outputs are on, not {expected}, but none was found wrong")
        return tally

    def count(self):
        net, self.tally = self.net, Tally(self.net.features)
        if net.min_active == 0:
            self.look(np.zeros((1, 0), np.int64), self.sums[None, :])
            self.flush()
        self.expand((), self.sums)
        self.flush()
        return self.tally

    def expand(self, prefix, sums):
        """All inputs that begin with a prefix and have more features."""
        net, size = self.net, len(prefix) + 1
        last = np.arange(prefix[-1] + 1 if prefix else 0, net.features)
        if len(prefix) and "domain.groups" in net.arrays:
            last = last[~np.isin(net.groups[last], net.groups[list(prefix)])]
        if not len(last):
            return
        rows = sums + self.scores[last] if self.whole else np.zeros((len(last), 0))
        if self.prunes and size < net.max_active:
            left = net.max_active - size
            bound = (rows + (left * self.most_added).astype(rows.dtype) > 0).sum(axis=1)
            out = bound < self.needed
            if out.any():
                sets = np.column_stack([np.tile(prefix, (out.sum(), 1)), last[out]]).astype(np.int64)
                inputs = [sum(math.comb(net.features - 1 - int(b), k) for k in range(left + 1)) for b in last[out]]
                self.tally.add("pruned", sets[:, 0], np.ones(len(sets)))
                self.tally.add("pruned_inputs", sets[:, 0], inputs)
                self.tally.add("inputs", sets[:, 0], inputs)
                self.tally.add("pruned_digest", sets[:, 0], mix(set_digests(sets) + bound[out].astype(np.uint64)))
                last, rows = last[~out], rows[~out]
        if size >= net.min_active and len(last):
            self.add_inputs(prefix, last, rows)
        if size < net.max_active:
            for b, own in zip(last.tolist(), rows):
                self.expand(prefix + (b,), own)

    def add_inputs(self, prefix, last, rows):
        lowest = last if not prefix else np.full(len(last), prefix[0])
        for name in ("inputs", "looked"):
            if prefix:
                getattr(self.tally, name)[prefix[0]] += np.uint64(len(last))
            else:
                self.tally.add(name, lowest, np.ones(len(last)))
        if self.filters:
            fired = np.packbits(rows > 0, axis=1)
            keep = (np.bitwise_count(fired) if hasattr(np, "bitwise_count") else
                    np.unpackbits(fired, axis=1)).sum(axis=1, dtype=np.int64) >= self.enough
            if not keep.all():
                last, rows = last[keep], rows[keep]
        if len(last):
            self.pending.append((np.column_stack([np.tile(np.array(prefix, np.int64), (len(last), 1)), last]), rows))
            self.pending_rows += len(last)
            if self.pending_rows >= self.batch:
                self.flush()

    def flush(self):
        pending, self.pending, self.pending_rows = self.pending, [], 0
        for size in {sets.shape[1] for sets, _ in pending}:
            own = [part for part in pending if part[0].shape[1] == size]
            sets, rows = np.concatenate([part[0] for part in own]), np.concatenate([part[1] for part in own])
            for start in range(0, len(sets), self.batch):
                self.look(sets[start:start + self.batch], rows[start:start + self.batch])

    def look(self, sets, rows):
        net = self.net
        if self.few_on:
            self.look_at_those_on(sets, rows)
            return
        truth = self.truth(sets)
        if self.whole:
            on, off = self.whole.states(rows.astype(np.float32))
            first_wrong(net, sets, truth, on, off)
        else:
            chosen = np.full((len(sets), net.max_active), -1, np.int64)
            chosen[:, :sets.shape[1]] = sets
            self.smallest = min(self.smallest, judged(net, chosen, truth))
        if sets.shape[1]:
            row, output = np.nonzero(truth != self.rest)
            self.tally.changed(sets[row], output)

    def truth(self, sets):
        """bool [sets, outputs]"""
        net = self.net
        if len(net.gates) == 1 and not self.rest.any():  # only gates that read an active feature are on
            truth = np.zeros((len(sets), net.outputs), bool)
            truth[net.gates[0].changed(sets, net.features)] = True
            return truth
        x = np.zeros((len(sets), net.features), bool)
        x[np.arange(len(sets))[:, None], sets] = True
        return net.truth(x)

    def look_at_those_on(self, sets, rows):
        """Where few outputs are on, and are on as the gates or not at all."""
        row, output = self.net.gates[0].changed(sets, self.net.features)
        decided = np.ravel_multi_index(self.whole.outputs_on(rows.astype(np.float32)), (len(sets), self.net.outputs))
        true = row * self.net.outputs + output
        for wrong in np.setxor1d(decided, true, assume_unique=True)[:1]:
            raise Wrong(sets[wrong // self.net.outputs], wrong % self.net.outputs, wrong in true)
        if sets.shape[1]:
            self.tally.changed(sets[row], output)


def judged(net, chosen, truth):
    """Judges inputs with bounds on rounding; returns the smallest margin beyond them."""
    right, wrong, margin, bound = net.judge(chosen, truth)
    detail = ", but read-out minus threshold is {:g}, rounding at most {:g}"
    if wrong.any():
        row, output = np.argwhere(wrong)[0]
        raise Wrong(chosen[row], output, truth[row, output], detail.format(margin[row, output], bound[row, output]))
    if not right.all():
        row, output = np.argwhere(~right)[0]
        raise Undecided(f"input {[int(j) for j in chosen[row] if j >= 0]}, output {output}"
                        + detail.format(margin[row, output], bound[row, output]))
    return float((np.abs(margin) - bound).min())


def check_sample(net, options, size):
    inputs = samples(net, options.samples, np.random.default_rng(options.seed))
    widest = max(len(bias) for _, bias in net.layers) + max(len(gates.inputs) for gates in net.gates)
    batch = max(1, min(4096, 2**23 // (net.features + net.outputs + widest)))
    checked = 0
    while part := list(itertools.islice(inputs, batch)):
        chosen = np.array([list(x) + [-1] * (net.max_active - len(x)) for x in part], np.int64)
        x = np.zeros((len(part), net.features + 1), bool)
        x[np.arange(len(part))[:, None], chosen] = True  # -1 is the last column
        judged(net, chosen, net.truth(x[:, :-1]))
        checked += len(part)
    raise Undecided(f"right on a sample of {checked:,} of {size:,} inputs; more than --limit were not looked at")


def check(net, options):
    size = domain_size(net)
    proof = None
    if options.proof:
        try:
            proof = Proof(options.proof, net, size)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
                NotImplementedError) as problem:
            raise ValueError(f"{options.proof} is no proof that holds: {problem}") from problem
    methods = {"pairwise": Pairs(net), "additive": Additive(net), "disjunct": Disjunct(net)}
    names = [proof.method] if proof else METHODS
    name = next((name for name in names if name == "enumeration" or methods[name].applies()), None)
    require(name, f"{options.proof} is no proof that holds: the network is not of the form of its method")
    if name == "enumeration" and size > options.limit:
        check_sample(net, options, size)
    method = methods.get(name) or Enumeration(net)
    tally = method.check()
    if name not in BY_OUTPUT:
        covered = int(tally.inputs.sum()) + (net.min_active == 0)
        if covered != size:
            raise Undecided(f"{covered:,} inputs were covered, not {size:,}")
    print(f"by {name}: looked at {int(tally.looked.sum()):,}, left out {int(tally.pruned.sum()):,} prefixes")
    if name == "enumeration" and not method.whole:
        print(f"the smallest margin beyond rounding is {method.smallest:g}")
    if proof:
        try:
            proof.compare(tally, getattr(method, "digest", None))
        except ValueError as problem:
            raise ValueError(f"{options.proof} is no proof that holds: {problem}") from problem
        print(f"the proof holds in {len(proof.ranges)} ranges")
    print(f"VERIFIED {size} of {size} inputs")


def main():
    parser = argparse.ArgumentParser(description="Checks an exported network on its whole domain.")
    parser.add_argument("file", help="what superpose export --format npz wrote")
    parser.add_argument("proof", nargs="?", help="what superpose prove wrote of it")
    for name, default, text in (
            ("limit", 10**9, "the largest domain that is looked at input by input; of larger ones only a sample"),
            ("seed", 0, "of the random inputs of a sample"),
            ("samples", 20_000, "random inputs of a sample, beside the true positives")):
        parser.add_argument("--" + name, type=int, default=default, help=f"{text} (default {default})")
    options = parser.parse_args()
    try:
        check(Network(dict(np.load(options.file, allow_pickle=False))), options)
        return 0
    except Wrong as wrong:
        print(wrong)
        return 1
    except Undecided as reason:
        print(f"UNDECIDED: {reason}")
        return 3
    except (OSError, ValueError, KeyError, TypeError, EOFError, OverflowError, MemoryError, RuntimeError,
            NotImplementedError, SyntaxError, zipfile.BadZipFile, zlib.error) as problem:
        is_proof = "is no proof that" in str(problem)
        print(problem if is_proof else f"{options.file} is not a usable network: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
