package org.superpose.runner.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.runner.experiment.Bench;
import org.superpose.runner.figure.PictureFile;

/** The dependence between light inputs that share a heavy one, read off clipped networks whose rows are exact. */
class SharedHubTest {
    @TempDir
    Path folder;

    private static BuiltNetwork hubs() {
        return Bench.build(
                "two-and",
                "clipped-and",
                "influence",
                "bipartite",
                "hubs",
                "4",
                "inputs",
                "68",
                "outputs",
                "128",
                "width",
                "160");
    }

    @Test
    void lightInputsThatShareTheHubAreThoseOfItsOutputs() {
        BuiltNetwork built = hubs();
        Gates gates = built.instance().gates();
        SharedHub shared = SharedHub.of(built, -1);
        int most = IntStream.range(0, 68).map(gates::influence).max().orElseThrow();
        assertEquals(most, gates.influence(shared.hub()));
        List<Integer> partners = IntStream.range(0, gates.outputs())
                .mapToObj(gates::reads)
                .filter(reads -> reads[0] == shared.hub() || reads[1] == shared.hub())
                .map(reads -> reads[0] == shared.hub() ? reads[1] : reads[0])
                .sorted()
                .toList();
        assertEquals(partners, shared.sharing());
        assertTrue(shared.apart().stream().noneMatch(partners::contains));
    }

    @Test
    void everyPairIsCountedAndThoseOfOneHubMeetMoreOften() {
        SharedHub shared = SharedHub.of(hubs(), -1);
        int sharing = shared.sharing().size();
        assertEquals(sharing * (sharing - 1) / 2, pairs(shared.meetingsSharing()));
        assertEquals(sharing * shared.apart().size(), pairs(shared.meetingsApart()));
        assertTrue(SharedHub.mean(shared.meetingsSharing()) > SharedHub.mean(shared.meetingsApart()));
        assertEquals(0, SharedHub.mean(new TreeMap<>()));
    }

    private static int pairs(TreeMap<Integer, Integer> meetings) {
        return meetings.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void theFigureIsDrawn() throws Exception {
        BuiltNetwork built = hubs();
        Path file = folder.resolve("dependence.png");
        PictureFile.of("--plot", file).write(file, new DependenceFigure(built, SharedHub.of(built, -1)));
        assertTrue(ImageIO.read(file.toFile()).getWidth() > 1000);
    }

    @Test
    void aLightInputHasNoDependenceToShow() {
        BuiltNetwork built = hubs();
        int light = SharedHub.of(built, -1).sharing().get(0);
        String message = assertThrows(InvalidInputException.class, () -> SharedHub.of(built, light))
                .getMessage();
        assertTrue(message.contains("shares outputs with 0 light inputs"), message);
    }
}
