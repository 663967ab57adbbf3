package org.superpose.runner.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference pages say what the declarations say. */
class ReferencePagesTest {
    private static final Path FOLDER = Path.of("..", "docs", "reference");

    @Test
    void thePagesAreWhatTheDeclarationsSay() throws IOException {
        for (Map.Entry<String, String> page : ReferencePages.all().entrySet()) {
            Path file = FOLDER.resolve(page.getKey());
            if (Boolean.getBoolean("superpose.reference.write")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, page.getValue());
            }
            assertTrue(Files.exists(file), file + " is missing");
            assertEquals(
                    page.getValue(),
                    Files.readString(file).replace("\r\n", "\n"),
                    "renew " + file + " as its head says");
        }
    }
}
