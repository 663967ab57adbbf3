package org.superpose.runner.proof;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.network.BuiltNetwork;

/**
 * What a method counts on a network, part by part: the inputs of one lowest active feature each, or one output each
 * ({@link Method#isByOutput}). It is found without the verifiers, from the network and the gates alone.
 *
 * @param method how
 * @param rows digest of the lists of features in each row, with the method {@link Method#PAIRWISE}
 * @param parts as many as there are features, or outputs
 */
record Evidence(Method method, Optional<String> rows, List<Tally> parts) {
    private static final Set<String> FOR_DEEP_NETWORKS = Set.of("monotone", "compositional");

    /** How a checker covers the domain. */
    enum Method {
        /** Pairs of features that share enough rows. */
        PAIRWISE("pairwise"),
        /** The extremes of sums for each set of active reads. */
        ADDITIVE("additive"),
        /** The nodes of the map, neuron by neuron. */
        DISJUNCT("disjunct"),
        /** Every input. */
        ENUMERATION("enumeration");

        private final String id;

        Method(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        /** Whether its parts are outputs, which do not count inputs. */
        boolean isByOutput() {
            return this == ADDITIVE || this == DISJUNCT;
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
        if (verifier.equals("pairwise") && PairEvidence.applies(built)) {
            return Method.PAIRWISE;
        }
        return FOR_DEEP_NETWORKS.contains(verifier) && DisjunctEvidence.applies(built)
                ? Method.DISJUNCT
                : Method.ENUMERATION;
    }

    /** @throws org.superpose.core.InvalidInputException if the method cannot be used on the network */
    static Evidence of(BuiltNetwork built, Method method) {
        return switch (method) {
            case PAIRWISE -> PairEvidence.of(built);
            case ADDITIVE -> ExtremeEvidence.of(built);
            case DISJUNCT -> DisjunctEvidence.of(built);
            case ENUMERATION -> EnumerationEvidence.of(built);
        };
    }
}
