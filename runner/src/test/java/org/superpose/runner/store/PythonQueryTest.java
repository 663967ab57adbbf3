package org.superpose.runner.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.workbench.Measurement;

/** The Python query of docs/experiments.md, exactly as it stands there; skipped where python3 has no duckdb. */
class PythonQueryTest {
    @Test
    void pythonReadsTheStoreAsTheDocumentationSays(@TempDir Path folder) throws Exception {
        Matcher code = Pattern.compile("```python\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/experiments.md")));
        assertTrue(code.find());
        Measurement row = SmallSweep.measurements(1).get(0).with(Measurement.CONSTRUCTION, "clipped-and");
        try (ResultStore store = ResultStore.open(
                Files.createDirectories(folder.resolve("out/widths")),
                SmallSweep.identity(1),
                SmallSweep.run(),
                OnExisting.REFUSE)) {
            store.record(new UnitRecord(0, List.of(row), Optional.empty(), Instant.EPOCH, 1, 0));
            store.end(RunStatus.DONE);
        }
        Path script = Files.writeString(folder.resolve("query.py"), code.group(1));
        Path log = folder.resolve("python.log");
        int status;
        try {
            status = new ProcessBuilder("python3", script.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
        } catch (IOException noPython) {
            abort("skipped: there is no python3");
            return;
        }
        String printed = Files.readString(log);
        if (printed.contains("No module named 'duckdb'")) {
            abort("skipped: python3 has no duckdb");
        }
        assertEquals(0, status, printed);
        assertTrue(printed.contains("construction") && printed.contains("clipped-and"), printed);
    }
}
