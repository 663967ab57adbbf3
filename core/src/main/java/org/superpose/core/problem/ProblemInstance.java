package org.superpose.core.problem;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.ParameterValues;

/**
 * One Boolean map F from m input to m' output features and the inputs on which it has to be computed. Immutable.
 *
 * @param problem id of the problem that made it
 * @param parameters the problem's parameters as given
 * @param seed the seed it was drawn from
 * @param layers the maps whose composition is F, first applied first; a single one for every problem but layered ones
 * @param domain the inputs on which a network has to be right
 * @param functionClass the class of functions it was drawn from, for the lower bounds, where it is known
 * @param inputNames names of the m inputs, or none
 * @param outputNames names of the m' outputs, or none
 */
public record ProblemInstance(
        String problem,
        ParameterValues parameters,
        long seed,
        List<Gates> layers,
        InputDomain domain,
        Optional<FunctionClass> functionClass,
        FeatureNames inputNames,
        FeatureNames outputNames) {

    /** @throws IllegalArgumentException if the layers do not fit onto each other, onto the domain or onto the names */
    public ProblemInstance {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("an instance needs at least one layer of gates");
        }
        int width = domain.features();
        for (Gates layer : layers) {
            if (layer.inputs() != width) {
                throw new IllegalArgumentException(
                        "a layer of " + layer.inputs() + " inputs cannot follow one of " + width + " features");
            }
            width = layer.outputs();
        }
        requireNames(inputNames, domain.features());
        requireNames(outputNames, width);
    }

    private static void requireNames(FeatureNames names, int features) {
        if (!names.isEmpty() && names.names().size() != features) {
            throw new IllegalArgumentException(names.names().size() + " names for " + features + " features");
        }
    }

    /** An instance of one layer without names, drawn from a class of functions that is known. */
    public static ProblemInstance of(
            String problem,
            ParameterValues parameters,
            long seed,
            Gates gates,
            InputDomain domain,
            FunctionClass functionClass) {
        return new ProblemInstance(
                problem,
                parameters,
                seed,
                List.of(gates),
                domain,
                Optional.of(functionClass),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    /** m, the number of input features. */
    public int inputs() {
        return domain.features();
    }

    /** m', the number of output features. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    /** v, the largest number of active features. */
    public int maxActive() {
        return domain.maxActive();
    }

    /** True if the map is the composition of two layers of gates or more. */
    public boolean isLayered() {
        return layers.size() > 1;
    }

    /**
     * The gates of an instance that is not layered.
     *
     * @throws IllegalStateException if it is layered
     */
    public Gates gates() {
        if (isLayered()) {
            throw new IllegalStateException("the instance has " + layers.size() + " layers of gates");
        }
        return layers.get(0);
    }

    /** F(x): the outputs that are on for the given active features. */
    public FeatureSet evaluate(FeatureSet active) {
        FeatureSet state = active;
        for (Gates layer : layers) {
            state = layer.evaluate(state);
        }
        return state;
    }

    /**
     * Whether some output can differ from its resting value F(0) on an input of the domain. Where it is false, none
     * ever does, and a network that is right on the whole domain may be one that does nothing. Exact for a single layer
     * of gates as far as activity bound and groups go.
     */
    public boolean canChange() {
        return new PossibleChanges(layers, domain).any();
    }

    /** The smallest activity bound v at which some output {@link #canChange can change}, or empty if there is none. */
    public OptionalInt leastMaxActive() {
        int low = Math.max(1, domain.minActive());
        int high = domain.groupCount();
        if (!new PossibleChanges(layers, domain.withMaxActive(high)).any()) {
            return OptionalInt.empty();
        }
        while (low < high) {
            int middle = low + (high - low) / 2;
            if (new PossibleChanges(layers, domain.withMaxActive(middle)).any()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return OptionalInt.of(low);
    }

    /**
     * Another map that is made of this one, for instance a part of it. It has the same problem, parameters and seed,
     * but no names, and nothing is known of the class that it would be drawn from.
     *
     * @throws IllegalArgumentException if the layers do not fit onto each other or onto the domain
     */
    public ProblemInstance with(List<Gates> newLayers, InputDomain newDomain) {
        return new ProblemInstance(
                problem,
                parameters,
                seed,
                newLayers,
                newDomain,
                Optional.empty(),
                FeatureNames.NONE,
                FeatureNames.NONE);
    }

    /**
     * The same map with other names.
     *
     * @throws IllegalArgumentException if there are names, but not one for each feature
     */
    public ProblemInstance withNames(FeatureNames newInputNames, FeatureNames newOutputNames) {
        return new ProblemInstance(
                problem, parameters, seed, layers, domain, functionClass, newInputNames, newOutputNames);
    }

    /**
     * The same map on all inputs with at most {@code maxActive} active features. With fewer than before, functions of
     * its class may agree that did not, so that the class is then known only for one layer of AND gates, which tell
     * each other apart wherever they are on at all.
     */
    public ProblemInstance withMaxActive(int maxActive) {
        boolean stillCounted = maxActive >= maxActive() || !isLayered() && gates().areAll(GateFunction.AND);
        return new ProblemInstance(
                problem,
                parameters,
                seed,
                layers,
                domain.withMaxActive(maxActive),
                stillCounted ? functionClass : Optional.empty(),
                inputNames,
                outputNames);
    }

    /**
     * The same map on other inputs. Of the class of functions on them nothing is known, unless they differ in the
     * activity bound v alone, and {@link #withMaxActive} knows it.
     *
     * @throws IllegalArgumentException if the domain is one of another number of features
     */
    public ProblemInstance with(InputDomain newDomain) {
        boolean onlyMostDiffers = newDomain.groupCount() == domain.groupCount()
                && newDomain.minActive() == domain.minActive()
                && newDomain.equals(domain.withMaxActive(newDomain.maxActive()));
        return onlyMostDiffers
                ? withMaxActive(newDomain.maxActive())
                : new ProblemInstance(
                        problem, parameters, seed, layers, newDomain, Optional.empty(), inputNames, outputNames);
    }
}
