package org.superpose.runner.experiment.builtin;

import java.util.List;
import java.util.Map;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.experiment.NetworkStatistic;
import org.superpose.runner.experiment.NetworkUnit;
import org.superpose.runner.experiment.ReportPlot;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;

/**
 * The linear constructions in superposition: for every influence profile recorded networks with fewer neurons in any
 * layer than outputs, built again and verified on every input with at most two active features. Seed 1 gives the
 * recorded networks themselves; seed 1 + t adds t to the seed of each, which gives other instances of the same kinds.
 */
@Reference(
        value = {"General two-and", "Theorem 4.1"},
        standing = Standing.ATTESTED)
@Reference(
        value = {"Permutation network", "Multiple layers"},
        standing = Standing.RECONSTRUCTED)
public final class LinearSuperpositionExperiment implements Experiment {
    /** The column with the name of the network. */
    private static final String RECORDED = "recorded";

    private static final String ALL = "all";
    private static final String LEAST_SQUARES = " decompression=least-squares";

    private static final NameList NETWORKS = NameList.declare(
            "networks",
            "permutation-512,regular-512-ls,star-512-ls,complete-1128",
            "names of recorded networks, or all; docs/linear.md lists them");

    /** In the order of docs/linear.md. */
    static List<NetworkUnit> recorded(Seed seed) {
        return List.of(
                permutation("permutation-512", "inputs=512 max-active=1 width=330", seed),
                permutation("permutation-512-ls", "inputs=512 max-active=2 width=440" + LEAST_SQUARES, seed),
                permutation("permutation-1024", "inputs=1024 max-active=2 width=960", seed),
                twoAnd("regular-512-ls", "influence=regular inputs=512 outputs=512 width=480" + LEAST_SQUARES, seed),
                twoAnd("regular-1024-ls", "influence=regular inputs=1024 outputs=1024 width=800" + LEAST_SQUARES, seed),
                twoAnd("regular-1024", "influence=regular inputs=1024 outputs=1024 width=992", seed),
                twoAnd("star-512-ls", "influence=star inputs=513 outputs=512 width=496" + LEAST_SQUARES, seed),
                twoAnd("star-1024", "influence=star inputs=1025 outputs=1024 width=900", seed),
                twoAnd(
                        "bipartite-1024-ls",
                        "influence=bipartite hubs=16 inputs=1040 outputs=1024 width=900" + LEAST_SQUARES,
                        seed),
                twoAnd("complete-1128", "influence=complete inputs=48 width=760", seed),
                twoAnd("complete-2016", "influence=complete inputs=64 width=1600", seed),
                twoAnd("zipf-2048-ls", "influence=zipf inputs=2048 outputs=2048 width=1800" + LEAST_SQUARES, seed),
                twoAnd("mixed-2048-ls", "influence=mixed inputs=2048 outputs=2048 width=1700" + LEAST_SQUARES, seed));
    }

    private static NetworkUnit permutation(String name, String parameters, Seed seed) {
        return unit(name, "permutation", "linear-permutation", parameters, seed);
    }

    private static NetworkUnit twoAnd(String name, String parameters, Seed seed) {
        return unit(name, "two-and", "linear-two-and", parameters, seed);
    }

    private static NetworkUnit unit(String name, String problem, String construction, String parameters, Seed seed) {
        Assignments assignments = Assignments.parse(List.of(parameters.split(" ")));
        return new NetworkUnit(
                name,
                NetworkRecipe.of(problem, construction, assignments, seed),
                "exhaustive",
                List.of(new Name(name)));
    }

    private record Name(String name) implements NetworkStatistic {
        @Override
        public Map<String, Object> measure(BuiltNetwork built) {
            return Map.of(RECORDED, name);
        }
    }

    @Override
    public String id() {
        return "linear-superposition";
    }

    @Override
    public String title() {
        return "Recorded networks of the linear constructions with n < m', built again and verified";
    }

    @Override
    public String question() {
        return "From which size on do the linear constructions have fewer neurons than outputs?";
    }

    @Override
    public List<ReportPlot> plots() {
        return List.of(ReportPlot.SUPERPOSITION, ReportPlot.LIMIT_RATIO, ReportPlot.COST);
    }

    @Override
    public String expectedDuration() {
        return "under a minute on two cores";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(NETWORKS.parameter());
    }

    @Override
    public List<String> columns() {
        return List.of(
                RECORDED,
                Measurement.CONSTRUCTION,
                Measurement.INPUTS,
                Measurement.OUTPUTS,
                Measurement.MAX_ACTIVE,
                Measurement.WIDTH,
                Measurement.SUPERPOSITION_RATIO,
                Measurement.KAPPA,
                Measurement.LIMIT_RATIO,
                Measurement.VERDICT,
                Measurement.INPUTS_COVERED,
                Measurement.SECONDS);
    }

    @Override
    public List<WorkUnit> plan(ParameterValues parameters, Seed seed) {
        List<String> names = NETWORKS.of(parameters);
        List<NetworkUnit> recorded = recorded(seed);
        return names.equals(List.of(ALL))
                ? List.copyOf(recorded)
                : names.stream().map(name -> named(name, recorded)).toList();
    }

    private static WorkUnit named(String name, List<NetworkUnit> recorded) {
        return recorded.stream()
                .filter(network -> network.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("networks has the entry \"" + name
                        + "\", which is no recorded network"
                        + NearestName.suggestion(
                                name, recorded.stream().map(NetworkUnit::label).toList())));
    }
}
