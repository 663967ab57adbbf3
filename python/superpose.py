"""Networks of Superpose and their data sets in Python, with nothing but NumPy.

    net = superpose.load("net.npz")                    # superpose export net.superpose.zip --format npz -o net.npz
    x = superpose.sample(net, 1000, np.random.default_rng(0))
    states, outputs = superpose.run_with_cache(net, x)  # y_0..y_L, and what the decoder reads
    assert (outputs == superpose.truth(net, x)[-1]).all()

Inputs are bool [batch, m]. Arrays have the names of docs/python.md; a data set with its truth (docs/truth.md) is opened
by `load_dataset`. Copy this file beside your code: it is complete.
"""

from __future__ import annotations

import dataclasses
import json
import pathlib
import struct
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclasses.dataclass(frozen=True)
class Layer:
    """y -> act(W y + b + y_skip), where act is ReLU or nothing."""

    weight: Floats  # [n_out, n_in]; a diagonal is kept as a vector [n]
    bias: Floats  # [n_out]
    relu: bool
    skip: int | None  # the state that is added

    def apply(self, states: list[Floats]) -> Floats:
        """The next state of a batch."""
        y = states[-1]
        z = (y * self.weight if self.weight.ndim == 1 else y @ self.weight.T) + self.bias
        if self.skip is not None:
            z = z + states[self.skip]
        return np.maximum(z, 0) if self.relu else z


@dataclasses.dataclass(frozen=True)
class Gates:
    """One layer of gates: gate i reads `inputs[offsets[i]:offsets[i + 1]]` and computes function `functions[i]`."""

    offsets: Ints
    inputs: Ints
    functions: Ints
    function_offsets: Ints
    function_data: Ints

    def __len__(self) -> int:
        return len(self.functions)

    def reads(self, gate: int) -> Ints:
        """What a gate reads, ascending."""
        return self.inputs[self.offsets[gate]:self.offsets[gate + 1]]

    def evaluate(self, x: Bools) -> Bools:
        """Which gates are on: bool [batch, inputs] -> bool [batch, gates]."""
        counts = np.diff(self.offsets)
        outputs = np.zeros((len(x), len(self)), bool)
        for f, count in sorted(set(zip(self.functions.tolist(), counts.tolist()))):
            gates = np.flatnonzero((self.functions == f) & (counts == count))
            read = x[:, self.inputs[self.offsets[gates][:, None] + np.arange(count)]]
            data = self.function_data[self.function_offsets[f]:self.function_offsets[f + 1]]
            outputs[:, gates] = _compute(data.tolist(), read)
        return outputs


@dataclasses.dataclass(frozen=True)
class Network:
    """A network with the map that it computes."""

    layers: list[Layer]
    encoder: Floats  # [m, n_0], the codes as rows of zeros and ones
    decoder_codes: Ints  # [m', k], padded with -1
    thresholds: Floats  # [m']
    off_thresholds: Floats | None
    decoder_kind: int  # 0: the sum over the code's neurons is compared, 1: each neuron, 2: logits
    gates: list[Gates]
    min_active: int
    max_active: int
    groups: Ints | None  # at most one feature of a group is active
    arrays: Mapping[str, npt.NDArray]

    @property
    def inputs(self) -> int:
        """m, the number of input features."""
        return len(self.encoder)

    @property
    def outputs(self) -> int:
        """m', the number of outputs."""
        return len(self.thresholds)


def load(path: str | pathlib.Path) -> Network:
    """Opens an NPZ or safetensors export of a network."""
    path = pathlib.Path(path)
    arrays = load_safetensors(path) if path.suffix == ".safetensors" else dict(np.load(path))
    layers: list[Layer] = []
    while f"layers.{len(layers)}.bias" in arrays:
        name = f"layers.{len(layers)}"
        skip = arrays.get(f"{name}.skip")
        layers.append(Layer(
            weight=arrays[f"{name}.weight"] if f"{name}.weight" in arrays else arrays[f"{name}.diagonal"],
            bias=arrays[f"{name}.bias"],
            relu=int(arrays.get(f"{name}.activation", 0)) == 0,
            skip=None if skip is None else int(skip)))
    codes = arrays["encoder.codes"]
    encoder = np.zeros((len(codes), layers[0].weight.shape[-1]), np.float32)
    for feature, code in enumerate(codes):
        encoder[feature, code[code >= 0]] = 1
    groups = arrays.get("domain.groups")
    return Network(
        layers=layers,
        encoder=encoder,
        decoder_codes=arrays["decoder.codes"],
        thresholds=arrays["decoder.threshold"],
        off_thresholds=arrays.get("decoder.off_threshold"),
        decoder_kind=int(arrays["decoder.kind"]),
        gates=_gates(arrays),
        min_active=int(arrays.get("domain.min_active", 0)),
        max_active=int(arrays["domain.max_active"]),
        groups=groups,
        arrays=arrays)


def _gates(arrays: Mapping[str, npt.NDArray]) -> list[Gates]:
    parts = [field.name for field in dataclasses.fields(Gates)]
    if "gates.offsets" in arrays:
        return [Gates(**{part: arrays[f"gates.{part}"] for part in parts})]
    layers: list[Gates] = []
    while f"gates.{len(layers)}.offsets" in arrays:
        layers.append(Gates(**{part: arrays[f"gates.{len(layers)}.{part}"] for part in parts}))
    return layers


def _compute(data: list[int], x: Bools) -> Bools:
    """A function of function_data on what some gates read: bool [batch, gates, reads] -> bool [batch, gates]."""
    kind, *numbers = data
    active = x.sum(axis=2)
    if kind == 0:  # AND
        return active == x.shape[2]
    if kind == 1:  # parity
        return active % 2 == 1
    if kind == 2:  # at least
        return active >= numbers[0]
    if kind == 3:  # exactly
        return active == numbers[0]
    if kind == 4:  # weighted
        return x @ np.array(numbers[1:], int) >= numbers[0]
    if kind == 7:  # a truth table
        row = x @ (1 << np.arange(x.shape[2]))
        return np.array(numbers[1:])[row // 32] >> row % 32 & 1 == 1
    literals = x == (np.array(numbers) == 1)
    return literals.all(axis=2) if kind == 5 else literals.any(axis=2)


def encode(net: Network, x: Bools) -> Floats:
    """y_0: the sum of the codes of the active features. Magnitudes other than 1 may be given as floats."""
    return x.astype(np.float32) @ net.encoder


def run(net: Network, y: Floats) -> list[Floats]:
    """Every state y_0..y_L from y_0 [batch, n_0]."""
    states = [y]
    for layer in net.layers:
        states.append(layer.apply(states))
    return states


def run_with_cache(
        net: Network, x: Bools, hooks: Mapping[int, Callable[[Floats], Floats]] | None = None
) -> tuple[list[Floats], Bools]:
    """Runs inputs: every state y_0..y_L, and the outputs that are read as on.

    hooks: for a state's number a function that replaces the state before the next layer reads it.
    """
    hooks = hooks or {}
    states = [hooks.get(0, lambda y: y)(encode(net, x))]
    for t, layer in enumerate(net.layers, 1):
        states.append(hooks.get(t, lambda y: y)(layer.apply(states)))
    return states, decode(net, states[-1])


def decode(net: Network, y: Floats) -> Bools:
    """Which outputs are read as on from y_L [batch, n_L]."""
    return _logits(net, y) >= net.thresholds


def decode_off(net: Network, y: Floats) -> Bools:
    """Which outputs are read as off; with two thresholds some are neither on nor off."""
    off = ~decode(net, y)
    return off if net.off_thresholds is None else off & (_logits(net, y) <= net.off_thresholds)


def _logits(net: Network, y: Floats) -> Floats:
    used = net.decoder_codes >= 0
    rows = y[:, np.where(used, net.decoder_codes, 0)]
    if net.decoder_kind == 1:
        return np.where(used, rows, np.inf).min(axis=2)
    return np.where(used, rows, 0).sum(axis=2)


def truth(net: Network, x: Bools) -> list[Bools]:
    """What the gates say: the features that are on at each level, from the inputs themselves to the outputs."""
    levels = [x]
    for gates in net.gates:
        levels.append(gates.evaluate(levels[-1]))
    return levels


def ablate(
        net: Network, x: Bools, state: int, rows: npt.ArrayLike, value: float | npt.ArrayLike = 0.0
) -> Bools:
    """The outputs that are read as on when some rows of a state are set to a value: 0, or one for each row."""

    def cleared(y: Floats) -> Floats:
        y = y.copy()
        y[:, np.asarray(rows, int)] = value
        return y

    return run_with_cache(net, x, {state: cleared})[1]


def sample(net: Network, batch: int, rng: np.random.Generator, near_gates: float = 0.75) -> Bools:
    """Random inputs of the domain: a share of them around gates, with all or all but one of what a gate reads active.

    Inputs drawn without regard to gates test almost nothing: outputs are rarely on. Inputs around gates are filled up
    with random features to a random size.
    """
    x = np.zeros((batch, net.inputs), bool)
    groups = np.arange(net.inputs) if net.groups is None else net.groups
    first = net.gates[0]
    for row in x:
        taken: list[int] = []
        if rng.random() < near_gates:
            wanted = rng.permutation(first.reads(int(rng.integers(len(first)))))
            taken = _fitting(wanted[:len(wanted) - int(rng.integers(2))].tolist(), net.max_active, groups)
        size = int(rng.integers(max(len(taken), net.min_active), net.max_active + 1))
        tries = 0
        while len(taken) < size and tries < 100 * size:
            taken = _fitting([*taken, int(rng.integers(net.inputs))], net.max_active, groups)
            tries += 1
        row[taken] = True
    return x


def _fitting(features: list[int], most: int, groups: Ints) -> list[int]:
    """The first of some features that may be active together."""
    taken: list[int] = []
    for feature in features:
        if len(taken) < most and all(groups[feature] != groups[other] for other in taken):
            taken.append(feature)
    return taken


@dataclasses.dataclass(frozen=True)
class Dataset:
    """A data set that `superpose dataset --truth` wrote."""

    folder: pathlib.Path
    description: dict
    truth: Mapping[str, npt.NDArray]
    network: Network

    def __len__(self) -> int:
        return int(self.description["samples"])

    def level(self, state: int) -> int:
        """The level of features that a state holds: 0 for input features, g for the g-th layer of gates."""
        return int(self.truth["states.level"][state])

    def directions(self, state: int) -> Floats:
        """The direction of each feature of the state's level: [features, n_t]."""
        return self.truth[f"directions.{state}"]

    def features(self, level: int, start: int = 0, stop: int | None = None) -> Bools:
        """The features of a level that are on in samples start..stop - 1: bool [samples, features]."""
        offsets, members = self.truth[f"features.{level}.offsets"], self.truth[f"features.{level}.members"]
        stop = len(self) if stop is None else stop
        dense = np.zeros((stop - start, len(self.truth[f"turning.{level}.offsets"]) - 1), bool)
        counts = np.diff(offsets[start:stop + 1])
        dense[np.repeat(np.arange(stop - start), counts), members[offsets[start]:offsets[stop]]] = True
        return dense

    def parts(self, *names: str) -> Iterator[dict[str, npt.NDArray]]:
        """The named arrays of each part, part by part, so that a data set may be larger than the memory."""
        for part in self.description["parts"]:
            with np.load(self.folder / part["file"]) as arrays:
                yield {name: arrays[name] for name in names}

    def activations(self, state: int) -> Floats:
        """A state of all samples: [samples, n_t]."""
        name = f"activations.{state}"
        return np.concatenate([part[name] for part in self.parts(name)])


def load_dataset(folder: str | pathlib.Path) -> Dataset:
    """Opens the folder of a data set with truth."""
    folder = pathlib.Path(folder)
    description = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    return Dataset(folder, description, dict(np.load(folder / "truth.npz")), load(folder / "network.npz"))


_TYPES = {"F32": np.float32, "F64": np.float64, "F16": np.float16, "I32": np.int32, "I64": np.int64, "U8": np.uint8}


def load_safetensors(path: str | pathlib.Path) -> dict[str, npt.NDArray]:
    """The tensors of a safetensors file, by name."""
    data = pathlib.Path(path).read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name != "__metadata__":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            flat = np.frombuffer(data[start:end], np.dtype(_TYPES[entry["dtype"]]).newbyteorder("<"))
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


def save_safetensors(path: str | pathlib.Path, tensors: Mapping[str, npt.ArrayLike]) -> None:
    """Writes float32 tensors as a safetensors file: what `superpose score` reads."""
    header: dict[str, dict] = {}
    chunks: list[bytes] = []
    end = 0
    for name, tensor in tensors.items():
        array = np.array(tensor, "<f4", order="C")
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [end, end + array.nbytes]}
        chunks.append(array.tobytes())
        end += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))
