package org.superpose.runner.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the tool, from the manifest of its jar. */
final class ToolVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"superpose " + text(), "Java " + System.getProperty("java.version")};
    }

    static String text() {
        String version = ToolVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
