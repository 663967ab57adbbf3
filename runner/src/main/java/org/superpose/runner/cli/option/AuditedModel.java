package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.audit.AuditSubject;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Mixin;

/** The network that an audit is about, what it should compute, and on which inputs. */
public final class AuditedModel {
    @Mixin
    private ModelOptions model = new ModelOptions();

    /** The name that the person gave. */
    public Path file() {
        return model.file();
    }

    /** The files that are read. */
    public List<Path> files() {
        return model.files();
    }

    /**
     * Gives an engine those assignments of --set that are its settings.
     *
     * @throws InvalidInputException if a value is not allowed
     */
    public ExecutionEngine engine(ExecutionEngine engine, Optional<Path> pluginFolder) {
        return model.engine(engine, pluginFolder);
    }

    /**
     * Reads them.
     *
     * @param say is told what was recognised in a network made elsewhere, and what was ignored
     * @throws InvalidInputException if a file cannot be read, nothing says what the network should compute, or they are
     *     of different sizes
     */
    public AuditSubject subject(Workbench workbench, Consumer<String> say) {
        Optional<BuiltNetwork> own = model.own(say);
        if (own.isEmpty()) {
            TruthOptions.Subject subject = model.foreignWithTruth(workbench, say);
            return AuditSubject.of(subject.network().network(subject.truth().domain()), subject.truth());
        }
        return model.hasTruth()
                ? AuditSubject.of(own.get().network(), model.truth(own.get(), workbench))
                : AuditSubject.of(own.get());
    }
}
