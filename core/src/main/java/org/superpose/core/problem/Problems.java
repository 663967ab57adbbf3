package org.superpose.core.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.ParameterValues;

/**
 * Maps of a program's own, without a plugin:
 *
 * <pre>{@code
 * ProblemInstance ring = Problems.define("ring")
 *         .inputs(64)
 *         .maxActive(2)
 *         .outputs(64, j -> Gate.of(x -> x[0] && !x[1], j, (j + 3) % 64))
 *         .build();
 * }</pre>
 */
public final class Problems {
    private Problems() {}

    /**
     * Begins a map.
     *
     * @param name its name in results and files: lower-case words and digits joined by hyphens
     * @throws InvalidInputException if it is not
     */
    public static Definition define(String name) {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new InvalidInputException("the name \"" + name + "\" of a map must be lower-case words and hyphens");
        }
        return new Definition(name);
    }

    /** A map in the making. What is not said: no names, no lower bound on activity, no known class of functions. */
    public static final class Definition {
        private final String name;
        private final List<Gates> layers = new ArrayList<>();
        private int inputs;
        private int minActive;
        private int maxActive = 2;
        private FeatureNames inputNames = FeatureNames.NONE;
        private FeatureNames outputNames = FeatureNames.NONE;

        private Definition(String name) {
            this.name = name;
        }

        /**
         * The number of input features; before the outputs.
         *
         * @throws InvalidInputException if it is not positive, or was given
         */
        public Definition inputs(int count) {
            if (count < 1 || inputs > 0) {
                throw new InvalidInputException(
                        inputs > 0
                                ? "the inputs of " + name + " are given twice"
                                : "inputs " + count + " must be at least 1");
            }
            inputs = count;
            return this;
        }

        /** The names of the input features, as many as there are. */
        public Definition inputs(List<String> names) {
            inputs(names.size());
            inputNames = new FeatureNames(names);
            return this;
        }

        /** u, the smallest number of active features; 0 unless it is given. */
        public Definition minActive(int count) {
            minActive = count;
            return this;
        }

        /** v, the largest number of active features; 2 unless it is given. */
        public Definition maxActive(int count) {
            maxActive = count;
            return this;
        }

        /**
         * The outputs, or, if there are outputs already, a further layer that reads them.
         *
         * @param count how many
         * @param gate the gate of each
         * @throws InvalidInputException if the inputs are not known yet, there is no output, or a gate reads what is
         *     not there
         */
        public Definition outputs(int count, IntFunction<Gate> gate) {
            if (count < 1) {
                throw new InvalidInputException("outputs " + count + " must be at least 1");
            }
            return outputs(IntStream.range(0, count).mapToObj(gate).toList());
        }

        /** The outputs, or, if there are outputs already, a further layer that reads them. */
        public Definition outputs(List<Gate> gates) {
            int read = layers.isEmpty() ? inputs : layers.get(layers.size() - 1).outputs();
            if (read == 0) {
                throw new InvalidInputException("the inputs of " + name + " must be given before its outputs");
            }
            try {
                layers.add(Gates.of(read, gates));
            } catch (IllegalArgumentException wrong) {
                throw new InvalidInputException(name + ": " + wrong.getMessage(), wrong);
            }
            return this;
        }

        /** The names of the outputs of the last layer, as many as there are. */
        public Definition outputNames(List<String> names) {
            outputNames = new FeatureNames(names);
            return this;
        }

        /**
         * The instance.
         *
         * @throws InvalidInputException if there are no outputs, or activity bounds or names do not fit
         */
        public ProblemInstance build() {
            if (layers.isEmpty()) {
                throw new InvalidInputException(name + " has no outputs");
            }
            try {
                return new ProblemInstance(
                        name,
                        ParameterValues.NONE,
                        0,
                        layers,
                        InputDomain.sparse(inputs, maxActive).withMinActive(minActive),
                        Optional.empty(),
                        inputNames,
                        outputNames);
            } catch (IllegalArgumentException wrong) {
                throw new InvalidInputException(name + ": " + wrong.getMessage(), wrong);
            }
        }
    }
}
