package org.superpose.runner.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * The script for bash, which zsh takes too, that completes commands, options, ids, parameters and names of features.
 */
public final class CompletionScript {
    private CompletionScript() {}

    /** @param commands all of them, with their options */
    public static String of(CommandLine commands) {
        return AutoComplete.bash("superpose", commands) + featureNames();
    }

    /** What the script of the parser cannot do: complete from what is in a file. */
    private static String featureNames() {
        try (InputStream in = CompletionScript.class.getResourceAsStream("feature-names.sh")) {
            if (in == null) {
                throw new IllegalStateException("the resource feature-names.sh is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
