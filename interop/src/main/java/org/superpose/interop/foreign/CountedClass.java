package org.superpose.interop.foreign;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.GateFunction;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.SymmetricFunction;

/** The class of functions, for the lower bounds, of gates that nobody says were drawn from one. */
public final class CountedClass {
    private CountedClass() {}

    /**
     * The smallest of the known classes that the gates belong to. There is none that is known where they are layered,
     * compute different functions, or two of them must read the same; nor where gates of different reads may agree on
     * the domain.
     */
    public static Optional<FunctionClass> of(List<Gates> layers, InputDomain domain) {
        Gates gates = layers.get(0);
        if (layers.size() > 1
                || gates.commonFunction()
                        .filter(function -> tellsReadsApart(function, gates, domain))
                        .isEmpty()) {
            return Optional.empty();
        }
        int outputs = gates.outputs();
        if (gates.maxFanIn() == 1
                && outputs == gates.inputs()
                && gates.influenceProfile().max() == 1) {
            return Optional.of(FunctionClass.permutations(outputs));
        }
        BigInteger choices = BigInteger.ZERO;
        for (int fanIn = gates.minFanIn(); fanIn <= gates.maxFanIn(); fanIn++) {
            choices = choices.add(FunctionClass.binomial(gates.inputs(), fanIn));
        }
        if (choices.compareTo(BigInteger.valueOf(outputs)) < 0) {
            return Optional.empty();
        }
        return Optional.of(
                gates.minFanIn() == gates.maxFanIn()
                        ? FunctionClass.distinctSubsets(gates.inputs(), gates.maxFanIn(), outputs)
                        : new FunctionClass("imported gates", choices, outputs));
    }

    /**
     * Whether a function of any two sets of as many inputs as the gates read differs on the domain: on one active input
     * that only one of them reads, or on just enough to turn one of them on. Where more have to be active, there must
     * be enough that neither reads.
     */
    private static boolean tellsReadsApart(GateFunction function, Gates gates, InputDomain domain) {
        if (domain.minActive() > Math.max(0, domain.features() - 2 * gates.maxFanIn())) {
            return false;
        }
        int most = Math.min(gates.minFanIn(), domain.maxActive());
        if (function instanceof SymmetricFunction.AtLeast atLeast) {
            return atLeast.threshold() <= most;
        }
        if (function instanceof SymmetricFunction.Exactly exactly) {
            return exactly.count() <= most;
        }
        // Where no AND gate can be on, all are one function, and the bounds know.
        boolean allOrNone = gates.minFanIn() == gates.maxFanIn() || gates.maxFanIn() <= domain.maxActive();
        return function.equals(GateFunction.PARITY) || function.equals(GateFunction.AND) && allOrNone;
    }
}
