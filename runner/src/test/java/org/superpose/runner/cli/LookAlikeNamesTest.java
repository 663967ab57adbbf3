package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.superpose.runner.cli.Printed.superpose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that a reader cannot tell apart are features of their own, which every command says that draws them. */
class LookAlikeNamesTest {
    private static final String ALIKE = "superpose: warning: two inputs have names that look alike: ";
    private static final String BOTH_FORMS = ALIKE + "\"caf\\u00E9\" and \"cafe\\u0301\"";

    @TempDir
    private Path folder;

    private Path pairs(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of("first,second"));
        all.addAll(List.of(lines));
        return Files.write(folder.resolve("pairs.csv"), all);
    }

    private static List<String> warnings(Printed printed) {
        assertEquals(ExitStatus.DONE, printed.status(), printed.err());
        return printed.err()
                .lines()
                .filter(line -> line.startsWith("superpose: warning"))
                .toList();
    }

    private static List<String> drawn(Path pairs, String nameSpaces) {
        return warnings(superpose(
                "bounds", "--problem", "pairs-file", "--set", "file=" + pairs, "--set", "name-spaces=" + nameSpaces));
    }

    private List<String> inputs(String first, String second) throws IOException {
        return drawn(pairs(first + ",x", second + ",y"), "shared");
    }

    @Test
    void composedAndDecomposedLettersLookAlike() throws IOException {
        assertEquals(List.of(BOTH_FORMS), inputs("caf\u00e9", "cafe\u0301"));
    }

    @Test
    void charactersThatCannotBeSeenMakeNoNameOfTheirOwn() throws IOException {
        for (String unseen : List.of("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u034f", "\u3164")) {
            String escaped = String.format("\\u%04X", (int) unseen.charAt(0));
            assertEquals(List.of(ALIKE + "\"ab\" and \"a" + escaped + "b\""), inputs("ab", "a" + unseen + "b"));
        }
    }

    @Test
    void spacesOfAllKindsAndWidthsLookAlike() throws IOException {
        assertEquals(List.of(ALIKE + "\"a b\" and \"a\\u00A0b\""), inputs("a b", "a\u00a0b"));
        assertEquals(List.of(ALIKE + "\"a b\" and \"a\\u202Fb\""), inputs("a b", "a\u202fb"));
        assertEquals(List.of(ALIKE + "\"A\" and \"\\uFF21\""), inputs("A", "\uff21"));
    }

    @Test
    void anUnseenCharacterBetweenLetterAndAccentHidesNothing() throws IOException {
        assertEquals(List.of(ALIKE + "\"\\u00E9\" and \"e\\u200D\\u0301\""), inputs("\u00e9", "e\u200d\u0301"));
    }

    @Test
    void namesThatLookDifferentAreNoMatter() throws IOException {
        assertEquals(List.of(), inputs("caf\u00e9", "cafe"));
        assertEquals(List.of(), inputs("a b", "ab"));
    }

    @Test
    void twoOutputsOfOneNameAreTold() throws IOException {
        assertEquals(
                List.of("superpose: warning: two outputs are called \"a\\u00B7b\\u00B7c\""),
                drawn(pairs("a\u00b7b,c", "a,b\u00b7c"), "separate"));
    }

    @Test
    void manyLookAlikesMakeFewWarnings() throws IOException {
        String[] lines = new String[200];
        for (int line = 0; line < lines.length; line++) {
            lines[line] = "a" + "\u200b".repeat(line) + ",x";
        }
        List<String> warnings = drawn(pairs(lines), "shared");
        assertEquals(11, warnings.size());
        assertEquals("superpose: warning: there are more such names; no more of them are shown", warnings.get(10));
    }

    @Tag("slow")
    @Test
    void everyCommandThatDrawsOrImportsWarnsOnceHoweverOftenItDraws() throws IOException {
        Path pairs = pairs("caf\u00e9,x", "cafe\u0301,y");
        Object[] problem = {"--problem", "pairs-file", "--set", "file=" + pairs, "--set", "name-spaces=shared"};
        Path network = folder.resolve("net.superpose.zip");
        assertEquals(
                List.of(BOTH_FORMS),
                warnings(superpose("build", problem, "--construction", "dedicated", "-o", network)));
        Path exported = folder.resolve("net.npz");
        assertEquals(List.of(), warnings(superpose("export", network, "--format", "npz", "-o", exported)));
        assertEquals(
                List.of(BOTH_FORMS),
                warnings(superpose("import", exported, "-o", folder.resolve("back.superpose.zip"))));
        Path experiment = Files.writeString(
                folder.resolve("named.yaml"),
                "experiment: named\nproblem: pairs-file\nconstruction: dedicated\nseeds: 3\nparameters:\n"
                        + "  file: [\"" + pairs + "\"]\n  name-spaces: [shared]\n");
        assertEquals(List.of(BOTH_FORMS), warnings(superpose("run", experiment, "--out", folder.resolve("runs"))));
        Printed search = superpose(
                "search", problem, "--construction", "clipped-and", "--from", 16, "--up-to", 32, "--instances", 2);
        assertEquals(1, search.err().lines().filter(BOTH_FORMS::equals).count(), search.err());
    }
}
