#!/usr/bin/env python3
"""Checks the licences in a CycloneDX bill of materials: python3 tools/check_licences.py target/bom.json

Every library that is shipped has to have a licence with which Apache-2.0 software may be shipped. A bill that lacks a
module of the project, or a library that a module declares, is refused too: it was written without what it needed. Exit
status: 0 all is well, 1 something is not.
"""
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

ALLOWED = {
    "Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "CC0-1.0", "EPL-1.0", "EPL-2.0", "UPL-1.0",
    "CDDL-1.0", "CDDL-1.1",
    "GPL-2.0-with-classpath-exception", "Public-Domain", "Zlib",
    # As unchanged jars of their own, which a user can replace.
    "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-or-later",
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
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
    "GNU General Public License (GPL), version 2, with the Classpath exception": "GPL-2.0-with-classpath-exception",
}
# Errors of the bill, by group: the plugin that writes it goes by the name in the pom, which leaves the clauses open.
CORRECTED = {
    "org.jline": {"BSD-4-Clause": "BSD-3-Clause"},  # the pom links to the three clauses
}


def licences(component):
    for choice in component.get("licenses", []):
        if "expression" in choice:
            yield from choice["expression"].replace("(", " ").replace(")", " ").split(" OR ")
        else:
            licence = choice["license"]
            yield licence.get("id") or NAMES.get(licence["name"], licence["name"])


def declared(root):
    """The libraries that the modules of the build are shipped with, as (group, name), some more than once."""

    def pom(folder):
        return ElementTree.parse(folder / "pom.xml").getroot()

    def text(element, tag):
        return element.findtext("{*}" + tag)

    parent = pom(root)
    managed = {text(entry, "artifactId"): text(entry, "scope")
               for entry in parent.iterfind("{*}dependencyManagement/{*}dependencies/{*}dependency")}
    for module in parent.iterfind("{*}modules/{*}module"):
        for entry in pom(root / module.text).iterfind("{*}dependencies/{*}dependency"):
            scope = text(entry, "scope") or managed.get(text(entry, "artifactId")) or "compile"
            if scope in ("compile", "runtime"):
                yield text(entry, "groupId"), text(entry, "artifactId")


def main(path):
    root = pathlib.Path(__file__).resolve().parent.parent
    components = json.load(open(path, encoding="utf-8"))["components"]
    listed = {(component.get("group"), component["name"]) for component in components}
    refused = 0
    for group, name in sorted(set(declared(root))):
        if (group, name) not in listed:
            refused += 1
            print(f"REFUSED: the bill lacks {group}:{name}, which a module declares")
    for component in components:
        if component.get("group", "") == "org.superpose":
            continue
        corrected = CORRECTED.get(component.get("group"), {})
        own = [corrected.get(licence.strip(), licence.strip()) for licence in licences(component)]
        if not any(licence in ALLOWED for licence in own):
            refused += 1
            print(f"REFUSED: {component.get('group')}:{component['name']}:{component.get('version')} "
                  f"has {own or 'no licence'}")
    print(f"{len(components)} components, {refused} refused")
    return 1 if refused or not components else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
