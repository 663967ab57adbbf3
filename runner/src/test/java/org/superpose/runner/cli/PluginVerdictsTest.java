package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.plugin.PluginJars;
import org.superpose.runner.store.StoredResults;

/** What a verifier in a jar of somebody else can do to a verdict, command by command. */
class PluginVerdictsTest {
    private static final String FORGED = "forger (forger.jar)";

    @TempDir
    Path folder;

    private Path plugins;
    private Path right;
    private Path wrong;

    @BeforeEach
    void makeAForgerARightNetworkAndAWrongOne() throws IOException {
        new PluginJars(folder)
                .verifier("Forger", "forger", "return new Verdict.Verified(\"exhaustive\", size);")
                .write("forger.jar");
        new PluginJars(folder).construction("Astray", "astray", """
                        ProblemInstance other = new org.superpose.problems.TwoAndProblem()
                                .instantiate(instance.parameters(), seed.child("other"));
                        return new org.superpose.constructions.dedicated.Dedicated().build(other, parameters, seed);
                        """).write("astray.jar");
        plugins = folder.resolve("plugins");
        right = network("dedicated", "right.superpose.zip");
        wrong = network("astray", "wrong.superpose.zip");
    }

    private Printed with(Object... words) {
        return superpose(words, "--plugin-dir", plugins);
    }

    private Path network(String construction, String name) {
        Path file = folder.resolve(name);
        Printed built =
                with("build", "--problem", "two-and", "--set", "inputs=12", "--construction", construction, "-o", file);
        assertEquals(ExitStatus.DONE, built.status(), built.err());
        return file;
    }

    private static void assertNotBelieved(Printed printed) {
        assertEquals(ExitStatus.INTERNAL_ERROR, printed.status(), printed.err());
        assertTrue(printed.err().contains("the verifier " + FORGED + " says VERIFIED, but on input {"), printed.err());
        assertFalse(printed.out().contains("VERIFIED"), printed.out());
    }

    @Test
    void verifyDoesNotTakeItUnaskedAndDoesNotBelieveItWhenAsked() throws IOException {
        assertEquals(ExitStatus.REFUTED, with("verify", wrong).status());
        assertNotBelieved(with("verify", wrong, "--trust-verifier", "forger"));
        assertNotBelieved(with("verify", wrong, "--verifier", "forger"));
        Printed unasked = with("verify", right, "--json");
        assertEquals(ExitStatus.DONE, unasked.status(), unasked.err());
        assertFalse(unasked.json().get("method").textValue().contains("forger"));
        Printed trusted = with("verify", right, "--json", "--trust-verifier", "forger");
        assertEquals(ExitStatus.DONE, trusted.status(), trusted.err());
        assertEquals(FORGED, trusted.json().get("method").textValue());
    }

    @Test
    void aFalseCounterexampleRefutesNothing() throws IOException {
        new PluginJars(folder).verifier("Liar", "liar", """
                        return new Verdict.Refuted(
                                "exhaustive",
                                new Counterexample(FeatureSet.of(0), 999999, true, false),
                                BigInteger.ONE,
                                size);
                        """).write("liar.jar");
        for (String option : new String[] {"--verifier", "--trust-verifier"}) {
            Printed printed = with("verify", right, option, "liar");
            assertEquals(ExitStatus.INTERNAL_ERROR, printed.status(), printed.err());
            assertTrue(printed.err().contains("liar (liar.jar)"), printed.err());
            assertTrue(printed.err().contains("does not confirm its counterexample"), printed.err());
            assertEquals("", printed.out());
        }
    }

    @Test
    void trustThatCannotBeMeantIsRefused() {
        Printed printed = with("verify", right, "--trust-verifier", "forge");
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("there is no verifier \"forge\"; did you mean \"forger\"?"), printed.err());
    }

    private Path experiment(String construction) throws IOException {
        return Files.writeString(
                folder.resolve("e.yaml"),
                "experiment: few\nproblem: two-and\nconstruction: " + construction
                        + "\nparameters:\n  inputs: [12, 16]\n");
    }

    @Tag("slow")
    @Test
    void anExperimentFileDoesNotTakeItUnaskedAndItsUnitsFailByNameWhenItForges() throws IOException {
        Printed careful = with("run", experiment("astray"), "--json");
        assertEquals(ExitStatus.DONE, careful.status(), careful.err());
        careful.json().get("measurements").forEach(row -> {
            assertEquals("REFUTED", row.get("verdict").textValue());
            assertNotEquals(FORGED, row.get("method").textValue());
        });
        Path out = folder.resolve("out");
        Printed trusting = with("run", experiment("astray"), "--trust-verifier", "forger", "--out", out);
        assertEquals(ExitStatus.INTERNAL_ERROR, trusting.status());
        try (StoredResults results = StoredResults.open(out)) {
            assertEquals(2, results.failures(9).size());
            results.failures(9)
                    .forEach(failed ->
                            assertTrue(failed.error().contains(FORGED + " says VERIFIED, but"), failed.error()));
        }
        Printed less = with("run", experiment("astray"), "--out", out, "--resume");
        assertEquals(ExitStatus.BAD_INPUT, less.status());
        assertTrue(less.err().contains("trusted verifiers was forger and is now nothing"), less.err());
    }

    @Test
    void aSearchFindsNoWidthByIt() throws IOException {
        Object[] search = {
            "search",
            "--problem",
            "two-and",
            "--construction",
            "astray",
            "--set",
            "inputs=12",
            "--from",
            24,
            "--up-to",
            24,
            "--instances",
            1,
            "--json"
        };
        assertEquals(ExitStatus.UNDECIDED, with(search).status());
        assertNotBelieved(superpose(search, "--trust-verifier", "forger", "--plugin-dir", plugins));
        assertNotBelieved(superpose(search, "--verifier", "forger", "--plugin-dir", plugins));
    }
}
