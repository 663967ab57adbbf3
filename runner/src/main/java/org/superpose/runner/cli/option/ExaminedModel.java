package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.interop.NetworkImporter;
import org.superpose.interop.foreign.ForeignNetwork;
import org.superpose.interop.foreign.ForeignNetworkReader;
import org.superpose.runner.foreign.Truth;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A network that is looked into; what it should compute may be unknown. */
public final class ExaminedModel {
    /** The largest number of active features of a network of which nothing else is said. */
    private static final int MAX_ACTIVE = 2;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A network file, or an ONNX, safetensors or NPZ file: an export of ours, or a network made"
                    + " elsewhere, whose --truth or --problem may be left out.")
    private Path file;

    @Mixin
    private MapOptions map = new MapOptions();

    @Mixin
    private TruthOptions truth = new TruthOptions();

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

    /** The name that the person gave. */
    public Path file() {
        return file;
    }

    /** The files that are read. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(truth.files());
        files.add(file);
        map.map().ifPresent(files::add);
        return files;
    }

    /**
     * Reads it.
     *
     * @param say is told what was recognised in a network made elsewhere, and what was ignored
     * @throws InvalidInputException if a file cannot be read, or network and truth are of different sizes
     */
    public Examined read(Workbench workbench, Consumer<String> say) {
        boolean isNetworkFile = file.toString().endsWith(".superpose.zip");
        if (isNetworkFile && map.isGiven()) {
            throw new InvalidInputException(file + ": is a network file, which needs no --map and no --round");
        }
        if (!isNetworkFile && (map.isGiven() || !NetworkImporter.isExport(file))) {
            return foreign(workbench, say);
        }
        BuiltNetwork built = isNetworkFile
                ? NetworkFile.read(file)
                : NetworkImporter.read(file, Optional.empty(), names -> sayIgnored(names, say));
        if (truth.isGiven()) {
            Truth other = truth.truth(OptionalInt.of(built.network().inputs()), workbench);
            requireSize(built.network(), other);
            return Examined.of(built.network(), other);
        }
        return Examined.of(new BuiltNetwork(
                built.instance().with(truth.bounded(built.instance().domain())), built.network()));
    }

    private Examined foreign(Workbench workbench, Consumer<String> say) {
        if (truth.isGiven()) {
            TruthOptions.Subject subject = truth.read(file, map.settings(), workbench);
            say(subject.network(), say);
            return Examined.of(subject.network().network(subject.truth().domain()), subject.truth());
        }
        ForeignNetwork network = ForeignNetworkReader.read(file, map.settings());
        say(network, say);
        InputDomain domain =
                truth.bounded(InputDomain.sparse(network.features(), Math.min(MAX_ACTIVE, network.features())));
        return new Examined(network.network(domain), domain, Optional.empty());
    }

    private static void say(ForeignNetwork network, Consumer<String> say) {
        say.accept(network.recognised());
        network.notes().forEach(say);
        sayIgnored(network.ignored(), say);
    }

    private static void requireSize(SuperposedNetwork network, Truth truth) {
        if (network.inputs() != truth.domain().features() || network.outputs() != truth.outputs()) {
            throw new InvalidInputException("the network has " + network.inputs() + " features and " + network.outputs()
                    + " outputs, but the truth has " + truth.domain().features() + " features and " + truth.outputs()
                    + " outputs");
        }
    }

    private static void sayIgnored(List<String> names, Consumer<String> say) {
        if (!names.isEmpty()) {
            say.accept(IgnoredNames.text(names));
        }
    }
}
