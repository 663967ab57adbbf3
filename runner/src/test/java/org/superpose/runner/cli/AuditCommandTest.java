package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.audit.WrongDecisions;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.audit.AuditFile;
import org.superpose.runner.audit.AuditSubject;

/** {@code audit} on a network that is too narrow to be right, against a loop over the domain. */
class AuditCommandTest {
    @TempDir
    static Path shared;

    private static Path network;
    private static long wrongInputs;
    private static long wrongDecisions;

    @TempDir
    Path folder;

    @BeforeAll
    static void build() {
        network = shared.resolve("net.superpose.zip");
        String[] words = ("build --problem two-and --construction clipped-and --set inputs=60 --set outputs=60 --set"
                        + " width=22 -o")
                .split(" ");
        Printed known = superpose(words, network);
        assertEquals(ExitStatus.REFUTED, known.status(), known.err());
        BuiltNetwork built = NetworkFile.read(network);
        PlainEvaluator evaluator = new PlainEvaluator(built.network());
        for (FeatureSet input : built.instance().domain()) {
            int different = evaluator
                    .evaluate(input)
                    .symmetricDifference(built.instance().evaluate(input))
                    .size();
            wrongInputs += different > 0 ? 1 : 0;
            wrongDecisions += different;
        }
        assertTrue(wrongInputs > 5, "the network is to be wrong");
    }

    @Test
    void theDocumentCountsEveryWrongInput() throws IOException {
        Printed printed = superpose("audit", network, "--json");
        assertEquals(ExitStatus.REFUTED, printed.status(), printed.err());
        JsonNode document = printed.json();
        assertEquals("REFUTED", document.get("verdict").textValue());
        assertEquals(1 + 60 + 60 * 59 / 2, document.get("domain_size").intValue());
        assertEquals(wrongInputs, document.get("wrong_inputs").longValue());
        assertEquals(wrongInputs, document.at("/wrong_by_active/2/0").longValue());
        assertEquals(60 * 59 / 2, document.at("/wrong_by_active/2/1").longValue());
        assertEquals(
                wrongDecisions,
                document.get("false_positives").longValue()
                        + document.get("false_negatives").longValue());
        long errors = 0;
        for (JsonNode output : document.get("outputs")) {
            errors += output.get("errors").longValue();
        }
        assertEquals(wrongDecisions, errors);
        assertEquals(60, document.get("outputs").size());
        assertTrue(document.get("worst_margin").doubleValue() <= 0);
        assertEquals(2, document.get("worst_input").size());
        long counted = 0;
        for (JsonNode bin : document.get("margins")) {
            counted += bin.get(2).longValue();
        }
        assertEquals(document.get("domain_size").longValue(), counted);
    }

    @Test
    void theWordsAndThePageSayTheSame() throws IOException {
        Path page = folder.resolve("page.html");
        Printed printed = superpose("audit", network, "--page", page);
        assertEquals(ExitStatus.REFUTED, printed.status(), printed.err());
        String first = printed.out().lines().findFirst().orElseThrow();
        assertEquals("REFUTED: " + wrongInputs + " of 1,831 inputs are wrong (at most 2 of 60 features)", first);
        assertTrue(printed.out().contains("wrong by number active: 0: 0/1, 1: 0/60, 2: " + wrongInputs + "/1,770"));
        String html = Files.readString(page);
        assertTrue(html.contains(first));
        assertTrue(html.contains("<h2>Margins</h2>"));
        Printed again = superpose("audit", network, "--page", page);
        assertEquals(ExitStatus.BAD_INPUT, again.status());
        assertTrue(again.err().contains("add --force"), again.err());
    }

    @Test
    void everyFormatHoldsEveryWrongDecision() throws IOException, SQLException {
        for (String ending : List.of("csv", "npz", "parquet")) {
            Path file = folder.resolve("wrong." + ending);
            Printed printed = superpose("audit", network, "--wrong", file);
            assertEquals(ExitStatus.REFUTED, printed.status(), printed.err());
        }
        List<String> lines = Files.readAllLines(folder.resolve("wrong.csv"));
        assertEquals("input,output,margin", lines.get(0));
        assertEquals(wrongDecisions, lines.size() - 1);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT array_to_string(input, ' ') || ',' || output FROM '"
                        + folder.resolve("wrong.parquet") + "'")) {
            for (String line : lines.subList(1, lines.size())) {
                assertTrue(rows.next());
                assertEquals(line.substring(0, line.lastIndexOf(',')), rows.getString(1));
            }
            assertFalse(rows.next());
        }
        Printed refused = superpose("audit", network, "--wrong", folder.resolve("wrong.txt"));
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("the name must end with .parquet, .npz or .csv"), refused.err());
    }

    @Test
    void anAuditGoesOnFromItsFile() throws IOException {
        Path kept = folder.resolve("kept.json");
        AuditSubject subject = AuditSubject.of(NetworkFile.read(network));
        new AuditFile(kept)
                .write(
                        subject,
                        subject.audit()
                                .run(
                                        VerificationBudget.unlimited().withMaxSeconds(1e-12),
                                        Optional.empty(),
                                        WrongDecisions.NONE));
        JsonNode whole = superpose("audit", network, "--json").json();
        Printed resumed = superpose("audit", network, "--json", "--resume", kept);
        assertEquals(whole.get("outputs"), resumed.json().get("outputs"), resumed.err());
        assertEquals(0, resumed.json().get("taken_from_resume_file").intValue());
        Printed again = superpose("audit", network, "--json", "--resume", kept);
        assertEquals(whole.get("outputs"), again.json().get("outputs"));
        assertEquals(1831, again.json().get("taken_from_resume_file").intValue());
        Printed other = superpose("audit", network, "--max-active", "1", "--resume", kept);
        assertEquals(ExitStatus.BAD_INPUT, other.status());
        assertTrue(other.err().contains("belongs to another audit"), other.err());
    }

    @Test
    void boundsOnTheNumberActiveMayBeOthersThanThoseOfTheFile() throws IOException {
        JsonNode three = superpose("audit", network, "--json", "--max-active", "3", "--min-active", "3")
                .json();
        assertEquals(60 * 59 * 58 / 6, three.get("domain_size").intValue());
        assertEquals(0, three.at("/wrong_by_active/2/1").intValue());
        Printed refused = superpose("audit", network, "--max-active", "61");
        assertEquals(ExitStatus.BAD_INPUT, refused.status());
        assertTrue(refused.err().contains("--max-active 61 is not in 1..60"), refused.err());
    }

    @Test
    void aVerifiedNetworkHasMarginsToo() throws IOException {
        Path wide = folder.resolve("wide.superpose.zip");
        superpose(
                "build",
                "--problem two-and --construction dedicated --set inputs=20 --set outputs=20 -o".split(" "),
                wide);
        Printed printed = superpose("audit", wide, "--json");
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        assertEquals("VERIFIED", printed.json().get("verdict").textValue());
        assertEquals(
                0, printed.json().get("worst_margin").doubleValue(), "an output that is on has just its threshold");
    }
}
