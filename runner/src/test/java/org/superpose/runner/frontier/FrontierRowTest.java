package org.superpose.runner.frontier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.workbench.Assignments;

class FrontierRowTest {
    private static final Map<FrontierRow, List<Certificate>> CERTIFICATES =
            CertificateFiles.readAll(Path.of("..", "docs", "frontier"));

    @Tag("slow")
    @Test
    void everyRowIsAProblemThatItsConstructionBuildsFor() {
        for (FrontierRow row : FrontierRow.ALL) {
            ProblemInstance instance = Bench.workbench().instance(row.recipe(new Seed(1)));
            assertTrue(Bench.workbench().requireAccepted(instance, row.construction()) != null, row.id());
            if (row.aim().isPresent()) {
                assertTrue(row.aim().getAsInt() < row.reach().getAsInt(), row.id());
            }
        }
    }

    @Tag("slow")
    @Test
    void theSizesOfTheRowsAreThoseOfTheirTitles() {
        for (FrontierRow row : FrontierRow.ALL) {
            ProblemInstance instance =
                    Bench.workbench().instance(row.problem(), new Assignments(row.instance()), new Seed(1));
            Matcher size = Pattern.compile("m' = (\\d+)|m = (\\d+)|of (\\d+)").matcher(row.title());
            String last = "";
            while (size.find() && !last.startsWith("m'")) {
                last = size.group();
            }
            assertEquals(Integer.parseInt(last.replaceAll("\\D+", "")), instance.outputs(), row.id());
            boolean named = row.title().contains("v = ");
            String most = named ? row.title().replaceAll(".*v = (\\d).*", "$1") : "2";
            assertEquals(Integer.parseInt(most), instance.maxActive(), row.id());
        }
    }

    @Test
    void idsTellRowsApart() {
        assertEquals(
                FrontierRow.ALL.size(),
                FrontierRow.ALL.stream().map(FrontierRow::id).distinct().count());
        assertEquals(FrontierRow.QUICK, ids("quick"));
        assertEquals(List.of("k-and-4-v4", "bigrams-gpl3"), ids("k-and-4-v4, bigrams-gpl3"));
    }

    /**
     * Copies are read through, so a chain says something about depth only where there are other layers. The title says
     * which row reads two layers in one matrix.
     */
    @Tag("slow")
    @Test
    void aChainHasSeveralLayersThatAreNoCopiesAndAtLeastAMatrixForEach() {
        int chains = 0;
        for (FrontierRow row : FrontierRow.ALL) {
            ProblemInstance instance = Bench.workbench().instance(row.recipe(new Seed(1)));
            long layers = instance.layers().stream()
                    .filter(layer -> layer.maxFanIn() > 1)
                    .count();
            if (row.problem().equals("layered")) {
                chains++;
                assertTrue(layers > 1, row.id() + " is one layer and copies");
            }
            boolean isOneMatrix = row.title().contains("in one matrix");
            for (Certificate certificate : CERTIFICATES.getOrDefault(row, List.of())) {
                assertTrue(certificate.matrices() >= (isOneMatrix ? 1 : Math.max(1, layers)), row.id());
            }
        }
        assertEquals(3, chains);
    }

    private static List<String> ids(String text) {
        return FrontierRow.named(text).stream().map(FrontierRow::id).toList();
    }
}
