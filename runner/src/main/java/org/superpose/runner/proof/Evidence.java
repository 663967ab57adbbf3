package org.superpose.runner.proof;

import java.util.List;
import java.util.Optional;
import org.superpose.core.network.BuiltNetwork;

/**
 * What a method counts on a network, part by part: the inputs of one lowest active feature each, or with the method
 * {@link Method#ADDITIVE} one output each. It is found without the verifiers, from the network and the gates alone.
 *
 * @param method how
 * @param rows digest of the lists of features in each row, with the method {@link Method#PAIRWISE}
 * @param parts as many as there are features, or outputs
 */
record Evidence(Method method, Optional<String> rows, List<Tally> parts) {
    /** How a checker covers the domain. */
    enum Method {
        /** Pairs of features that share enough rows. */
        PAIRWISE("pairwise"),
        /** The extremes of sums for each set of active reads. */
        ADDITIVE("additive"),
        /** Every input. */
        ENUMERATION("enumeration");

        private final String id;

        Method(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        static Optional<Method> of(String id) {
            return List.of(values()).stream()
                    .filter(method -> method.id.equals(id))
                    .findFirst();
        }
    }

    Evidence {
        parts = List.copyOf(parts);
    }

    /** The method for a network that a verifier has verified. */
    static Method methodFor(BuiltNetwork built, String verifier) {
        if (verifier.equals("additive") && ExtremeEvidence.obstacle(built).isEmpty()) {
            return Method.ADDITIVE;
        }
        return verifier.equals("pairwise") && PairEvidence.applies(built) ? Method.PAIRWISE : Method.ENUMERATION;
    }

    /** @throws org.superpose.core.InvalidInputException if the method cannot be used on the network */
    static Evidence of(BuiltNetwork built, Method method) {
        return switch (method) {
            case PAIRWISE -> PairEvidence.of(built);
            case ADDITIVE -> ExtremeEvidence.of(built);
            case ENUMERATION -> EnumerationEvidence.of(built);
        };
    }
}
