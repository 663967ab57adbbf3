#!/usr/bin/env python3
"""An independent check of an exported network: python3 tools/check_network.py net.npz

Compares what "superpose export --format npz" wrote with its gates, of any function: on the whole domain where that is
small, else for each gate on what it reads, on one feature and a random part of that, bare or with random other features,
and on random inputs. It shares nothing with the Java side: it is written from the model (u to v active features,
y -> ReLU(W y + b) or without ReLU, an earlier state added or not, read-out >= threshold or <= another one) and
docs/python.md. Values are computed in float64 together with a bound on what float32 in any order of summation can make
of them (0 where all numbers are whole and small); a decision closer to its threshold is undecided.
Exit status: 0 no fault, 1 a wrong output, 2 not a usable file, 3 a margin below the rounding bound.
"""
import argparse
import itertools
import sys

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

    def array(self, name, dimensions, dtype):
        require(name in self.arrays, f"there is no array {name}")
        array = self.arrays[name]
        require(array.dtype == dtype and array.ndim == dimensions,
                f"{name} is {array.dtype} of {array.ndim} dimensions")
        require(np.isfinite(array).all(), f"{name} has values that are not finite")
        return array

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
            whole = not error.any() and not np.any(added_error) and (weight == np.rint(weight)).all() and (bias == np.rint(bias)).all()
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
        padded = np.pad(y, ((0, 0), (0, 1)), constant_values=np.inf if self.every_row else 0)
        padded_error = np.pad(error, ((0, 0), (0, 1)))
        columns = [(padded[:, rows], padded_error[:, rows]) for rows in self.out_codes.T]  # -1 is the last column
        if self.every_row:
            return np.minimum.reduce([c[0] for c in columns]), np.maximum.reduce([c[1] for c in columns])
        total, bound = sum(c[0] for c in columns), sum(c[1] for c in columns)
        exact = not error.any() and (y == np.rint(y)).all() and np.abs(total).max() <= EXACT
        rounding = 0 if exact else 2 * (len(columns) + 2) * UNIT * (sum(np.abs(c[0]) for c in columns) + bound)
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
        self.functions = []
        for f, (start, end) in enumerate(zip(starts, starts[1:])):
            gates = np.flatnonzero(functions == f)
            kind, numbers = int(data[start]), data[start + 1:end].astype(np.int64)
            require(0 <= kind < len(FUNCTIONS), f"{prefix}function_data has a function of unknown kind {kind}")
            name, fan_in = FUNCTIONS[kind], self.fan_in[gates]
            require(self.is_sound(name, numbers, fan_in), f"{prefix}function_data: {name} {numbers} is not sound")
            self.functions.append((name, numbers, gates))

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
    require((ordered[:, -1] >= 0).all(), f"{name} has an empty code")
    require(not ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)).any(),
            f"{name} has a neuron twice in one code")


def domain_size(net):
    """How many inputs there are, from the number of features in each group."""
    ways = [1] + [0] * net.max_active
    for count in np.unique(net.groups, return_counts=True)[1].tolist():
        ways = [ways[0]] + [ways[i] + count * ways[i - 1] for i in range(1, len(ways))]
    return sum(ways[net.min_active:])


def whole_domain(net):
    sets = itertools.chain.from_iterable(
        itertools.combinations(range(net.features), size) for size in range(net.min_active, net.max_active + 1))
    return (chosen for chosen in sets if len(set(net.groups[list(chosen)])) == len(chosen))


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


def check(net, options):
    size = domain_size(net)
    whole = size <= options.limit
    inputs = whole_domain(net) if whole else samples(net, options.samples, np.random.default_rng(options.seed))
    widest = max(len(bias) for _, bias in net.layers) + max(len(gates.inputs) for gates in net.gates)
    batch = max(1, min(4096, 2**23 // (net.features + net.outputs + widest)))
    checked, smallest = 0, np.inf
    while part := list(itertools.islice(inputs, batch)):
        chosen = np.array([list(x) + [-1] * (net.max_active - len(x)) for x in part], np.int64)
        x = np.zeros((len(part), net.features + 1), bool)
        x[np.arange(len(part))[:, None], chosen] = True  # -1 is the last column
        truth = net.truth(x[:, :-1])
        right, wrong, margin, bound = net.judge(chosen, truth)
        for fault, status, text in ((wrong, 1, "WRONG"), (~right, 3, "UNDECIDED")):
            if fault.any():
                row, output = np.argwhere(fault)[0]
                print(f"{text}: input {[int(j) for j in part[row]]}, output {output} should be "
                      f"{'on' if truth[row, output] else 'off'}, but read-out minus threshold is "
                      f"{margin[row, output]:g}, rounding at most {bound[row, output]:g}")
                return status
        checked, smallest = checked + len(part), min(smallest, float((np.abs(margin) - bound).min()))
    print(f"RIGHT on {'all' if whole else 'a sample of'} {checked:,} of {size:,} inputs; "
          f"the smallest margin beyond rounding is {smallest:g}")
    return 0


def main():
    parser = argparse.ArgumentParser(
        description="Checks an exported network on its whole domain, or on a sample where that is large.")
    parser.add_argument("file", help="what superpose export --format npz wrote")
    for name, default, text in (
            ("limit", 300_000, "the largest domain that is checked as a whole"),
            ("seed", 0, "of the random inputs"),
            ("samples", 20_000, "random inputs beside the true positives where the domain is larger")):
        parser.add_argument("--" + name, type=int, default=default, help=f"{text} (default {default})")
    options = parser.parse_args()
    try:
        return check(Network(dict(np.load(options.file, allow_pickle=False))), options)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        print(f"{options.file} is not a usable network: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
