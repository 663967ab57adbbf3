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
import org.superpose.runner.audit.AuditSubject;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The network that an audit is about, what it should compute, and on which inputs. */
public final class AuditedModel {
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
     * Gives an engine those assignments of --set that are its settings.
     *
     * @throws InvalidInputException if a value is not allowed
     */
    public ExecutionEngine engine(ExecutionEngine engine, Optional<Path> pluginFolder) {
        return truth.engine(engine, pluginFolder);
    }

    /**
     * Reads them.
     *
     * @param say is told what was recognised in a network made elsewhere, and what was ignored
     * @throws InvalidInputException if a file cannot be read, nothing says what the network should compute, or they are
     *     of different sizes
     */
    public AuditSubject subject(Workbench workbench, Consumer<String> say) {
        boolean isNetworkFile = file.toString().endsWith(".superpose.zip");
        if (isNetworkFile && map.isGiven()) {
            throw new InvalidInputException(file + ": is a network file, which needs no --map and no --round");
        }
        if (!isNetworkFile && (map.isGiven() || !NetworkImporter.isExport(file))) {
            TruthOptions.Subject subject = truth.read(file, map.settings(), workbench);
            ForeignNetwork network = subject.network();
            say.accept(network.recognised());
            network.notes().forEach(say);
            sayIgnored(network.ignored(), say);
            return AuditSubject.of(network.network(subject.truth().domain()), subject.truth());
        }
        BuiltNetwork built = isNetworkFile
                ? NetworkFile.read(file)
                : NetworkImporter.read(file, Optional.empty(), names -> sayIgnored(names, say));
        if (truth.isGiven()) {
            return AuditSubject.of(
                    built.network(), truth.truth(OptionalInt.of(built.network().inputs()), workbench));
        }
        return AuditSubject.of(new BuiltNetwork(
                built.instance().with(truth.bounded(built.instance().domain())), built.network()));
    }

    private static void sayIgnored(List<String> names, Consumer<String> say) {
        if (!names.isEmpty()) {
            say.accept(IgnoredNames.text(names));
        }
    }
}
