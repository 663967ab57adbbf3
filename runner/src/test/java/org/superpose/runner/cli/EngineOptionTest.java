package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.plugin.PluginJars;

/** {@code --engine} with an engine of a plugin, which keeps a diary of the units that it ran. */
class EngineOptionTest {
    private static final Object[] SEARCH = {
        "search",
        "--problem",
        "permutation",
        "--construction",
        "clipped-permutation",
        "--set",
        "inputs=32",
        "--set",
        "max-active=1",
        "--instances",
        "2",
        "--json"
    };

    @TempDir
    Path folder;

    private Path diary;
    private Object[] elsewhere;

    @BeforeEach
    void makeAnEngine() throws IOException {
        new PluginJars(folder)
                .source("Elsewhere", """
                        import java.nio.file.*;
                        import org.superpose.core.*;
                        import org.superpose.runner.run.engine.*;

                        public class Elsewhere implements ExecutionEngine {
                            private final String diary;

                            public Elsewhere() {
                                this(null);
                            }

                            private Elsewhere(String diary) {
                                this.diary = diary;
                            }

                            public String id() {
                                return "elsewhere";
                            }

                            public String title() {
                                return "a test";
                            }

                            public boolean hasSetting(String name) {
                                return name.equals("elsewhere.diary");
                            }

                            public ExecutionEngine with(EngineSettings settings) {
                                if (settings.pluginFolder().isEmpty()) {
                                    throw new IllegalStateException("no plugin folder");
                                }
                                String diary = settings.values().get("elsewhere.diary");
                                if (diary == null) {
                                    throw new InvalidInputException("elsewhere.diary must be set");
                                }
                                return new Elsewhere(diary);
                            }

                            public void run(ExecutionRequest request) throws InterruptedException {
                                try {
                                    for (int number : request.numbers()) {
                                        Files.writeString(Path.of(diary), number + "\\n", StandardOpenOption.APPEND);
                                    }
                                } catch (java.io.IOException broken) {
                                    throw new IllegalStateException(broken);
                                }
                                new LocalEngine().run(request);
                            }
                        }
                        """)
                .service("org.superpose.runner.run.engine.ExecutionEngine", "Elsewhere")
                .write("elsewhere.jar");
        diary = Files.createFile(folder.resolve("diary"));
        elsewhere = new Object[] {
            "--plugin-dir", folder.resolve("plugins"), "--engine", "elsewhere", "--set", "elsewhere.diary=" + diary
        };
    }

    private static JsonNode withoutTheEngine(JsonNode found) {
        ((ObjectNode) found).remove("plugins");
        return found;
    }

    @Test
    void aSearchMakesItsTrialsWhereTheEngineSaysAndComesToTheSame() throws IOException {
        Printed there = superpose(SEARCH, elsewhere);
        assertEquals(ExitStatus.DONE, there.status(), there.err());
        JsonNode found = there.json();
        assertTrue(found.get("plugins").textValue().startsWith("elsewhere.jar, "), found.toString());
        assertFalse(found.get("build_command").textValue().contains("diary"), found.toString());
        int trials = 0;
        for (JsonNode width : found.get("widths")) {
            trials += width.get("tries").intValue();
        }
        assertEquals(trials, Files.readAllLines(diary).size());
        JsonNode here = superpose(SEARCH).json();
        ((ObjectNode) found).put("build_command", here.get("build_command").textValue());
        for (JsonNode row : new JsonNode[] {found, here}) {
            ((ObjectNode) row).remove("seconds");
        }
        assertEquals(here, withoutTheEngine(found));
    }

    @Test
    void whatAnEngineOfAPluginRanCanBeResumed() throws IOException {
        Path out = folder.resolve("out");
        Path experiment = Files.writeString(
                folder.resolve("e.yaml"),
                "experiment: few\nproblem: permutation\nconstruction: dedicated\nparameters:\n  inputs: [8, 12]\n");
        Object[] run = {"run", experiment, "--out", out};
        assertEquals(ExitStatus.DONE, superpose(run, elsewhere).status());
        Printed resumed = superpose(run, elsewhere, "--resume");
        assertEquals(ExitStatus.DONE, resumed.status(), resumed.err());
        String recorded = "SELECT count(*) AS runs FROM plugins WHERE jar = 'elsewhere.jar' AND length(sha256) = 64";
        JsonNode runs =
                superpose("results", out, "--sql", recorded, "--format", "json").json();
        assertEquals(2, runs.get(0).get("runs").intValue());
    }

    @Test
    void anEngineThatThereIsNotAndASettingThatItRefusesAreNamed() {
        Printed unknown = superpose(SEARCH, "--engine", "lokal");
        assertEquals(ExitStatus.BAD_INPUT, unknown.status());
        assertTrue(unknown.err().contains("there is no engine \"lokal\"; did you mean \"local\"?"), unknown.err());
        Printed refused = superpose(SEARCH, "--engine", "elsewhere", "--plugin-dir", folder.resolve("plugins"));
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("elsewhere.diary must be set"), refused.err());
    }
}
