package org.superpose.runner.cli.option;

import picocli.CommandLine.Option;

/** {@code --accept-changed-plugin}. */
public final class ChangedPluginOption {
    static final String NAME = "--accept-changed-plugin";

    @Option(
            names = NAME,
            description = "Goes on though a plugin is not the one that made what is there: another SHA-256 of its jar.")
    private boolean accepted;

    public boolean isAccepted() {
        return accepted;
    }
}
