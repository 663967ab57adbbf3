package org.superpose.problems;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code layered} (multi-layer): maps one after another, the outputs of one being the inputs of the next (theory,
 * section 2). {@link LayerList} has the grammar of the list of maps, {@link CompositeClass} the count of the
 * composites.
 */
@Reference(value = "Problem: multiple layers", standing = Standing.ATTESTED)
public final class LayeredProblem implements Problem {
    private static final int MOST_ACTIVE = 64;

    private static final Parameter<Integer> MAX_ACTIVE = ProblemParameters.MAX_ACTIVE.chosen(
            "as the product of the fan-ins, at most 64 and at most inputs, so that every output can be on");

    @Override
    public String id() {
        return "layered";
    }

    @Override
    public String title() {
        return "maps one after another: permutation, two-and and k-and in any order";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ProblemParameters.INPUTS, ProblemParameters.LAYERS, MAX_ACTIVE);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        int inputs = parameters.get(ProblemParameters.INPUTS);
        List<Gates> layers = draw(inputs, LayerList.parse(parameters.get(ProblemParameters.LAYERS)), seed);
        int maxActive = parameters.find(MAX_ACTIVE).orElseGet(() -> Math.min(inputs, fanInProduct(layers)));
        InputDomain domain = SparseDomain.of(inputs, maxActive, CompositeClass.fewestActive(layers, maxActive));
        return new ProblemInstance(
                id(),
                parameters,
                seed.value(),
                layers,
                domain,
                Optional.of(CompositeClass.of(layers, maxActive)),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    private static List<Gates> draw(int inputs, LayerList list, Seed seed) {
        List<Gates> layers = new ArrayList<>();
        int width = inputs;
        for (LayerList.Layer layer : list.layers()) {
            try {
                Gates gates = layer.family()
                        .draw(width, layer.values(), seed.child("layer").child(layers.size()));
                layers.add(gates);
                width = gates.outputs();
            } catch (InvalidInputException impossible) {
                throw new InvalidInputException(
                        "layer " + (layers.size() + 1) + ", " + layer.family().id() + " over " + width
                                + " features, is impossible: " + impossible.getMessage(),
                        impossible);
            }
        }
        return layers;
    }

    private static int fanInProduct(List<Gates> layers) {
        int product = 1;
        for (Gates layer : layers) {
            product = Math.min(MOST_ACTIVE, product * layer.maxFanIn());
        }
        return product;
    }
}
