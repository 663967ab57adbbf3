package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.interop.foreign.ForeignNetwork;
import org.superpose.runner.foreign.Truth;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Mixin;

/** A network that is looked into; what it should compute may be unknown. */
public final class ExaminedModel {
    /** The largest number of active features of a network of which nothing else is said. */
    private static final int MAX_ACTIVE = 2;

    @Mixin
    private ModelOptions model = new ModelOptions();

    /**
     * A network.
     *
     * @param domain the inputs on which it is meant to be right
     * @param truth what it should compute, if that is known
     */
    public record Examined(SuperposedNetwork network, InputDomain domain, Optional<ProblemInstance> truth) {
        private static Examined of(BuiltNetwork built) {
            return new Examined(built.network(), built.instance().domain(), Optional.of(built.instance()));
        }

        private static Examined of(SuperposedNetwork network, Truth truth) {
            truth.requireFits(network);
            return new Examined(network, truth.domain(), truth.instance());
        }

        /** Names of the inputs, or none. */
        public FeatureNames inputNames() {
            return truth.map(ProblemInstance::inputNames).orElse(FeatureNames.NONE);
        }

        /** Names of the outputs, or none. */
        public FeatureNames outputNames() {
            return truth.map(ProblemInstance::outputNames).orElse(FeatureNames.NONE);
        }
    }

    /** The files that are read. */
    public List<Path> files() {
        return model.files();
    }

    /**
     * Reads it.
     *
     * @param say is told what was recognised in a network made elsewhere, and what was ignored
     * @throws InvalidInputException if a file cannot be read, or network and truth are of different sizes
     */
    public Examined read(Workbench workbench, Consumer<String> say) {
        Optional<BuiltNetwork> own = model.own(say);
        if (own.isPresent()) {
            return model.hasTruth()
                    ? Examined.of(own.get().network(), model.truth(own.get(), workbench))
                    : Examined.of(own.get());
        }
        if (model.hasTruth()) {
            TruthOptions.Subject subject = model.foreignWithTruth(workbench, say);
            return Examined.of(subject.network().network(subject.truth().domain()), subject.truth());
        }
        ForeignNetwork network = model.foreign(say);
        InputDomain domain = model.bounds()
                .bounded(InputDomain.sparse(network.features(), Math.min(MAX_ACTIVE, network.features())));
        return new Examined(network.network(domain), domain, Optional.empty());
    }
}
