package org.superpose.core.audit;

import java.util.List;
import java.util.function.Consumer;
import org.superpose.core.feature.FeatureSet;

/** Audits one part of a domain after another. Belongs to one thread. */
interface PartAudit {
    /**
     * Audits the inputs with a lowest feature, or the empty input for the number behind the last one.
     *
     * @param firstIndex the place of the first of them in the order of the domain
     * @return what came out, or null if time ran out
     */
    Part run(int part, long firstIndex);

    /**
     * What came out of a part.
     *
     * @param findings adds it to a tally
     * @param wrong its wrong decisions in order, empty if they are not asked for
     */
    record Part(Consumer<Tally> findings, List<WrongDecision> wrong) {}

    /** A wrong decision that is kept until the parts before it are done. */
    record WrongDecision(FeatureSet input, int output, float margin) {}
}
