package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.runner.frontier.Certificate;
import org.superpose.runner.frontier.CertificateFiles;

/** From a run of the frontier to certificates and the page, and back to the networks. */
class FrontierCommandTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final int REPLAYED = 3;

    @TempDir
    Path folder;

    private Printed run(String out, int width, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "run",
                "frontier",
                "--set",
                "rows=k-and-4-v4",
                "--set",
                "width=" + width,
                "--quiet",
                "--out",
                folder.resolve(out)));
        arguments.addAll(List.of(more));
        return superpose(arguments.toArray());
    }

    @Tag("slow")
    @Test
    void whatARunFoundBecomesCertificatesAndAPageAndIsReplayed() throws IOException {
        assertEquals(ExitStatus.DONE, run("wide", 440, "--set", "instances=2").status());
        Printed page = superpose("frontier", folder.resolve("wide"), "--docs", folder.resolve("docs"));
        assertEquals(ExitStatus.DONE, page.status(), page.err());
        String text = Files.readString(folder.resolve("docs/frontier.md"));
        assertTrue(text.contains("| k-and r = 4, v = 4, m = 128, m' = 512 | 241 | 214 | **440** | 440 | 2 |"), text);
        assertTrue(text.contains("not measured"), "the other rows");
        assertTrue(text.contains("--problem k-and --construction clipped-and"), "the command that builds it");

        Path certificates = folder.resolve("docs/frontier/k-and-4-v4.json");
        Printed replayed = superpose("replay", "--best", certificates);
        assertEquals(ExitStatus.DONE, replayed.status(), replayed.out());
        assertTrue(replayed.out().contains("the network of the certificate, VERIFIED"), replayed.out());

        for (Certificate certificate : CertificateFiles.read(certificates)) {
            assertEquals(1, certificate.search().networks());
            assertEquals(certificate.seconds(), certificate.search().seconds(), 0.1);
        }

        // A wider network of the same instance adds nothing.
        assertEquals(ExitStatus.DONE, run("wider", 450).status());
        superpose("frontier", folder.resolve("wider"), "--docs", folder.resolve("docs"));
        assertEquals(
                List.of(440, 440),
                CertificateFiles.read(certificates).stream()
                        .map(Certificate::width)
                        .toList());

        Files.writeString(
                certificates, Files.readString(certificates).replaceAll("\"digest\" : \"....", "\"digest\" : \"0000"));
        Printed other = superpose("replay", "--best", certificates);
        assertEquals(ExitStatus.REFUTED, other.status());
        assertTrue(other.out().contains("ANOTHER NETWORK"), other.out());
    }

    @Tag("slow")
    @Test
    void networksThatFailCountAsTried() throws IOException {
        assertEquals(
                ExitStatus.DONE,
                run("search", 250, "--set", "probes=3", "--set", "resolution=0.2")
                        .status());
        superpose("frontier", folder.resolve("search"), "--docs", folder.resolve("docs"));
        List<Certificate> found = CertificateFiles.read(folder.resolve("docs/frontier/k-and-4-v4.json"));
        assertEquals(3, found.get(0).search().networks());
        assertTrue(found.get(0).search().seconds() > found.get(0).seconds(), found.toString());
        String text = Files.readString(folder.resolve("docs/frontier.md"));
        assertTrue(text.contains(" | 3 | 0.0"), text);
    }

    @Test
    void aWidthThatFailsLeavesNoCertificate() throws IOException {
        assertEquals(ExitStatus.DONE, run("narrow", 30).status());
        superpose("frontier", folder.resolve("narrow"), "--docs", folder.resolve("docs"));
        assertFalse(Files.exists(folder.resolve("docs/frontier/k-and-4-v4.json")));
        assertFalse(Files.readString(folder.resolve("docs/frontier.md")).contains("| **"));
    }

    @Test
    void anUnknownRowIsRefusedWithItsNeighbour() {
        Printed printed = superpose("run", "frontier", "--set", "rows=two-and-star-4095");
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("did you mean \"two-and-star-4096\""), printed.err());
    }

    @Test
    void aFileThatHoldsNoCertificatesIsRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "[{\"row\": 1, \"nonsense\": 2}]");
        Printed printed = superpose("replay", file);
        assertEquals(ExitStatus.BAD_INPUT, printed.status());
        assertTrue(printed.err().contains("other.json"), printed.err());
        assertEquals(1, printed.err().lines().count(), printed.err());
    }

    @Test
    void thePageIsWhatTheCertificatesSay() throws IOException {
        Path page = DOCS.resolve("frontier.md");
        assertEquals(
                FrontierCommand.page(DOCS.resolve("frontier")).text(),
                Files.readString(page).replace("\r\n", "\n"),
                "renew it with ./superpose frontier");
    }

    @Tag("slow")
    @Test
    void theQuickestCertificatesRebuildTheirNetworks() {
        List<Certificate> quickest = CertificateFiles.readAll(DOCS.resolve("frontier")).values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingDouble(Certificate::seconds))
                .limit(REPLAYED)
                .toList();
        assertEquals(REPLAYED, quickest.size());
        for (Certificate certificate : quickest) {
            Path file = folder.resolve(certificate.row() + ".json");
            CertificateFiles.write(file, List.of(certificate));
            Printed replayed = superpose("replay", file);
            assertEquals(ExitStatus.DONE, replayed.status(), replayed.out() + replayed.err());
        }
    }
}
