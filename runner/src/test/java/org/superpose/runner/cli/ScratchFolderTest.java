package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.JavaRun;

/** A folder for temporary files that is of no use, which every JVM keeps to for its whole life. */
@Tag("slow")
class ScratchFolderTest {
    @TempDir
    Path folder;

    private Path gone;

    @BeforeEach
    void choose() {
        gone = folder.resolve("gone");
    }

    private String superpose(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-Djava.io.tmpdir=" + gone,
                "-cp",
                System.getProperty("java.class.path"),
                "org.superpose.runner.cli.Main"));
        command.addAll(List.of(words));
        JavaRun run = JavaRun.of(folder, command.toArray(String[]::new));
        assertEquals(ExitStatus.INTERNAL_ERROR, run.status(), run.err());
        List<String> said =
                run.err().lines().filter(line -> line.startsWith("superpose: ")).toList();
        assertEquals(1, said.size(), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertTrue(said.get(0).contains("-Djava.io.tmpdir=DIR"), said.get(0));
        assertTrue(said.get(0).contains("the folder for temporary files, " + gone), said.get(0));
        return said.get(0);
    }

    @Test
    void theStoreSaysThatItsLibraryNeedsTheFolder() throws Exception {
        Path out = folder.resolve("out");
        String said = superpose("run", "quickstart", "--quiet", "--unit", "1", "--out", out.toString());
        assertTrue(said.contains("the database of results cannot be started"), said);
    }

    @Test
    void aCommandThatNeedsAScratchFileSaysSo() throws Exception {
        String said = superpose("mutants", "--count", "1");
        assertTrue(said.contains("nothing can be written to"), said);
    }
}
