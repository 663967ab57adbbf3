package org.superpose.runner.foreign;

import java.util.Optional;
import org.superpose.core.feature.InputDomain;
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
