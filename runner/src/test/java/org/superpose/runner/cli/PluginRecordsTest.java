package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.ExperimentRun;
import org.superpose.runner.Superpose;
import org.superpose.runner.plugin.PluginJars;
import org.superpose.runner.store.RunStatus;

/**
 * Who made what, as rows, runs, network files, certificates and resume files record it, and what a change of it does.
 */
class PluginRecordsTest {
    @TempDir
    Path folder;

    private Path plugins;
    private Path out;

    @BeforeEach
    void makeAPlugin() throws IOException {
        plugins = folder.resolve("plugins");
        out = folder.resolve("out");
        writeConstruction("1.0", "");
    }

    /** A construction of right networks; another comment is another jar. */
    private void writeConstruction(String version, String fact) throws IOException {
        new PluginJars(folder)
                .construction("Mine", "mine", """
                        String fact = "%s";
                        return new org.superpose.constructions.dedicated.Dedicated().build(instance, parameters, seed);
                        """.formatted(fact))
                .attribute("Implementation-Version", version)
                .write("mine.jar");
    }

    private Printed with(Object... words) {
        return superpose(words, "--plugin-dir", plugins);
    }

    private String recorded(String jar, String version) throws IOException {
        return jar + ", version " + version + ", SHA-256 " + sha256(plugins.resolve(jar));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Path experiment() throws IOException {
        return Files.writeString(
                folder.resolve("e.yaml"),
                "experiment: few\nproblem: permutation\nconstruction: mine\nparameters:\n  inputs: [8, 12, 16]\n");
    }

    private JsonNode sql(String query) throws IOException {
        Printed printed = superpose("results", out, "--sql", query, "--format", "json");
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        return printed.json();
    }

    private static void assertNamesBoth(Printed refused, String before, String after) {
        assertEquals(ExitStatus.BAD_INPUT, refused.status(), refused.err());
        assertTrue(refused.err().contains(before + " is now " + after), refused.err());
    }

    @Test
    void rowsAndRunsRecordTheJarTheVersionAndTheDigest() throws IOException {
        Printed run = with("run", experiment(), "--json", "--out", out);
        assertEquals(ExitStatus.DONE, run.status(), run.err());
        String mine = recorded("mine.jar", "1.0");
        run.json()
                .get("measurements")
                .forEach(row -> assertEquals(mine, row.get("plugins").textValue()));
        JsonNode runs = sql("SELECT * FROM plugins");
        assertEquals(1, runs.size());
        assertEquals("mine.jar", runs.get(0).get("jar").textValue());
        assertEquals("1.0", runs.get(0).get("version").textValue());
        assertEquals(
                sha256(plugins.resolve("mine.jar")), runs.get(0).get("sha256").textValue());
        Path builtIn = Files.writeString(
                folder.resolve("own.yaml"), Files.readString(experiment()).replace("mine", "dedicated"));
        Printed own = with("run", builtIn, "--json");
        assertEquals(3, own.json().get("measurements").size(), own.err());
        own.json().get("measurements").forEach(row -> assertFalse(row.has("plugins"), row.toString()));
    }

    @Tag("slow")
    @Test
    void aRunIsNotResumedWithAnotherPluginUnlessThatIsAccepted() throws IOException {
        assertEquals(
                ExitStatus.DONE,
                with("run", experiment(), "--out", out, "--unit", 1).status());
        String before = recorded("mine.jar", "1.0");
        writeConstruction("1.1", "changed");
        String after = recorded("mine.jar", "1.1");
        assertNamesBoth(with("run", experiment(), "--out", out, "--resume"), before, after);
        Printed accepted = with("run", experiment(), "--out", out, "--resume", "--accept-changed-plugin");
        assertEquals(ExitStatus.DONE, accepted.status(), accepted.err());
        JsonNode rows = sql("SELECT unit, plugins FROM measurements ORDER BY unit");
        assertEquals(before, rows.get(0).get("plugins").textValue());
        assertEquals(after, rows.get(1).get("plugins").textValue());
        assertEquals(after, rows.get(2).get("plugins").textValue());
        assertEquals(2, sql("SELECT DISTINCT sha256 FROM plugins").size());
    }

    @Tag("slow")
    @Test
    void aPluginThatIsGoneIsNamedAndOneThatTookNoPartMayChange() throws IOException {
        new PluginJars(folder).problem("Bystander", "bystander", "").write("bystander.jar");
        assertEquals(
                ExitStatus.DONE,
                with("run", experiment(), "--out", out, "--unit", 1).status());
        new PluginJars(folder)
                .problem("Bystander", "bystander", "public int changed;")
                .write("bystander.jar");
        assertEquals(
                ExitStatus.DONE,
                with("run", experiment(), "--out", out, "--resume", "--unit", 2).status());
        Files.move(plugins.resolve("mine.jar"), folder.resolve("mine.jar"));
        new PluginJars(folder).construction("Other", "mine", "return null;").write("zebra.jar");
        Printed refused = with("run", experiment(), "--out", out, "--resume");
        assertEquals(ExitStatus.BAD_INPUT, refused.status(), refused.err());
        assertTrue(refused.err().contains("mine.jar, version 1.0, SHA-256 "), refused.err());
        assertTrue(refused.err().contains(" is now not there"), refused.err());
    }

    @Test
    void acceptanceWithoutResumeIsRefused() throws IOException {
        Printed refused = with("run", experiment(), "--out", out, "--accept-changed-plugin");
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("--accept-changed-plugin goes with --resume"), refused.err());
    }

    @Tag("slow")
    @Test
    void aSearchIsNotResumedWithAnotherPluginEither() throws IOException {
        Object[] search = {
            "search",
            "--problem",
            "permutation",
            "--construction",
            "mine",
            "--set",
            "inputs=8",
            "--from",
            8,
            "--up-to",
            9,
            "--instances",
            1,
            "--out",
            out,
            "--plugin-dir",
            plugins
        };
        assertEquals(ExitStatus.DONE, superpose(search).status());
        String before = recorded("mine.jar", "1.0");
        writeConstruction("1.0", "changed");
        assertNamesBoth(superpose(search, "--resume"), before, recorded("mine.jar", "1.0"));
        assertEquals(
                ExitStatus.DONE,
                superpose(search, "--resume", "--accept-changed-plugin").status());
    }

    @Tag("slow")
    @Test
    void theCommandThatIsRecordedFindsThePluginsAgain() throws IOException, InterruptedException {
        assertEquals(ExitStatus.DONE, with("run", experiment(), "--out", out).status());
        assertReproduced();
        out = folder.resolve("search");
        assertEquals(
                ExitStatus.DONE,
                with(
                                "search",
                                "--problem",
                                "permutation",
                                "--construction",
                                "mine",
                                "--set",
                                "inputs=8",
                                "--from",
                                8,
                                "--up-to",
                                9,
                                "--instances",
                                1,
                                "--out",
                                out)
                        .status());
        assertReproduced();
        out = folder.resolve("program");
        run(experiment()).out(out).run();
        assertReproduced();
    }

    /** Without the folder of the store. */
    private void assertReproduced() throws IOException {
        String command =
                sql("SELECT reproduce FROM runs").get(0).get("reproduce").textValue();
        assertFalse(command.contains("--out"), command);
        assertTrue(command.contains("--plugin-dir " + plugins), command);
        String[] words = command.split(" ");
        Printed again = superpose((Object[]) Arrays.copyOfRange(words, 1, words.length));
        assertEquals(ExitStatus.DONE, again.status(), again.err());
    }

    @Tag("slow")
    @Test
    void anEmbeddingProgramIsToldToo() throws IOException, InterruptedException {
        Path file = experiment();
        run(file).out(out).run();
        writeConstruction("1.1", "changed");
        ExperimentRun again = run(file).out(out).resume();
        String refused = assertThrows(InvalidInputException.class, again::run).getMessage();
        assertTrue(refused.contains(recorded("mine.jar", "1.1")), refused);
        assertEquals(
                RunStatus.DONE,
                run(file).out(out).resumeWithChangedPlugins().run().status());
    }

    private ExperimentRun run(Path file) {
        return Superpose.builder().pluginDir(plugins).threads(1).build().experiment(file.toString());
    }

    private Path network() {
        Path file = folder.resolve("net.superpose.zip");
        Printed built = with(
                "build",
                "--problem",
                "permutation",
                "--set",
                "inputs=8",
                "--construction",
                "mine",
                "-o",
                file,
                "--force");
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        return file;
    }

    @Test
    void aNetworkFileRecordsWhoMadeItAndKeepsItsDigest() throws IOException {
        String before = recorded("mine.jar", "1.0");
        JsonNode first = superpose("inspect", network(), "--json").json();
        assertEquals(before, first.get("plugins").textValue());
        writeConstruction("1.1", "changed");
        JsonNode second = superpose("inspect", network(), "--json").json();
        assertEquals(recorded("mine.jar", "1.1"), second.get("plugins").textValue());
        assertEquals(first.get("digest"), second.get("digest"));
    }

    private Path certificate() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode certificates = mapper.createArrayNode();
        ObjectNode certificate = certificates.addObject();
        certificate
                .put("row", "own")
                .put("instance", 1)
                .put("problem", "permutation")
                .put("construction", "mine")
                .put("instance_seed", 1)
                .put("seed", 1)
                .put("width", 8)
                .put("matrices", 1)
                .put("outputs", 8)
                .put("weight_bits", 8)
                .put(
                        "digest",
                        superpose("inspect", network(), "--json")
                                .json()
                                .get("digest")
                                .textValue())
                .put("verdict", "VERIFIED")
                .put("method", "exhaustive")
                .put("inputs_covered", "37")
                .put("seconds", 0.1)
                .put("version", "0");
        certificate.putObject("settings").put("inputs", "8");
        certificate.putObject("chosen");
        certificate
                .putArray("plugins")
                .addObject()
                .put("jar", "mine.jar")
                .put("version", "1.0")
                .put("sha256", sha256(plugins.resolve("mine.jar")));
        return Files.writeString(folder.resolve("own.json"), mapper.writeValueAsString(certificates));
    }

    @Test
    void aCertificateIsNotReplayedWithAnotherPluginUnlessThatIsAccepted() throws IOException {
        Path certificate = certificate();
        Printed same = with("replay", certificate);
        assertEquals(ExitStatus.DONE, same.status(), same.err());
        assertTrue(same.out().contains("the network of the certificate"), same.out());
        String before = recorded("mine.jar", "1.0");
        writeConstruction("1.1", "changed");
        assertNamesBoth(with("replay", certificate), before, recorded("mine.jar", "1.1"));
        Printed accepted = with("replay", certificate, "--accept-changed-plugin");
        assertEquals(ExitStatus.DONE, accepted.status(), accepted.err());
    }

    private void writeVerifier(String comment) throws IOException {
        new PluginJars(folder)
                .source("Patient", """
                        import org.superpose.core.network.*;
                        import org.superpose.core.plugin.*;
                        import org.superpose.core.verify.*;

                        public class Patient implements ResumableVerifier {
                            static final String COMMENT = "%s";

                            private static ResumableVerifier inner() {
                                return (ResumableVerifier) Catalog.load(
                                                "verifier", Verifier.class, Verifier.class.getClassLoader())
                                        .require("exhaustive");
                            }

                            public String id() {
                                return "patient";
                            }

                            public String title() {
                                return "a test";
                            }

                            public Acceptance accepts(BuiltNetwork built) {
                                return inner().accepts(built);
                            }

                            public double cost(BuiltNetwork built) {
                                return inner().cost(built);
                            }

                            public Run resume(BuiltNetwork built, VerificationBudget budget, Coverage proved) {
                                return inner().resume(built, budget, proved);
                            }
                        }
                        """.formatted(comment))
                .service("org.superpose.core.verify.Verifier", "Patient")
                .attribute("Implementation-Version", "2.0")
                .write("patient.jar");
    }

    @Test
    void aVerificationIsNotResumedByAnotherPlugin() throws IOException {
        writeVerifier("first");
        Path net = network();
        Path file = folder.resolve("resume.json");
        Object[] verify = {"verify", net, "--verifier", "patient", "--resume", file, "--plugin-dir", plugins};
        assertEquals(
                ExitStatus.UNDECIDED,
                superpose(verify, "--max-inputs", 5, "--threads", 1).status());
        String before = recorded("patient.jar", "2.0");
        Path kept = Files.copy(plugins.resolve("patient.jar"), folder.resolve("kept.jar"));
        writeVerifier("second");
        assertNamesBoth(superpose(verify), before, recorded("patient.jar", "2.0"));
        Printed auto = with("verify", net, "--resume", file);
        assertEquals(ExitStatus.BAD_INPUT, auto.status());
        assertTrue(auto.err().contains("was begun by patient"), auto.err());
        Files.copy(kept, plugins.resolve("patient.jar"), StandardCopyOption.REPLACE_EXISTING);
        Printed resumed = superpose(verify, "--json");
        assertEquals(ExitStatus.DONE, resumed.status(), resumed.err());
        assertEquals("patient (patient.jar)", resumed.json().get("method").textValue());
    }
}
