package org.superpose.runner.cli.option;

import org.superpose.core.verify.AutoVerifier;
import picocli.CommandLine.Option;

/** {@code --verifier V}. */
public final class VerifierOption {
    @Option(
            names = "--verifier",
            completionCandidates = Completion.Verifiers.class,
            paramLabel = "V",
            defaultValue = AutoVerifier.ID,
            description = "Id of the verifier (default: ${DEFAULT-VALUE}).")
    private String verifier;

    public String id() {
        return verifier;
    }
}
