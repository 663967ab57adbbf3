package org.superpose.constructions.clipped.conflict;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.superpose.core.feature.FeatureSet;

/** Counts the wrong inputs of chunks of first features on all threads, with a result that does not depend on them. */
final class RecountWaves {
    /** The most chunks of features that are recounted before what they found is put together. */
    private static final int LARGEST_WAVE = 64;

    private RecountWaves() {}

    /** Recounts chunks one after another; it has buffers of one thread. */
    @FunctionalInterface
    interface Recount {
        /** The wrong inputs of a chunk, in order; it may stop behind {@code limit} of them. */
        List<FeatureSet> of(int chunk, int limit);
    }

    /**
     * Fills a set that is empty with the wrong inputs of all chunks, until there are more than {@code limit}.
     *
     * @param workers makes a recount for a thread
     * @return whether all are in the set
     */
    static boolean run(int chunks, int limit, Supplier<Recount> workers, WrongInputSet wrong) {
        Queue<Recount> idle = new ConcurrentLinkedQueue<>();
        int to = 0;
        for (int from = 0; from < chunks && wrong.size() <= limit; from = to) {
            // Waves grow, so that little is in vain where the first chunks have more wrong inputs than the limit.
            to = Math.min(chunks, from + Math.min(LARGEST_WAVE, from + 1));
            // What the chunks of a wave find is put together in their order, as if one thread had gone through them.
            IntStream.range(from, to)
                    .parallel()
                    .mapToObj(chunk -> {
                        Recount recount = Objects.requireNonNullElseGet(idle.poll(), workers);
                        List<FeatureSet> found = recount.of(chunk, limit);
                        idle.add(recount);
                        return found;
                    })
                    .toList()
                    .forEach(found -> {
                        for (int t = 0; t < found.size() && wrong.size() <= limit; t++) {
                            wrong.add(found.get(t));
                        }
                    });
        }
        wrong.commit();
        return wrong.size() <= limit;
    }
}
