package org.superpose.core.plugin;

/**
 * A jar that a plugin was loaded from, as networks, rows, runs and certificates record it.
 *
 * @param jar the name of the file; the name of the class where a plugin comes from no jar
 * @param version what its manifest says that its version is, or "" if it says nothing
 * @param sha256 of the jar, of the class where there is none, as 64 hexadecimal digits; "" if it could not be read
 */
public record PluginFile(String jar, String version, String sha256) {
    /** @throws IllegalArgumentException if there is no jar, or the digest is none */
    public PluginFile {
        if (jar.isEmpty() || !sha256.matches("([0-9a-f]{64})?")) {
            throw new IllegalArgumentException("a plugin is recorded by the name and the SHA-256 of its jar, not by \""
                    + jar + "\" and \"" + sha256 + "\"");
        }
    }

    /** For example {@code my.jar, version 1.0, SHA-256 5df6...}. */
    @Override
    public String toString() {
        return jar + (version.isEmpty() ? "" : ", version " + version) + ", SHA-256 "
                + (sha256.isEmpty() ? "unknown" : sha256);
    }
}
