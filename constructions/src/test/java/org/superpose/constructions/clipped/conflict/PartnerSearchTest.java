package org.superpose.constructions.clipped.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.superpose.constructions.clipped.channel.ChannelWiring;

class PartnerSearchTest {
    @Tag("slow")
    @Property(tries = 20)
    void itFindsThePairsWithEnoughRowsInCommonInTheOrderOfTheLastRowThatWasNeeded(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int threshold) {
        ChannelWiring wiring = PlacedWirings.random(seed);
        int features = wiring.gates().inputs();
        int width = wiring.hidden();
        FiringSets sets = new FiringSets(wiring);

        PartnerSearch search = new PartnerSearch(sets, width, features, threshold, 256);
        PartnerSearch.Scan scan = search.new Scan();
        for (int round = 0; round < 4; round++) { // counters carry over from chunk to chunk
            for (int chunk = 0; chunk < search.chunks(); chunk++) {
                int pairs = scan.find(chunk);
                List<List<Integer>> found = new ArrayList<>();
                for (int t = 0; t < pairs; t++) {
                    found.add(List.of(scan.feature(t), scan.partner(t)));
                }
                assertEquals(expected(sets, chunk * PartnerSearch.CHUNK, features, threshold), found);
            }
        }
    }

    private static List<List<Integer>> expected(FiringSets sets, int first, int features, int threshold) {
        List<List<Integer>> pairs = new ArrayList<>();
        for (int a = first; a < Math.min(features, first + PartnerSearch.CHUNK); a++) {
            int[] rows = sets.rows(a);
            List<int[]> partners = new ArrayList<>(); // the last row that is needed, and the partner
            for (int b = a + 1; b < features; b++) {
                int common = 0;
                for (int row : rows) {
                    if (sets.contains(row, b) && ++common == threshold) {
                        partners.add(new int[] {row, b});
                    }
                }
            }
            partners.sort(Comparator.<int[]>comparingInt(each -> each[0]).thenComparingInt(each -> each[1]));
            for (int[] each : partners) {
                pairs.add(List.of(a - first, each[1]));
            }
        }
        return pairs;
    }
}
