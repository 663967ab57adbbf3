package org.superpose.runner.cli;

import org.superpose.core.ToolVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code superpose --version} prints. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"superpose " + ToolVersion.current(), "Java " + System.getProperty("java.version")};
    }
}
