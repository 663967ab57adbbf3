package org.superpose.interop;

import java.nio.file.Path;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;

/**
 * A file format of other tools that networks can be written in, found by {@link java.util.ServiceLoader}. Stateless.
 */
public interface NetworkExporter extends Plugin {
    /** The usual ending of its files, with the dot. */
    String extension();

    /**
     * Writes a file that appears complete or not at all; one of the same name is replaced. The same pair and options
     * give the same bytes.
     *
     * @param options values of the declared parameters
     * @throws org.superpose.core.InvalidInputException if the format cannot hold the network, the folder is missing or
     *     cannot be written to, or the disk is full
     */
    void export(BuiltNetwork built, ParameterValues options, Path file);

    /** All formats on the class path, by id. */
    static Catalog<NetworkExporter> catalog() {
        return Catalog.load("export format", NetworkExporter.class, NetworkExporter.class.getClassLoader());
    }
}
