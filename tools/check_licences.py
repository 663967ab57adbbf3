#!/usr/bin/env python3
"""Checks the licences in a CycloneDX bill of materials: python3 tools/check_licences.py target/bom.json

Every library that is shipped has to have a licence that Apache-2.0 software may be shipped with. Exit status: 0 all have, 1 some have not.
"""
import json
import sys

ALLOWED = {
    "Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "CC0-1.0", "EPL-1.0", "EPL-2.0", "UPL-1.0", "CDDL-1.0", "CDDL-1.1",
    "LGPL-2.1-only", "LGPL-2.1-or-later", "GPL-2.0-with-classpath-exception", "Public-Domain", "Zlib",
}
# Names that libraries give to licences of the list.
NAMES = {
    "Apache License, Version 2.0": "Apache-2.0",
    "The Apache Software License, Version 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache 2": "Apache-2.0",
    "The MIT License (MIT)": "MIT",
    "MIT License": "MIT",
    "The MIT License": "MIT",
    "BSD": "BSD-3-Clause",
    "Go License": "BSD-3-Clause",
    "Public Domain": "Public-Domain",
}


def licences(component):
    for choice in component.get("licenses", []):
        if "expression" in choice:
            yield from choice["expression"].replace("(", " ").replace(")", " ").split(" OR ")
        else:
            licence = choice["license"]
            yield licence.get("id") or NAMES.get(licence["name"], licence["name"])


def main(path):
    components = json.load(open(path, encoding="utf-8"))["components"]
    refused = 0
    for component in components:
        own = [licence.strip() for licence in licences(component)]
        if component.get("group", "").startswith("org.superpose"):
            continue
        if not any(licence in ALLOWED for licence in own):
            refused += 1
            print(f"REFUSED: {component.get('group')}:{component['name']}:{component.get('version')} has {own or 'no licence'}")
    print(f"{len(components)} components, {refused} without an allowed licence")
    return 1 if refused or not components else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
