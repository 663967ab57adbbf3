package org.superpose.runner.experiment.builtin;

import java.util.List;
import java.util.Map;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;

/**
 * The first thing a newcomer runs: a permutation, a random regular two-and and the word bigrams of a real text, each
 * computed by a network with fewer neurons than features and verified on every allowed input.
 */
public final class QuickstartExperiment implements Experiment {
    @Override
    public String id() {
        return "quickstart";
    }

    @Override
    public String title() {
        return "A permutation, a random two-and and the word bigrams of a real text, each verified on every allowed input";
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<String> columns() {
        return List.of(
                Measurement.PROBLEM,
                Measurement.CONSTRUCTION,
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                Measurement.MAX_ACTIVE,
                Measurement.WIDTH,
                Measurement.SUPERPOSITION_RATIO,
                Measurement.KAPPA,
                Measurement.WIDTH_LIMIT,
                Measurement.LIMIT_RATIO,
                Measurement.VERDICT,
                Measurement.METHOD,
                Measurement.INPUTS_COVERED,
                Measurement.SECONDS);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        return List.of(
                unit(
                        "permutation of 4096 features",
                        "permutation",
                        "clipped-permutation",
                        Map.of("inputs", "4096", "max-active", "1", "width", "480"),
                        seed),
                unit(
                        "4096 random ANDs of two of 4096 features",
                        "two-and",
                        "clipped-and",
                        Map.of("inputs", "4096", "outputs", "4096", "influence", "regular", "width", "420"),
                        seed),
                unit(
                        "the word bigrams of the GPL",
                        "pairs-file",
                        "clipped-and",
                        Map.of("file", "bundled:bigrams-gpl3", "width", "1000"),
                        seed));
    }

    private static WorkUnit unit(
            String label, String problem, String construction, Map<String, String> assignments, Seed seed) {
        return new BuildAndVerify(label, problem, construction, new Assignments(assignments), seed, "auto");
    }
}
