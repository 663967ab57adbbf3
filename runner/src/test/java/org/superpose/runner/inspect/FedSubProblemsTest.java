package org.superpose.runner.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.problem.Gates;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.figure.PictureFile;

/** Which sub-problems results feed, read off networks and held against the map. */
class FedSubProblemsTest {
    @TempDir
    Path folder;

    private static BuiltNetwork built(String construction) {
        return Bench.build("layered", construction, "inputs", "12", "layers", "2*two-and", "width", "300");
    }

    private static FedSubProblems read(BuiltNetwork built) {
        return FedSubProblems.of(built, new KernelEvaluator(built.network()));
    }

    @Test
    void aResultFeedsTheHalvesOfTheNextMapThatReadIt() {
        BuiltNetwork built = built("linear-partitioned");
        Gates next = built.instance().layers().get(1);
        FedSubProblems fed = read(built);
        assertEquals(2, fed.subProblems());
        for (int place = 0; place < 12; place++) {
            int result = fed.results().get(place);
            Set<Boolean> halves = new HashSet<>();
            for (int t = 0; t < next.influence(result); t++) {
                halves.add(next.reader(result, t) >= next.outputs() / 2);
            }
            assertEquals(halves.size(), fed.fed(place).cardinality(), "result " + result);
        }
        assertEquals(12, fed.feeding(1) + fed.feeding(2));
        assertTrue(fed.feeding(2) > 0);
    }

    @Test
    void codesThatAreSpreadOverAllRowsFeedOneSubProblem() {
        FedSubProblems fed = read(built("layered"));
        assertEquals(1, fed.subProblems());
        assertEquals(12, fed.feeding(1));
    }

    @Test
    void theFigureIsDrawn() throws Exception {
        BuiltNetwork built = built("linear-partitioned");
        Path file = folder.resolve("partition.png");
        PictureFile.of("--plot", file).write(file, new PartitionFigure(built, read(built)));
        assertTrue(ImageIO.read(file.toFile()).getWidth() >= 1000);
    }

    @Test
    void oneMapHasNoNextOne() {
        BuiltNetwork single = Bench.build("two-and", "clipped-and", "inputs", "12", "outputs", "12", "width", "24");
        assertTrue(assertThrows(InvalidInputException.class, () -> read(single))
                .getMessage()
                .contains("this one has 1 and 2 layers"));
    }
}
