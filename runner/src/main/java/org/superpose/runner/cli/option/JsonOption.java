package org.superpose.runner.cli.option;

import picocli.CommandLine.Option;

/** {@code --json}. */
public final class JsonOption {
    @Option(names = "--json", description = "Prints one JSON document on standard output.")
    private boolean json;

    public boolean isSet() {
        return json;
    }
}
