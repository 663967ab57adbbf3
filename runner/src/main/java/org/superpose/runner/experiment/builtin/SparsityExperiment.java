package org.superpose.runner.experiment.builtin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.superpose.bounds.LowerBound;
import org.superpose.bounds.SparseBound;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.DiagonalMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.prune.Pruning;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * How many weights of verified networks can be removed one by one while they stay right on every input, beside the
 * fewest nonzero weights that the information bound leaves to networks of their shape. Every row is a network that was
 * verified again, by the verifiers, after so many removals were tried.
 */
@Reference(value = "Sparsifying and distilling", standing = Standing.RECONSTRUCTED)
public final class SparsityExperiment implements Experiment {
    /** Which of the networks that this experiment knows. */
    static final String NETWORK = "network";

    /** The removals that were tried. */
    static final String TRIED = "removals_tried";

    /** The places of weights in full matrices. */
    static final String PLACES = "weight_places";

    /** The weights that are not zero. */
    static final String NONZERO = "nonzero_weights";

    /** The fewest that the bound allows, for almost all maps of the class and networks of this shape. */
    static final String LEAST_NONZERO = "least_nonzero_weights";

    /** Nonzero weights over the fewest. */
    static final String RATIO = "nonzero_over_least";

    private static final Map<String, Subject> SUBJECTS = subjects();

    private static final NameList NETWORKS = NameList.declare(
            "networks",
            "permutation-256,two-and-32,two-and-32-clipped",
            "the networks that are pruned, of " + String.join(", ", SUBJECTS.keySet()));
    private static final Parameter<Integer> POINTS = Parameter.whole(
                    "points", 1, 1000, "points of the curve of each network")
            .withDefault(8);

    /** A network by what it is made from. */
    private record Subject(String problem, String construction, Assignments assignments) {}

    private static Map<String, Subject> subjects() {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        subjects.put(
                "permutation-256",
                new Subject(
                        "permutation",
                        "trained-permutation",
                        Assignments.parse(List.of("inputs=256", "max-active=1", "width=60"))));
        subjects.put(
                "two-and-32",
                new Subject(
                        "two-and", "trained-gates", Assignments.parse(List.of("inputs=32", "outputs=32", "width=30"))));
        subjects.put(
                "two-and-32-clipped",
                new Subject(
                        "two-and", "clipped-and", Assignments.parse(List.of("inputs=32", "outputs=32", "width=31"))));
        subjects.put(
                "two-and-4096",
                new Subject(
                        "two-and",
                        "clipped-and",
                        Assignments.parse(List.of("inputs=4096", "outputs=4096", "width=330"))));
        subjects.put(
                "permutation-4096",
                new Subject(
                        "permutation",
                        "trained-permutation",
                        Assignments.parse(List.of("inputs=4096", "max-active=1", "width=240"))));
        subjects.put(
                "neighbours-1024",
                new Subject("neighbours", "trained-gates", Assignments.parse(List.of("inputs=1024", "width=160"))));
        return subjects;
    }

    @Override
    public String id() {
        return "sparsity";
    }

    @Override
    public String title() {
        return "Weights removed one by one while the network stays verified, beside the bound on nonzero weights";
    }

    @Override
    public String question() {
        return "How many nonzero weights can a verified network lose before an input goes wrong?";
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(NETWORKS.parameter(), POINTS);
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.SPARSITY);
    }

    @Override
    public List<String> columns() {
        return List.of(
                NETWORK,
                Measurement.WIDTH,
                PLACES,
                TRIED,
                NONZERO,
                LEAST_NONZERO,
                RATIO,
                Measurement.METHOD,
                Measurement.VERDICT);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<WorkUnit> units = new ArrayList<>();
        for (String name : NETWORKS.of(parameters)) {
            Subject subject = SUBJECTS.get(name);
            if (subject == null) {
                throw new InvalidInputException(
                        "network " + name + " is unknown; there are " + String.join(", ", SUBJECTS.keySet()));
            }
            NetworkRecipe recipe = NetworkRecipe.split(
                    subject.problem(), subject.construction(), subject.assignments(), seed.child(name));
            units.add(new Curve(name, recipe, parameters.get(POINTS), seed.child("order")));
        }
        return units;
    }

    /** One network from the first removal to the last. */
    private record Curve(String name, NetworkRecipe recipe, int points, Seed seed) implements WorkUnit {
        @Override
        public String label() {
            return name;
        }

        @Override
        public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
            Workbench.Outcome first = workbench.buildAndVerify(recipe, AutoVerifier.ID, budget);
            if (!first.measurement().isVerified()) {
                return List.of(first.measurement().with(NETWORK, name));
            }
            Pruning pruning = new Pruning(first.built(), first.verdict(), seed);
            Object least = least(first.built());
            List<Measurement> rows = new ArrayList<>();
            rows.add(row(first.measurement(), first.built(), 0, pruning.kept(), least));
            pruning.run(
                    points,
                    (tried, kept) -> {
                        BuiltNetwork pruned = pruning.network();
                        Verdict verdict = workbench.verify(pruned, AutoVerifier.ID, budget);
                        Measurement verified = first.measurement()
                                .with(Measurement.VERDICT, verdict.status())
                                .with(Measurement.METHOD, verdict.method());
                        rows.add(row(verified, pruned, tried, kept, least));
                    },
                    budget.deadline());
            return rows;
        }

        private Measurement row(Measurement row, BuiltNetwork built, long tried, long kept, Object least) {
            return row.with(NETWORK, name)
                    .with(PLACES, places(built))
                    .with(TRIED, tried)
                    .with(NONZERO, kept)
                    .with(LEAST_NONZERO, least)
                    .with(RATIO, least instanceof Long fewest ? (double) kept / Math.max(1, fewest) : null);
        }

        /** With as many values of a nonzero weight as the bits of one weight as stored have, less zero. */
        private static Object least(BuiltNetwork built) {
            int bits = full(built).stream()
                    .mapToInt(layer -> layer.weights().bitsPerWeight())
                    .max()
                    .orElseThrow();
            double values = Math.log(Math.pow(2, bits) - 1) / Math.log(2);
            OptionalLong least = new SparseBound(places(built), values)
                    .leastNonzero(LowerBound.of(built.instance()).parameterBits());
            return least.isPresent() ? (Object) least.getAsLong() : null;
        }

        private static List<Layer> full(BuiltNetwork built) {
            return built.network().layers().stream()
                    .filter(layer -> !(layer.weights() instanceof DiagonalMatrix))
                    .toList();
        }

        private static long places(BuiltNetwork built) {
            return full(built).stream()
                    .mapToLong(layer -> layer.weights().parameters())
                    .sum();
        }
    }
}
