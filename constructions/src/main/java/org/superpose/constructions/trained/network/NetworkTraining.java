package org.superpose.constructions.trained.network;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.constructions.trained.ComposedGates;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.RestingState;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * Gradient descent on the squared hinge loss of all outputs. A batch has inputs at random, inputs on which a gate has
 * its reads active, and hard ones: those met in earlier batches, and those of the sweeps over the whole domain, which
 * also count the wrong inputs and end the training where there are none.
 *
 * <p>A batch is cut into the same parts on every machine, and their gradients are added up in order: the same bits for
 * a seed, whatever the number of threads.
 */
final class NetworkTraining {
    private static final System.Logger LOG = System.getLogger(NetworkTraining.class.getName());

    /** The parts of a batch. */
    private static final int PARTS = 8;
    /** Steps from one choice of units to the next, while they are still chosen. */
    private static final int STEPS_PER_UNIT = 50;
    /** The part of the steps after which units stay as they are. */
    private static final double UNITS_STAY = 0.4;
    /** The part of the steps before the first sweep. */
    private static final double FIRST_SWEEP = 0.5;
    /** The largest margin of a hard input. */
    private static final float HARD = 0.3f;

    private static final int MET_INPUTS = 1 << 13;
    private static final int MINED_INPUTS = 1 << 17;
    /** The largest fan-in of a gate whose reads draws look for. */
    private static final int MOST_READS = 16;
    /** The part of a batch that is hard inputs of a kind, if there are enough of them. */
    private static final int HARD_SHARE = 4;
    /** How often a hard input may be in a batch on average. */
    private static final int MOST_REPEATS = 4;

    private final ProblemInstance instance;
    private final RestingState rest;
    private final TrainedLayers layers;
    private final Settings settings;
    private final Assembly assembly;
    private final InputDraws draws;
    private final RandomGenerator random;
    private final HardInputs met = new HardInputs(MET_INPUTS);
    private final HardInputs mined = new HardInputs(MINED_INPUTS);
    private final Gradient[] parts = new Gradient[PARTS];
    private final int[][] batch;
    private final float[] margins;
    private final float[] firstGradient;

    /**
     * How training goes on.
     *
     * @param steps of gradient descent
     * @param batch inputs of a step, a multiple of 8
     * @param sweeps over the whole domain at most; 0 leaves wrong inputs uncounted
     */
    record Settings(int steps, int batch, int sweeps) {}

    /** Makes the network of the layers as they are. */
    @FunctionalInterface
    interface Assembly {
        SuperposedNetwork network(TrainedLayers layers);
    }

    /**
     * What came out.
     *
     * @param network the one with the fewest wrong inputs among those that were swept, or the last one
     * @param steps after how many steps it was there
     * @param sweeps how many there were
     * @param found by the sweep of the network; empty if there was none
     */
    record Trained(SuperposedNetwork network, int steps, int sweeps, Optional<Sweep.Found> found) {}

    NetworkTraining(ProblemInstance instance, TrainedLayers layers, Settings settings, Assembly assembly, Seed seed) {
        this.instance = instance;
        this.rest = RestingState.of(instance);
        this.layers = layers;
        this.settings = settings;
        this.assembly = assembly;
        this.random = seed.child("batches").generator();
        this.draws = new InputDraws(instance.domain(), ComposedGates.of(instance.layers(), MOST_READS), random);
        float[] restingSigns = new float[instance.outputs()];
        for (int i = 0; i < restingSigns.length; i++) {
            restingSigns[i] = rest.outputs().contains(i) ? 1 : -1;
        }
        for (int p = 0; p < PARTS; p++) {
            parts[p] = new Gradient(layers, restingSigns);
        }
        this.batch = new int[settings.batch()][];
        this.margins = new float[settings.batch()];
        this.firstGradient = new float[layers.width(0) * layers.width(1)];
    }

    /**
     * Trains until a sweep finds no wrong input, or the steps are used up.
     *
     * @throws org.superpose.core.OutOfTimeException if the deadline is over before
     */
    Trained train(Deadline deadline) {
        Trained best = null;
        int sweeps = 0;
        for (int step = 1; step <= settings.steps(); step++) {
            deadline.check((step - 1.0) / settings.steps());
            if (step % STEPS_PER_UNIT == 1 && step <= UNITS_STAY * settings.steps()) {
                layers.chooseUnits();
            }
            layers.round();
            if (sweeps < settings.sweeps() - 1 && step >= stepOfSweep(sweeps)) {
                sweeps++;
                best = better(best, sweep(step - 1, sweeps, deadline));
                if (best.found().orElseThrow().wrongInputs() == 0) {
                    return best;
                }
            }
            descend(step);
        }
        if (settings.steps() == 0) {
            layers.chooseUnits();
        }
        layers.round();
        return settings.sweeps() == 0
                ? new Trained(assembly.network(layers), settings.steps(), 0, Optional.empty())
                : better(best, sweep(settings.steps(), sweeps + 1, deadline));
    }

    /** The last sweep is that behind the last step. */
    private double stepOfSweep(int sweep) {
        double share = (double) sweep / Math.max(1, settings.sweeps() - 1);
        return settings.steps() * (FIRST_SWEEP + (1 - FIRST_SWEEP) * share);
    }

    private Trained sweep(int step, int number, Deadline deadline) {
        SuperposedNetwork network = assembly.network(layers);
        float slope = layers.outputCodes().isPresent() ? Gradient.CODE_SLOPE : 1;
        float gap = (float) Math.ceil(Math.scalb(HARD / slope, -layers.lastExponent()));
        Sweep.Found found = Sweep.of(instance, network, gap, mined, deadline);
        LOG.log(
                System.Logger.Level.TRACE,
                "after {0} of {1} steps: {2} inputs are wrong, {3} within the margin",
                step,
                settings.steps(),
                found.wrongInputs(),
                found.hardInputs());
        return new Trained(network, step, number, Optional.of(found));
    }

    private static Trained better(Trained best, Trained now) {
        return best == null
                        || now.found().orElseThrow().wrongInputs()
                                <= best.found().orElseThrow().wrongInputs()
                ? now
                : new Trained(best.network(), best.steps(), now.sweeps(), best.found());
    }

    private void descend(int step) {
        draw();
        int size = batch.length / PARTS;
        IntStream.range(0, PARTS).parallel().forEach(p -> {
            parts[p].clear();
            for (int b = p * size; b < (p + 1) * size; b++) {
                int[] changes = rest.changes(FeatureSet.of(batch[b])).toArray();
                margins[b] = parts[p].add(batch[b], changes);
            }
        });
        for (int b = 0; b < batch.length; b++) {
            if (margins[b] < HARD) {
                met.add(batch[b]);
            }
        }
        collect();
        layers.embedding().collect(parts[0].columns(), firstGradient);
        IntStream.range(0, 2 * layers.matrices()).parallel().forEach(x -> {
            int t = x / 2;
            if (x % 2 == 0) {
                layers.matrix(t).descend(t == 0 ? firstGradient : parts[0].matrix(t), step);
            } else {
                layers.bias(t).descend(parts[0].bias(t), step);
            }
        });
    }

    private void draw() {
        int hard = batch.length / HARD_SHARE;
        int fromMet = Math.min(hard, MOST_REPEATS * met.size());
        int fromMined = Math.min(hard, MOST_REPEATS * mined.size());
        for (int b = 0; b < batch.length; b++) {
            // Each part of the batch is given inputs of all kinds.
            int place = b % PARTS * (batch.length / PARTS) + b / PARTS;
            if (b < fromMet) {
                batch[place] = met.draw(random).orElseThrow();
            } else if (b < fromMet + fromMined) {
                batch[place] = mined.draw(random).orElseThrow();
            } else {
                batch[place] = b % 2 == 0 ? draws.any() : draws.ofGate();
            }
        }
    }

    /** Adds up the gradients of all parts in the first one. */
    private void collect() {
        float[][] columns = parts[0].columns();
        IntStream.range(0, columns.length).parallel().forEach(j -> {
            for (int p = 1; p < PARTS; p++) {
                add(parts[p].columns()[j], columns[j]);
            }
        });
        IntStream.range(0, 2 * layers.matrices()).parallel().forEach(x -> {
            int t = x / 2;
            for (int p = 1; p < PARTS; p++) {
                if (x % 2 == 1) {
                    add(parts[p].bias(t), parts[0].bias(t));
                } else if (t > 0) {
                    add(parts[p].matrix(t), parts[0].matrix(t));
                }
            }
        });
    }

    private static void add(float[] from, float[] into) {
        for (int x = 0; x < into.length; x++) {
            into[x] += from[x];
        }
    }
}
