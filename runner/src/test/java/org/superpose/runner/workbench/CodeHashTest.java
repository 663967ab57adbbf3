package org.superpose.runner.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeHashTest {
    private static final String CORE = "org/superpose/core/verify/Some.class";
    private static final String RUNNER = "org/superpose/runner/workbench/Other.class";

    @TempDir
    Path folder;

    private Path folder(String name, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(name).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return folder.resolve(name);
    }

    private Path jar(String name, Map<String, String> files) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes());
            }
        }
        return jar;
    }

    @Test
    void codeOfAnyModuleCounts() throws IOException {
        Path core = folder("core", Map.of(CORE, "a"));
        Path runner = folder("runner", Map.of(RUNNER, "b"));
        String hash = CodeHash.of(List.of(core, runner));
        assertEquals(hash, CodeHash.of(List.of(runner, core)));
        assertNotEquals(hash, CodeHash.of(List.of(core, folder("changed runner", Map.of(RUNNER, "c")))));
        assertNotEquals(hash, CodeHash.of(List.of(folder("changed core", Map.of(CORE, "c")), runner)));
        assertNotEquals(hash, CodeHash.of(List.of(core)));
    }

    @Test
    void jarsAndFoldersOfTheSameClassesAreOneBuildWhateverElseIsInThem() throws IOException {
        String hash = CodeHash.of(List.of(folder("both", Map.of(CORE, "a", RUNNER, "b"))));
        assertEquals(
                hash,
                CodeHash.of(List.of(
                        jar("core.jar", Map.of(CORE, "a", "org/other/Library.class", "x", "META-INF/MANIFEST.MF", "")),
                        jar("runner.jar", Map.of(RUNNER, "b", "org/superpose/runner/page.html", "y")))));
    }

    @Test
    void theRunningBuildIsOfCoreAndRunner() {
        assertTrue(CodeHash.ofThisBuild().matches("[0-9a-f]{64}"), CodeHash.ofThisBuild());
    }
}
