package org.superpose.interop;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs Python with what is installed; skips the test where python3 or a module that it imports is missing. */
public final class PythonScript {
    private static final Pattern MISSING_MODULE = Pattern.compile("No module named '(numpy|torch|safetensors)'");

    private PythonScript() {}

    /** What a script prints, errors included, run in a folder. */
    public static String run(Path folder, String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script.py"), script);
        Path log = folder.resolve("python.log");
        Process process;
        try {
            ProcessBuilder python = new ProcessBuilder("python3", file.toString());
            python.environment().put("OPENBLAS_NUM_THREADS", "1"); // small matrices, and tests beside each other
            process = python.directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException noPython) {
            return abort("skipped: there is no python3");
        }
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "python3 did not finish";
        }
        String output = Files.readString(log);
        Matcher missing = MISSING_MODULE.matcher(output);
        return missing.find() ? abort("skipped: python3 has no " + missing.group(1)) : output;
    }
}
