package org.superpose.runner.experiment;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.Reference;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.runner.workbench.Measurement;

/**
 * The paper's linear constructions in superposition: for every influence profile recorded networks with fewer neurons in any layer than outputs, built again and
 * verified on every input with at most two active features. Seed 1 gives the recorded networks themselves; seed 1 + t adds t to the
 * seed of each, which gives other instances of the same kinds.
 */
@Reference({"Section 4, general two-and", "Theorem 4.1", "Section 4, permutation", "Section 4, multi-layer"})
public final class LinearSuperpositionExperiment implements Experiment {
    private static final String ALL = "all";
    private static final NameList NETWORKS = NameList.declare(
            "networks",
            "star-512,complete-1128,regular-512-ls",
            "names of recorded networks, or all; docs/linear.md lists them");

    private static final Map<String, RecordedNetwork> RECORDED = Stream.of(
                    twoAnd("star-512", "influence=star inputs=513 outputs=512 width=496"))
            .collect(Collectors.toMap(
                    RecordedNetwork::label, Function.identity(), (one, other) -> one, java.util.LinkedHashMap::new));

    private static RecordedNetwork twoAnd(String name, String parameters) {
        return RecordedNetwork.of(name, "two-and", "linear-two-and", 1, parameters);
    }

    @Override
    public String id() {
        return "linear-superposition";
    }

    @Override
    public String title() {
        return "Recorded networks of the paper's linear constructions with n < m', built again and verified";
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
                RecordedNetwork.RECORDED,
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
        return (names.equals(List.of(ALL)) ? List.copyOf(RECORDED.keySet()) : names)
                .stream()
                        .<WorkUnit>map(name -> recorded(name).shifted(seed.value() - 1))
                        .toList();
    }

    private static RecordedNetwork recorded(String name) {
        RecordedNetwork network = RECORDED.get(name);
        if (network == null) {
            throw new InvalidInputException("networks has the entry \"" + name + "\", which is no recorded network"
                    + NearestName.suggestion(name, RECORDED.keySet()));
        }
        return network;
    }
}
