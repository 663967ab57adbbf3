#!/usr/bin/env python3
"""The inputs that the fuzzer has kept, one archive for each reader:

    tools/fuzz_corpus.py list [READER ...]        the archives, with what is in them
    tools/fuzz_corpus.py unpack READER FOLDER     writes the inputs of a reader into a folder
    tools/fuzz_corpus.py add READER FILE ...      adds inputs, such as one that a fuzzer found in target/fuzz
    tools/fuzz_corpus.py pack READER FOLDER       makes the files of a folder the inputs of a reader

An input that is added is named by the SHA-1 of its content, as by libFuzzer, and is added once. The same inputs give
the same bytes on every machine: entries are in the order of their names, not compressed, and of one date. tools/fuzz.sh
unpacks the archives, and packs them again with --keep.
"""
import hashlib
import io
import pathlib
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "runner/src/test/resources/org/superpose/runner/hostile/corpus"
READERS = (
    "blif",
    "csv",
    "formulas",
    "json",
    "map",
    "network",
    "npz",
    "onnx",
    "pla",
    "row-fields",
    "safetensors",
    "store",
    "tensors",
    "truth",
    "yaml",
)
DATE = (1980, 1, 1, 0, 0, 0)
LARGEST = 1 << 20


def archive(reader):
    if reader not in READERS:
        sys.exit(f"there is no reader {reader}: {', '.join(READERS)}")
    return CORPUS / f"{reader}.zip"


def read(reader):
    with zipfile.ZipFile(archive(reader)) as inputs:
        return {name: inputs.read(name) for name in inputs.namelist()}


def write(reader, inputs):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
        for name in sorted(inputs):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            out.writestr(entry, inputs[name])
    if len(packed.getvalue()) > LARGEST:
        sys.exit(f"{archive(reader).name} would have {len(packed.getvalue())} bytes: at most {LARGEST} are kept")
    archive(reader).write_bytes(packed.getvalue())
    print(f"{reader}: {len(inputs)} inputs are kept")


def files(folder):
    return {file.name: file.read_bytes() for file in pathlib.Path(folder).iterdir() if file.is_file()}


def main(arguments):
    match arguments:
        case ["list", *readers]:
            for reader in readers or READERS:
                inputs = read(reader)
                print(f"{reader}: {len(inputs)} inputs, {sum(map(len, inputs.values()))} bytes")
        case ["unpack", reader, folder]:
            pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
            for name, content in read(reader).items():
                (pathlib.Path(folder) / name).write_bytes(content)
        case ["add", reader, first, *more]:
            inputs = read(reader)
            for file in map(pathlib.Path, [first, *more]):
                content = file.read_bytes()
                if content not in inputs.values():
                    inputs[hashlib.sha1(content).hexdigest()] = content
            write(reader, inputs)
        case ["pack", reader, folder]:
            write(reader, files(folder))
        case _:
            sys.exit(__doc__)


main(sys.argv[1:])
