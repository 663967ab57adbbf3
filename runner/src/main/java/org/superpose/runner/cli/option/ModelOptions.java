package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.interop.NetworkImporter;
import org.superpose.interop.foreign.ForeignNetwork;
import org.superpose.interop.foreign.ForeignNetworkReader;
import org.superpose.runner.foreign.Truth;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A network in a file of any form, ours or made elsewhere, and what it should compute. */
final class ModelOptions {
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A network file, or an ONNX, safetensors or NPZ file: an export of ours, or a network made"
                    + " elsewhere.")
    private Path file;

    @Mixin
    private MapOptions map = new MapOptions();

    @Mixin
    private TruthOptions truth = new TruthOptions();

    /** The name that the person gave. */
    Path file() {
        return file;
    }

    /** The files that are read. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(truth.files());
        files.add(file);
        map.map().ifPresent(files::add);
        return files;
    }

    /**
     * Gives an engine those assignments of --set that are its settings.
     *
     * @throws InvalidInputException if a value is not allowed
     */
    ExecutionEngine engine(ExecutionEngine engine, Optional<Path> pluginFolder) {
        return truth.engine(engine, pluginFolder);
    }

    /** Whether --problem or --truth says what the network should compute. */
    boolean hasTruth() {
        return truth.isGiven();
    }

    /**
     * A network of ours with the map that its file holds, on the inputs that are asked for; empty if the network was
     * made elsewhere.
     *
     * @param say is told what was ignored
     * @throws InvalidInputException if the file cannot be read
     */
    Optional<BuiltNetwork> own(Consumer<String> say) {
        boolean isNetworkFile = file.toString().endsWith(".superpose.zip");
        if (isNetworkFile && map.isGiven()) {
            throw new InvalidInputException(file + ": is a network file, which needs no --map and no --round");
        }
        if (!isNetworkFile && (map.isGiven() || !NetworkImporter.isExport(file))) {
            return Optional.empty();
        }
        BuiltNetwork built = isNetworkFile
                ? NetworkFile.read(file)
                : NetworkImporter.read(file, Optional.empty(), names -> sayIgnored(names, say));
        return Optional.of(
                hasTruth()
                        ? built
                        : new BuiltNetwork(
                                built.instance()
                                        .with(truth.bounded(built.instance().domain())),
                                built.network()));
    }

    /**
     * What a network of ours should compute in the place of what its file says.
     *
     * @throws InvalidInputException if that cannot be read
     */
    Truth truth(BuiltNetwork own, Workbench workbench) {
        return truth.truth(OptionalInt.of(own.network().inputs()), workbench);
    }

    /**
     * A network made elsewhere, and what it should compute.
     *
     * @param say is told what was recognised, and what was ignored
     * @throws InvalidInputException if a file cannot be read, nothing says what the network should compute, or they are
     *     of different sizes
     */
    TruthOptions.Subject foreignWithTruth(Workbench workbench, Consumer<String> say) {
        TruthOptions.Subject subject = truth.read(file, map.settings(), workbench);
        say(subject.network(), say);
        return subject;
    }

    /**
     * A network made elsewhere of which nobody says what it should compute.
     *
     * @param say is told what was recognised, and what was ignored
     * @throws InvalidInputException if the file cannot be read
     */
    ForeignNetwork foreign(Consumer<String> say) {
        ForeignNetwork network = ForeignNetworkReader.read(file, map.settings());
        say(network, say);
        return network;
    }

    /** The bounds on active features that are given, in the place of some others. */
    TruthOptions bounds() {
        return truth;
    }

    private static void say(ForeignNetwork network, Consumer<String> say) {
        say.accept(network.recognised());
        network.notes().forEach(say);
        sayIgnored(network.ignored(), say);
    }

    private static void sayIgnored(List<String> names, Consumer<String> say) {
        if (!names.isEmpty()) {
            say.accept(IgnoredNames.text(names));
        }
    }
}
