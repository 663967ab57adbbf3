#!/usr/bin/env python3
"""Detectors of pairs of words with an exception, as formulas, from texts:

    tools/skip_grams.py OUT.csv TEXT ...

A pair is two different words with one to three words between them that so occur together at least twice. Its exception
is the word that stands between them most often, though not always; a pair without one makes no formula. So
"free & software & !the" is on where "free" and "software" are in sight and "the" is not. Words are in lower case, of
letters and apostrophes; the formulas are in the order of their first occurrence, and a pair whose reverse has the same
exception is left out, so that no two formulas are equal. The same texts give the same bytes.

The bundled files (problems/src/main/resources/org/superpose/problems) are made of the licence texts in
/usr/share/common-licenses of Debian:

    skip-grams-gpl3.csv       GPL-3
    skip-grams-licenses.csv   GPL-2 GPL-3 LGPL-2.1 MPL-2.0 GFDL-1.3 Apache-2.0
"""
import collections
import pathlib
import re
import sys

WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
LONGEST = 4  # places from the first word to the second


def words(path):
    return WORD.findall(pathlib.Path(path).read_text(encoding="utf-8").lower().replace("\u2019", "'"))


def pairs(texts):
    """How often each pair occurs, and for each the words between them with the number of its occurrences with each."""
    count = collections.Counter()
    between = collections.defaultdict(collections.Counter)
    for text in texts:
        for i, first in enumerate(text):
            for j in range(i + 2, min(i + LONGEST + 1, len(text))):
                if text[j] != first:
                    count[first, text[j]] += 1
                    between[first, text[j]].update(set(text[i + 1:j]) - {first, text[j]})
    return count, between


def detectors(texts):
    count, between = pairs(texts)
    seen = set()
    for pair, times in count.items():
        exceptions = [(-number, word) for word, number in between[pair].items() if number < times]
        if times < 2 or not exceptions:
            continue
        exception = min(exceptions)[1]
        key = (frozenset(pair), exception)
        if key not in seen:
            seen.add(key)
            yield pair, exception


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    lines = ["output,formula"]
    for (first, second), exception in detectors([words(path) for path in sys.argv[2:]]):
        lines.append(f"{first}·{second},{first} & {second} & !{exception}")
    pathlib.Path(sys.argv[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
