package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.interop.NpzExporter;

/** A proof on a domain in which no output can change is no proof of anything, and has to be asked for. */
class VacuousProofsTest {
    @TempDir
    Path folder;

    private Path network;

    @BeforeEach
    void build() {
        network = folder.resolve("net.superpose.zip");
        Printed built = superpose(
                "build",
                "--problem",
                "two-and",
                "--construction",
                "dedicated",
                "--set",
                "inputs=12",
                "--set",
                "outputs=9",
                "-o",
                network);
        assertEquals(ExitStatus.DONE, built.status(), built.err());
    }

    @Test
    void aBoundBelowTheSmallestFanInIsRefusedWithTheSmallestThatSaysSomething() {
        Printed printed = superpose("verify", network, "--max-active", "1");
        assertEquals(ExitStatus.BAD_INPUT, printed.status(), printed.out());
        assertTrue(printed.err().contains("max-active must be at least 2"), printed.err());
        assertFalse(printed.out().contains("VERIFIED"), printed.out());
        assertEquals(
                ExitStatus.DONE,
                superpose("verify", network, "--max-active", "2").status());
    }

    @Test
    void aProofThatIsAskedForSaysThatNoOutputIsEverOn() throws IOException {
        Printed printed = superpose("verify", network, "--max-active", "1", "--allow-vacuous");
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        assertTrue(printed.out().contains("VERIFIED"), printed.out());
        assertTrue(printed.out().contains("no output is ever on"), printed.out());
        Printed json = superpose("verify", network, "--max-active", "1", "--allow-vacuous", "--json");
        assertEquals("no output is ever on", json.json().get("vacuous").textValue());
        assertFalse(superpose("verify", network, "--json").json().has("vacuous"));
    }

    @Test
    void anImportOfSuchANetworkIsRefusedToo() {
        BuiltNetwork built = NetworkFile.read(network);
        Path file = folder.resolve("net.npz");
        BuiltNetwork sparser = new BuiltNetwork(built.instance().withMaxActive(1), built.network());
        new NpzExporter().export(sparser, ParameterValues.NONE, file);
        Path imported = folder.resolve("imported.superpose.zip");
        Printed printed = superpose("import", file, "-o", imported);
        assertEquals(ExitStatus.BAD_INPUT, printed.status(), printed.out());
        assertTrue(printed.err().contains("max-active must be at least 2"), printed.err());
        assertFalse(Files.exists(imported));
        assertEquals(
                ExitStatus.DONE,
                superpose("import", file, "-o", imported, "--allow-vacuous").status());
        assertEquals(ExitStatus.BAD_INPUT, superpose("verify", imported).status());
    }
}
