package org.superpose.runner.proof;

import java.util.Optional;
import java.util.stream.IntStream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.problem.OutputReads;

/**
 * For deep networks whose neurons compute the gates of the map one by one: what each output is for each set of active
 * features that it depends on.
 */
final class DisjunctEvidence {
    /** The most features that an output depends on. */
    private static final int MOST_READS = 16;

    private final OutputReads map;
    private final int output;
    private final int[] reads;
    private final int[] active;

    private long looked;
    private long digest;

    private DisjunctEvidence(BuiltNetwork built, OutputReads map, int output) {
        this.map = map;
        this.output = output;
        this.reads = map.of(output);
        this.active = new int[built.instance().maxActive()];
    }

    static boolean applies(BuiltNetwork built) {
        return new OutputReads(built.instance()).most() <= MOST_READS && DisjunctNeurons.follow(built);
    }

    static Evidence of(BuiltNetwork built) {
        if (!applies(built)) {
            throw new InvalidInputException("the neurons of the network do not compute the gates of its map in turn");
        }
        OutputReads map = new OutputReads(built.instance());
        return new Evidence(
                Evidence.Method.DISJUNCT,
                Optional.empty(),
                IntStream.range(0, built.instance().outputs())
                        .parallel()
                        .mapToObj(output -> new DisjunctEvidence(built, map, output).count())
                        .toList());
    }

    private Tally count() {
        visit(0, 0, 0);
        return new Tally(0, 0, digest, looked, 0, 0, 0);
    }

    private void visit(int size, int from, int sum) {
        long on = map.isOn(output, active, size, sum) ? 1 : 0;
        looked++;
        digest += Decisions.mix(Decisions.output(Decisions.set(active, size), output) + on);
        for (int t = from; t < reads.length && size < active.length; t++) {
            active[size] = reads[t];
            visit(size + 1, t + 1, sum + map.step(output, t));
        }
    }
}
