package org.superpose.runner.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NativeDatabaseTest {
    @Test
    void aFolderThatForbidsExecutionIsNamedWithWhatToDo() {
        String folder = System.getProperty("java.io.tmpdir");
        assertEquals(
                "the database of results cannot be started: its library is written to the folder for temporary files, "
                        + folder + ", and loaded from there, which needs permission to write and to execute"
                        + " (lib.so: failed to map segment from shared object); give Java another folder with"
                        + " -Djava.io.tmpdir=DIR (in SUPERPOSE_JAVA_OPTIONS for the launcher)",
                NativeDatabase.refused(
                                new UnsatisfiedLinkError("lib.so: failed to map segment from shared object\nmore"))
                        .getMessage());
    }
}
