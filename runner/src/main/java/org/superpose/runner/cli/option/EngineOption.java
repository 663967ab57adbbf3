package org.superpose.runner.cli.option;

import org.superpose.runner.run.engine.LocalEngine;
import picocli.CommandLine.Option;

/** {@code --engine E}. */
public final class EngineOption {
    @Option(
            names = "--engine",
            completionCandidates = Completion.Engines.class,
            paramLabel = "E",
            description = "Where the work is done (default: ${DEFAULT-VALUE}); \"superpose list engines\" names them.")
    private String id = LocalEngine.ID;

    public String id() {
        return id;
    }

    /** Whether the work stays in this process, as if nothing had been asked for. */
    public boolean isLocal() {
        return id.equals(LocalEngine.ID);
    }
}
