package org.superpose.runner.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.file.ScratchFiles;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * Makes mutants of verified networks and has every verifier judge each. Mutant i is one of network i modulo their
 * number, and the kinds of {@link Mutation} take turns; the rest is drawn from the seed, so that a mutant can be made
 * again from its number alone. The counts do not depend on the number of threads.
 */
public final class MutantRun {
    /** The distance between two mutants that go through a network file before they are judged. */
    private static final int FILED = 100;

    private final List<BuiltNetwork> originals;
    private final List<Verifier> verifiers;
    private final Seed seed;

    /**
     * @param originals verified networks
     * @param verifiers all of them judge every mutant that they accept
     */
    public MutantRun(List<BuiltNetwork> originals, List<? extends Verifier> verifiers, Seed seed) {
        this.originals = List.copyOf(originals);
        this.verifiers = List.copyOf(verifiers);
        this.seed = seed.child("mutants");
    }

    /** A mutant and where it comes from. */
    record Mutant(int original, Mutation mutation, BuiltNetwork built) {}

    /**
     * Judges the mutants 0 to count - 1.
     *
     * @param progress is told how far the work is
     */
    public MutantCounts run(int count, int threads, VerificationBudget.Progress progress) {
        VerificationBudget budget =
                VerificationBudget.unlimited().withSamples(64).withSeed(seed.child("samples"));
        MutantCounts counts = new MutantCounts(originals.size());
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                Mutant mutant = mutant(number);
                BuiltNetwork judged = number % FILED == 0 ? throughFile(mutant.built()) : mutant.built();
                counts.add(number, mutant, MutantTrial.of(judged, verifiers, budget));
                progress.reached((double) number / count);
            }
        };
        List<Thread> helpers = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < threads; t++) {
            Thread helper = new Thread(work, "mutants");
            helper.setUncaughtExceptionHandler((thread, thrown) -> {
                failures.add(thrown);
                next.set(count);
            });
            helper.start();
            helpers.add(helper);
        }
        helpers.forEach(MutantRun::join);
        if (!failures.isEmpty()) {
            if (failures.get(0) instanceof InvalidInputException sentence) {
                throw sentence;
            }
            throw new IllegalStateException("a mutant could not be judged", failures.get(0));
        }
        return counts;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the judging of mutants was interrupted", interrupted);
        }
    }

    /** The mutant of a number. */
    Mutant mutant(int number) {
        int original = number % originals.size();
        Mutation[] kinds = Mutation.values();
        RandomGenerator random = seed.child(number).generator();
        for (int turn = number / originals.size(); ; turn++) {
            Mutation mutation = kinds[turn % kinds.length];
            Optional<BuiltNetwork> mutant = mutation.applyTo(originals.get(original), random);
            if (mutant.isPresent()) {
                return new Mutant(original, mutation, mutant.get());
            }
        }
    }

    private static BuiltNetwork throughFile(BuiltNetwork built) {
        try {
            Path folder = ScratchFiles.createFolder();
            Path file = folder.resolve("mutant.superpose.zip");
            try {
                NetworkFile.write(file, built);
                return NetworkFile.read(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
