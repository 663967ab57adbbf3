package org.superpose.runner.cli.option;

import java.nio.file.Path;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import picocli.CommandLine.Parameters;

/** The network file that a command is about. */
public final class NetworkFileParameter {
    @Parameters(index = "0", paramLabel = "NET.superpose.zip", description = "The network file.")
    private Path file;

    public Path path() {
        return file;
    }

    public BuiltNetwork read() {
        return NetworkFile.read(file);
    }
}
