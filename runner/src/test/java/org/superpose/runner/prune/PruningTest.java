package org.superpose.runner.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.experiment.Bench;

/** Pruning against the plain evaluator, which shares no code with it. */
class PruningTest {
    private static BuiltNetwork trained() {
        return Bench.build("two-and", "trained-gates", "inputs", "12", "outputs", "12", "width", "24");
    }

    private static BuiltNetwork clipped() {
        return Bench.build("two-and", "clipped-and", "inputs", "12", "outputs", "12", "width", "24");
    }

    private static Verdict verdict(BuiltNetwork built) {
        return Bench.workbench().verify(built, AutoVerifier.ID, VerificationBudget.unlimited());
    }

    private static BuiltNetwork pruned(BuiltNetwork built, List<Long> kept) {
        Pruning pruning = new Pruning(built, verdict(built), new Seed(3));
        kept.add(pruning.kept());
        pruning.run(3, (tried, left) -> kept.add(left), Deadline.NEVER);
        return pruning.network();
    }

    private static boolean isRight(BuiltNetwork built) {
        Evaluator evaluator = new PlainEvaluator(built.network());
        for (FeatureSet input : built.instance().domain()) {
            if (!evaluator.read(input).on().equals(built.instance().evaluate(input))) {
                return false;
            }
        }
        return true;
    }

    private static long nonzero(SuperposedNetwork network) {
        long count = 0;
        for (Layer layer : network.layers()) {
            for (int r = 0; r < layer.rows(); r++) {
                for (int c = 0; c < layer.columns(); c++) {
                    count += layer.weights().get(r, c) != 0 ? 1 : 0;
                }
            }
        }
        return count;
    }

    @Test
    void thePrunedNetworkIsRightOnEveryInputAndHasAsManyWeightsAsItSays() {
        for (BuiltNetwork built : List.of(trained(), clipped())) {
            List<Long> kept = new ArrayList<>();
            BuiltNetwork pruned = pruned(built, kept);
            assertTrue(isRight(pruned));
            assertEquals(nonzero(built.network()), kept.get(0));
            assertEquals(nonzero(pruned.network()), kept.get(kept.size() - 1));
            assertTrue(kept.get(kept.size() - 1) <= kept.get(0), kept.toString());
            assertTrue(kept.size() >= 4, kept.toString());
        }
    }

    /** Each weight that is left is needed: without it some input goes wrong. */
    @Test
    void noFurtherWeightCanBeRemoved() {
        for (BuiltNetwork built : List.of(trained(), clipped())) {
            requireEveryWeightNeeded(pruned(built, new ArrayList<>()));
        }
    }

    private static void requireEveryWeightNeeded(BuiltNetwork pruned) {
        for (int t = 0; t < pruned.network().layers().size(); t++) {
            Layer layer = pruned.network().layers().get(t);
            short[] values = values(layer);
            for (int place = 0; place < values.length; place++) {
                if (values[place] != 0) {
                    short[] fewer = values.clone();
                    fewer[place] = 0;
                    List<Layer> layers = new ArrayList<>(pruned.network().layers());
                    layers.set(t, layer.withWeights(new IntegerMatrix(layer.rows(), layer.columns(), fewer)));
                    assertFalse(isRight(
                            new BuiltNetwork(pruned.instance(), pruned.network().withLayers(layers))));
                }
            }
        }
    }

    private static short[] values(Layer layer) {
        short[] values = new short[layer.rows() * layer.columns()];
        for (int place = 0; place < values.length; place++) {
            values[place] = (short) layer.weights().get(place / layer.columns(), place % layer.columns());
        }
        return values;
    }

    /** More inputs than could be kept, but without negative weights only those of the gates themselves matter. */
    @Tag("slow")
    @Test
    void aClippedNetworkIsPrunedOnAsManyInputsAsItHasOutputs() {
        BuiltNetwork built = Bench.build("two-and", "clipped-and", "inputs", "600", "outputs", "600", "width", "130");
        List<Long> kept = new ArrayList<>();
        BuiltNetwork pruned = pruned(built, kept);
        assertEquals("VERIFIED", verdict(pruned).status());
        assertEquals(nonzero(pruned.network()), kept.get(kept.size() - 1));
        // whatever the order, no one can go without an output going off
        Evaluator evaluator = new PlainEvaluator(pruned.network());
        for (int output = 0; output < 600; output++) {
            FeatureSet own = FeatureSet.of(pruned.instance().gates().reads(output));
            assertEquals(pruned.instance().evaluate(own), evaluator.read(own).on());
        }
    }

    @Test
    void aTrainedNetworkLosesWeights() {
        List<Long> kept = new ArrayList<>();
        pruned(trained(), kept);
        assertTrue(kept.get(kept.size() - 1) < 0.9 * kept.get(0), kept.toString());
    }

    @Test
    void theOrderAmongWeightsOfOneSizeComesFromTheSeed() {
        BuiltNetwork built = clipped();
        assertEquals(
                pruned(built, new ArrayList<>()).network().layers(),
                pruned(built, new ArrayList<>()).network().layers());
    }

    @Test
    void refusesWhatItCannotFollow() {
        BuiltNetwork linear = Bench.build("two-and", "linear-two-and", "inputs", "16", "outputs", "16", "width", "300");
        assertTrue(assertThrows(InvalidInputException.class, () -> new Pruning(linear, verdict(linear), new Seed(1)))
                .getMessage()
                .contains("whole numbers"));
        BuiltNetwork tooSmall = Bench.build(
                "two-and", "clipped-and", "inputs", "64", "outputs", "64", "width", "30", "resampling-rounds", "0");
        assertTrue(
                assertThrows(InvalidInputException.class, () -> new Pruning(tooSmall, verdict(tooSmall), new Seed(1)))
                        .getMessage()
                        .contains("the verdict on this one is REFUTED"));
    }

    @Test
    void endsWithItsDeadline() {
        Pruning pruning = new Pruning(clipped(), verdict(clipped()), new Seed(1));
        assertThrows(OutOfTimeException.class, () -> pruning.run(1, (tried, kept) -> {}, Deadline.in(0)));
    }
}
