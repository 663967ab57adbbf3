package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.random.Seed;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;

/** A recipe as a command line. */
class RecipeCommandTest {
    @TempDir
    Path folder;

    private int networks;

    @Test
    void theCommandOfARecipeBuildsItsNetworkWhateverItsSeedsAndSettings() throws IOException {
        Path pairs = Files.writeString(folder.resolve("it's a * file.csv"), "left,right\nup,down\nleft,down\n");
        assertCommandBuilds(NetworkRecipe.split(
                "layered",
                "layered",
                Assignments.parse(List.of("inputs=12", "layers=2*permutation", "width=48")),
                new Seed(3)));
        assertCommandBuilds(new NetworkRecipe(
                "pairs-file",
                "clipped-and",
                Assignments.parse(List.of("file=" + pairs, "width=24")),
                new Seed(Long.MIN_VALUE),
                new Seed(-1)));
    }

    private void assertCommandBuilds(NetworkRecipe recipe) {
        Path file = folder.resolve("a network " + networks++ + ".superpose.zip");
        List<String> words = words(recipe.command("./superpose", file.toString()));
        assertEquals("./superpose", words.get(0));
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        int status = Main.run(console, words.subList(1, words.size()).toArray(new String[0]));
        assertEquals(ExitStatus.DONE, status, err.toString());
        assertEquals(NetworkDigest.of(Bench.workbench().build(recipe)), NetworkDigest.of(NetworkFile.read(file)));
    }

    /** The words that a shell makes of a command: blanks part them, but not between single quotes. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int t = 0; t < command.length(); t++) {
            char c = command.charAt(t);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == '\\' && !quoted) {
                word.append(command.charAt(++t));
            } else if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }
}
