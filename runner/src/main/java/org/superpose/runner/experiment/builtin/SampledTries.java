package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.List;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.runner.experiment.NetworkStatistic;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.experiment.statistics.ReadoutMargins;
import org.superpose.runner.experiment.statistics.RowNoise;
import org.superpose.runner.experiment.statistics.SpuriousRows;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * Networks of two-and gates whose noise, spurious rows and margins are measured on random inputs, several at each point
 * of a sweep.
 *
 * @param construction id of the construction
 * @param tries networks at each point
 * @param samples random inputs for the statistics of each
 * @param seed of the experiment; the networks at different points have the same seeds
 */
record SampledTries(String construction, int tries, int samples, Seed seed) {
    /**
     * The units of one point.
     *
     * @param label of the point
     * @param more statistics that come before the others
     */
    List<WorkUnit> at(String label, Assignments assignments, NetworkStatistic... more) {
        List<WorkUnit> units = new ArrayList<>();
        for (int attempt = 0; attempt < tries; attempt++) {
            Seed own = seed.child("try").child(attempt);
            Seed statistics = own.child("statistics");
            List<NetworkStatistic> measured = new ArrayList<>(List.of(more));
            measured.addAll(List.of(
                    new RowNoise(), new SpuriousRows(samples, statistics), new ReadoutMargins(samples, statistics)));
            units.add(new NetworkUnit(
                    label + ", try " + (attempt + 1),
                    NetworkRecipe.split("two-and", construction, assignments, own),
                    AutoVerifier.ID,
                    measured));
        }
        return units;
    }
}
