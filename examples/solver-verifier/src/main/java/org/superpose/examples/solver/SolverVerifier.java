package org.superpose.examples.solver;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.sat4j.specs.TimeoutException;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Exactness;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * Hands the claim "some input of the domain is decided wrongly" to a pseudo-Boolean solver (Sat4j): if nothing makes it
 * true, the network is right; what makes it true is a counterexample. It knows nothing of superposition: a third
 * opinion, and the peer that users of general solvers would name.
 *
 * <p>A neuron of value y is as many Booleans as y can reach, the k-th of which is true iff y is at least k; each is
 * defined by a linear constraint on those of the layer before. An output is on iff a constraint on the last layer says
 * so, and its gate iff one on the inputs does.
 */
public final class SolverVerifier implements Verifier {
    private static final String ID = "solver";

    /** Features and values of a neuron beyond which there is no hope. */
    private static final int MOST = 64;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "a general pseudo-Boolean solver, for small networks of whole numbers";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        ProblemInstance instance = built.instance();
        SuperposedNetwork network = built.network();
        if (instance.inputs() > MOST) {
            return Acceptance.rejected("there are " + instance.inputs() + " features, more than " + MOST);
        }
        if (instance.isLayered()) {
            return Acceptance.rejected("the instance has more than one layer of gates");
        }
        if (network.departure().isPresent()) {
            return Acceptance.rejected(network.departure().get());
        }
        if (!Exactness.of(network, instance.maxActive()).isExact()) {
            return Acceptance.rejected("float32 is not exact on the network");
        }
        Gates gates = instance.gates();
        for (int i = 0; i < gates.outputs(); i++) {
            if (threshold(gates, i).isEmpty()) {
                return Acceptance.rejected("gate " + i + " is no threshold of a sum");
            }
        }
        return Acceptance.accepted();
    }

    /** Infinite: it is asked for by name. */
    @Override
    public double cost(BuiltNetwork built) {
        return Double.POSITIVE_INFINITY;
    }

    /** The least sum with which a gate is on, if it is on with all larger ones. */
    private static OptionalInt threshold(Gates gates, int output) {
        int least = 0;
        int most = 0;
        for (int t = 0; t < gates.fanIn(output); t++) {
            least += Math.min(0, gates.function(output).step(t));
            most += Math.max(0, gates.function(output).step(t));
        }
        int threshold = least;
        while (threshold <= most && !gates.isOn(output, threshold)) {
            threshold++;
        }
        for (int sum = threshold; sum <= most; sum++) {
            if (!gates.isOn(output, sum)) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(threshold);
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        requireAccepted(built);
        ProblemInstance instance = built.instance();
        BigInteger size = instance.domain().size();
        SuperposedNetwork network =
                Exactness.of(built.network(), instance.maxActive()).inWholeNumbers(built.network());
        Sentence sentence = new Sentence();
        int[] inputs = IntStream.range(0, instance.inputs())
                .map(j -> sentence.newBoolean())
                .toArray();
        requireDomain(sentence, inputs, instance.domain());
        List<Integer> wrong = new ArrayList<>();
        try {
            int[] outputs = outputs(sentence, inputs, network, instance.maxActive());
            for (int i = 0; i < outputs.length; i++) {
                wrong.add(sentence.differ(outputs[i], gate(sentence, inputs, instance.gates(), i)));
            }
        } catch (ArithmeticException tooManyValues) {
            return Verdict.Undecided.unsampled(ID, tooManyValues.getMessage(), BigInteger.ZERO, size);
        }
        sentence.requireOneOf(wrong);
        try {
            double seconds = Math.min(budget.maxSeconds(), 1e6);
            if (!sentence.isSatisfiable((long) (1000 * seconds))) {
                return new Verdict.Verified(ID, size);
            }
        } catch (TimeoutException late) {
            return Verdict.Undecided.unsampled(ID, budget.outOfTime(), BigInteger.ZERO, size);
        }
        FeatureSet input = FeatureSet.of(IntStream.range(0, inputs.length)
                .filter(j -> sentence.isTrue(inputs[j]))
                .toArray());
        return new Verdict.Refuted(ID, Counterexample.confirmed(built, input), BigInteger.ONE, size);
    }

    private static void requireDomain(Sentence sentence, int[] inputs, InputDomain domain) {
        Sentence.Sum active = Sentence.Sum.of(0);
        Sentence.Sum inactive = Sentence.Sum.of(0);
        for (int input : inputs) {
            active.add(input, 1);
            inactive.add(-input, 1);
        }
        sentence.require(active, domain.minActive());
        sentence.require(inactive, inputs.length - domain.maxActive());
        for (int a = 0; a < inputs.length; a++) {
            for (int b = a + 1; b < inputs.length; b++) {
                if (!domain.allowsTogether(a, b)) {
                    sentence.requireOneOf(List.of(-inputs[a], -inputs[b]));
                }
            }
        }
    }

    private static int gate(Sentence sentence, int[] inputs, Gates gates, int output) {
        Sentence.Sum sum = Sentence.Sum.of(0);
        for (int t = 0; t < gates.fanIn(output); t++) {
            sum.add(inputs[gates.read(output, t)], gates.function(output).step(t));
        }
        return sentence.isAtLeast(sum, threshold(gates, output).orElseThrow());
    }

    /** For each output a Boolean that is true iff the network has it on. */
    private static int[] outputs(Sentence sentence, int[] inputs, SuperposedNetwork network, int maxActive) {
        Decoder decoder = network.decoder();
        int last = network.layers().size() - 1;
        // Each value as those Booleans that add up to it.
        int[][] values = new int[network.inputs()][];
        Sentence.Sum[] sums = firstSums(inputs, network);
        for (int t = 0; t <= last; t++) {
            sums = t == 0 ? sums : sums(network.layers().get(t), values);
            if (t < last || !decoder.isByRow()) {
                values = new int[sums.length][];
                for (int r = 0; r < sums.length; r++) {
                    int most = t == 0 ? most(sums[r], maxActive) : sums[r].most();
                    if (most > MOST) {
                        throw new ArithmeticException("row " + r + " of layer " + t + " may reach " + most
                                + ", more than " + MOST + " Booleans hold");
                    }
                    Sentence.Sum sum = sums[r];
                    values[r] = IntStream.rangeClosed(1, Math.max(0, most))
                            .map(k -> sentence.isAtLeast(sum, k))
                            .toArray();
                }
            }
        }
        int[] outputs = new int[decoder.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            int threshold = (int) Math.ceil(decoder.threshold(i));
            Sentence.Sum all = Sentence.Sum.of(0);
            for (int u = 0; u < decoder.codes().weight(i); u++) {
                int row = decoder.codes().neuron(i, u);
                if (decoder.isByRow()) {
                    all.add(sentence.isAtLeast(sums[row], threshold), 1);
                } else {
                    Arrays.stream(values[row]).forEach(value -> all.add(value, 1));
                }
            }
            outputs[i] = sentence.isAtLeast(all, decoder.isByRow() ? decoder.codes().weight(i) : threshold);
        }
        return outputs;
    }

    private static Sentence.Sum[] firstSums(int[] inputs, SuperposedNetwork network) {
        Layer layer = network.layers().get(0);
        Sentence.Sum[] sums = new Sentence.Sum[layer.rows()];
        for (int r = 0; r < sums.length; r++) {
            sums[r] = Sentence.Sum.of((int) layer.bias(r));
            for (int j = 0; j < inputs.length; j++) {
                float added = 0;
                for (int t = 0; t < network.inputCodes().weight(j); t++) {
                    added += layer.weights().get(r, network.inputCodes().neuron(j, t));
                }
                sums[r].add(inputs[j], (int) added);
            }
        }
        return sums;
    }

    private static Sentence.Sum[] sums(Layer layer, int[][] values) {
        Sentence.Sum[] sums = new Sentence.Sum[layer.rows()];
        for (int r = 0; r < sums.length; r++) {
            sums[r] = Sentence.Sum.of((int) layer.bias(r));
            for (int c = 0; c < values.length; c++) {
                for (int value : values[c]) {
                    sums[r].add(value, (int) layer.weights().get(r, c));
                }
            }
        }
        return sums;
    }

    /** The most that a sum can be with so many active features. */
    private static int most(Sentence.Sum sum, int maxActive) {
        return sum.constant()
                + sum.factors().stream()
                        .filter(factor -> factor > 0)
                        .sorted((a, b) -> b - a)
                        .limit(maxActive)
                        .mapToInt(Integer::intValue)
                        .sum();
    }
}
