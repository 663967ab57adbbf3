package org.superpose.runner.store.file;

import org.superpose.core.file.ScratchFiles;

/** The native library of the database, which is unpacked into the folder for temporary files and loaded from there. */
final class NativeDatabase {
    private static final String LIBRARY = "org.duckdb.DuckDBNative";

    private NativeDatabase() {}

    /**
     * Loads it, unless it is there already.
     *
     * @throws StoreException if the folder for temporary files does not allow it
     */
    static void require() {
        try {
            Class.forName(LIBRARY, true, NativeDatabase.class.getClassLoader());
        } catch (LinkageError refused) {
            throw refused(refused);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static StoreException refused(LinkageError refused) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = cause instanceof LinkageError ? String.valueOf(cause.getMessage()) : cause.toString();
        String reason = said.lines().findFirst().orElse("no reason given");
        return new StoreException(
                "the database of results cannot be started: its library is written to the folder for temporary files, "
                        + ScratchFiles.folder() + ", and loaded from there, which needs permission to write and to"
                        + " execute (" + reason + "); " + ScratchFiles.ADVICE,
                refused);
    }
}
