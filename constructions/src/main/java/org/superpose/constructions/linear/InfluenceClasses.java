package org.superpose.constructions.linear;

import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.problem.Gates;

/**
 * The inputs of a two-and by influence: light up to m'^(1/4), very heavy above m'^(3/4), heavy between. There are at
 * most 2 m'^(3/4) that are not light and at most 2 m'^(1/4) very heavy ones.
 */
@Reference(value = "Very heavy inputs", standing = Standing.OURS)
final class InfluenceClasses {
    private final Gates gates;
    private final int lightLimit;
    private final int heavyLimit;

    InfluenceClasses(Gates gates) {
        this.gates = gates;
        this.lightLimit = InfluenceLimit.allowed(gates.outputs(), 2);
        this.heavyLimit = Math.max(lightLimit, (int) Math.floor(Math.pow(gates.outputs(), 0.75) + 1e-9));
    }

    boolean isLight(int input) {
        return gates.influence(input) <= lightLimit;
    }

    boolean isVeryHeavy(int input) {
        return gates.influence(input) > heavyLimit;
    }

    /** How one pair is computed. */
    enum PairClass {
        /** Both inputs light: output channels. */
        LIGHT,
        /** One heavy, one light input: within the overlapping row set of the heavy one. */
        MIXED,
        /** Both inputs heavy: input channels. */
        HEAVY,
        /** One very heavy input with any other: within a row block that the very heavy one has to itself. */
        HUB,
        /** Both very heavy: one dedicated row. */
        DEDICATED
    }

    PairClass classOf(int output) {
        int a = gates.read(output, 0);
        int b = gates.read(output, 1);
        if (isVeryHeavy(a) || isVeryHeavy(b)) {
            return isVeryHeavy(a) && isVeryHeavy(b) ? PairClass.DEDICATED : PairClass.HUB;
        }
        if (isLight(a) || isLight(b)) {
            return isLight(a) && isLight(b) ? PairClass.LIGHT : PairClass.MIXED;
        }
        return PairClass.HEAVY;
    }

    /** The outputs of a class, ascending. */
    int[] outputs(PairClass pairClass) {
        return IntStream.range(0, gates.outputs())
                .filter(output -> classOf(output) == pairClass)
                .toArray();
    }

    /** The input of larger influence of every pair. */
    int[] hubs() {
        return IntStream.range(0, gates.outputs())
                .map(output -> {
                    int a = gates.read(output, 0);
                    int b = gates.read(output, 1);
                    return gates.influence(a) >= gates.influence(b) ? a : b;
                })
                .toArray();
    }

    /** The density of the row sets of heavy inputs that have light partners: m'^(-1/4), but never above 1/8. */
    double mixedDensity() {
        return Math.min(0.125, Math.pow(gates.outputs(), -0.25));
    }

    /** q, the density of the row sets whose intersections are channels: about m'^(-1/4), but never above 1/4. */
    double density() {
        return Math.min(0.25, 2 * Math.pow(gates.outputs(), -0.25));
    }
}
