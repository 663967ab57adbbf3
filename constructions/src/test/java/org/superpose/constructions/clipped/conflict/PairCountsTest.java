package org.superpose.constructions.clipped.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.superpose.constructions.clipped.channel.ChannelWiring;

class PairCountsTest {
    @Tag("slow")
    @Property(tries = 20)
    void itFindsThePairsWithEnoughRowsInCommonInAscendingOrder(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int threshold) {
        ChannelWiring wiring = PlacedWirings.random(seed);
        int features = wiring.gates().inputs();
        int width = wiring.hidden();
        List<BitSet> rows =
                IntStream.range(0, features).mapToObj(j -> rowsOf(wiring, j)).toList();
        FiringLists lists = new FiringLists(wiring);

        PairCounts search = new PairCounts(lists, width, features, threshold, 256);
        PairCounts.Scan scan = search.new Scan();
        for (int round = 0; round < 4; round++) { // counters carry over from chunk to chunk
            for (int chunk = 0; chunk < search.chunks(); chunk++) {
                int pairs = scan.find(chunk);
                List<List<Integer>> found = new ArrayList<>();
                for (int t = 0; t < pairs; t++) {
                    found.add(List.of(scan.feature(t), scan.partner(t)));
                }
                assertEquals(expected(rows, chunk * PairCounts.CHUNK, threshold), found);
            }
        }
    }

    private static List<List<Integer>> expected(List<BitSet> rows, int first, int threshold) {
        int features = rows.size();
        List<List<Integer>> pairs = new ArrayList<>();
        for (int a = first; a < Math.min(features, first + PairCounts.CHUNK); a++) {
            for (int b = a + 1; b < features; b++) {
                BitSet common = (BitSet) rows.get(a).clone();
                common.and(rows.get(b));
                if (common.cardinality() >= threshold) {
                    pairs.add(List.of(a - first, b));
                }
            }
        }
        return pairs;
    }

    private static BitSet rowsOf(ChannelWiring wiring, int feature) {
        BitSet rows = new BitSet();
        for (int row = 0; row < wiring.hidden(); row++) {
            int candidate = row;
            rows.set(
                    row,
                    IntStream.of(wiring.inputCodes().code(feature))
                            .allMatch(column -> wiring.hasFirst(candidate, column)));
        }
        return rows;
    }
}
