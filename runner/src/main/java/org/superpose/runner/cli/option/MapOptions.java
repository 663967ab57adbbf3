package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.interop.foreign.ImportSettings;
import org.superpose.interop.tensor.Rounding;
import org.superpose.runner.foreign.TensorMapFile;
import picocli.CommandLine.Option;

/** How the file of a network made elsewhere is read. */
public final class MapOptions {
    @Option(
            names = "--map",
            paramLabel = "MAP.yaml",
            description = "Which tensors are which part of the network, where their names do not say it.")
    private Path map;

    @Option(
            names = "--round",
            description = "Rounds numbers that float32 cannot hold to the nearest one; refused without it.")
    private boolean round;

    /** The map file, if there is one. */
    public Optional<Path> map() {
        return Optional.ofNullable(map);
    }

    /** Whether something is said. */
    public boolean isGiven() {
        return map != null || round;
    }

    /** Reads the map file. */
    public ImportSettings settings() {
        return new ImportSettings(
                map().map(TensorMapFile::read),
                round ? Rounding.NEAREST : Rounding.REFUSED,
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
