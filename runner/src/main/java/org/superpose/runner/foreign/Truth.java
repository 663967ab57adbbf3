package org.superpose.runner.foreign;

import java.util.Optional;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.interop.foreign.TruthTable;

/** What a network made elsewhere should compute. */
public sealed interface Truth {
    /** The inputs on which it should. */
    InputDomain domain();

    /** m', the number of outputs. */
    int outputs();

    /** The map as gates, if it can be written so. */
    Optional<ProblemInstance> instance();

    /** @throws InvalidInputException if it is of another size than the network */
    default void requireFits(SuperposedNetwork network) {
        if (network.inputs() != domain().features() || network.outputs() != outputs()) {
            throw new InvalidInputException("the network has " + network.inputs() + " features and " + network.outputs()
                    + " outputs, but the truth has " + domain().features() + " features and " + outputs()
                    + " outputs");
        }
    }

    /**
     * A map of gates.
     *
     * @param map with its domain
     */
    record OfInstance(ProblemInstance map) implements Truth {
        @Override
        public InputDomain domain() {
            return map.domain();
        }

        @Override
        public int outputs() {
            return map.outputs();
        }

        @Override
        public Optional<ProblemInstance> instance() {
            return Optional.of(map);
        }
    }

    /**
     * A row of bits for each input.
     *
     * @param table the rows
     */
    record OfTable(TruthTable table) implements Truth {
        @Override
        public InputDomain domain() {
            return table.domain();
        }

        @Override
        public int outputs() {
            return table.outputs();
        }

        @Override
        public Optional<ProblemInstance> instance() {
            return table.instance();
        }
    }
}
