package org.superpose.runner.mutant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.Layer;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.network.WeightMatrix;
import org.superpose.core.problem.Gate;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.Table;

/** One small change of a network, or of the gates that it is held against. The claims of the network stay. */
public enum Mutation {
    /** One weight becomes another: a bit is flipped, a number negated, cut to zero or raised from it. */
    WEIGHT("weight flipped") {
        @Override
        Optional<BuiltNetwork> applyTo(BuiltNetwork built, RandomGenerator random) {
            int t = random.nextInt(built.network().layers().size());
            Layer layer = built.network().layers().get(t);
            WeightMatrix changed = ChangedWeights.flip(layer.weights(), random);
            return Optional.of(with(built, t, layer.withWeights(changed)));
        }
    },

    /**
     * One neuron of the code of one feature, at the input or, if outputs have codes, at the output, becomes another.
     */
    CODE_ROW("code row moved") {
        @Override
        Optional<BuiltNetwork> applyTo(BuiltNetwork built, RandomGenerator random) {
            boolean atInput = random.nextBoolean() || built.network().decoder().isReadout();
            Codes codes = atInput
                    ? built.network().inputCodes()
                    : built.network().decoder().codes();
            int feature = random.nextInt(codes.features());
            Optional<int[]> code = moveOne(codes.code(feature), codes.neurons(), random);
            return code.map(moved -> {
                Codes changed = replaced(codes, feature, moved);
                return atInput ? withInputCodes(built, changed) : withOutputCodes(built, changed);
            });
        }
    },

    /** One bias or one threshold of the decoder is one more or one less; a threshold of codes stays positive. */
    THRESHOLD("threshold off by one") {
        @Override
        Optional<BuiltNetwork> applyTo(BuiltNetwork built, RandomGenerator random) {
            int step = random.nextBoolean() ? 1 : -1;
            if (random.nextBoolean()) {
                int t = random.nextInt(built.network().layers().size());
                Layer layer = built.network().layers().get(t);
                float[] bias = layer.bias();
                bias[random.nextInt(bias.length)] += step;
                return Optional.of(with(built, t, layer.withBias(bias)));
            }
            Decoder decoder = built.network().decoder();
            float[] thresholds = decoder.thresholds();
            float[] offThresholds = decoder.offThresholds();
            int output = random.nextInt(thresholds.length);
            int change = decoder.isReadout() || thresholds[output] + step > 0 ? step : 1;
            thresholds[output] += change;
            offThresholds[output] += change;
            return Optional.of(
                    withDecoder(built, new Decoder(decoder.codes(), decoder.kind(), thresholds, offThresholds)));
        }
    },

    /** Two rows or two columns of a weight matrix change places, or the codes of two outputs do. */
    CHANNELS("channels swapped") {
        @Override
        Optional<BuiltNetwork> applyTo(BuiltNetwork built, RandomGenerator random) {
            if (random.nextInt(3) == 0 && !built.network().decoder().isReadout()) {
                Codes codes = built.network().decoder().codes();
                if (codes.features() < 2) {
                    return Optional.empty();
                }
                int[] two = twoOf(codes.features(), random);
                Codes swapped = replaced(codes, two[0], codes.code(two[1]));
                return Optional.of(withOutputCodes(built, replaced(swapped, two[1], codes.code(two[0]))));
            }
            int t = random.nextInt(built.network().layers().size());
            Layer layer = built.network().layers().get(t);
            boolean rows = random.nextBoolean();
            int size = rows ? layer.rows() : layer.columns();
            if (size < 2) {
                return Optional.empty();
            }
            int[] two = twoOf(size, random);
            WeightMatrix changed = ChangedWeights.swap(layer.weights(), rows, two[0], two[1]);
            return Optional.of(with(built, t, layer.withWeights(changed)));
        }
    },

    /** One gate reads another feature than the network was built for. */
    GATE("gate changed") {
        @Override
        Optional<BuiltNetwork> applyTo(BuiltNetwork built, RandomGenerator random) {
            ProblemInstance instance = built.instance();
            int t = random.nextInt(instance.layers().size());
            Gates gates = instance.layers().get(t);
            int gate = random.nextInt(gates.outputs());
            Optional<int[]> reads = moveOne(gates.reads(gate), gates.inputs(), random);
            return reads.map(moved -> {
                int[] all = gates.reads();
                System.arraycopy(moved, 0, all, gates.offsets()[gate], moved.length);
                List<Gates> layers = new ArrayList<>(instance.layers());
                layers.set(
                        t, Gates.of(gates.inputs(), gates.functions(), gates.functionIndices(), gates.offsets(), all));
                return new BuiltNetwork(instance.with(layers, instance.domain()), built.network());
            });
        }
    },

    /** One gate computes another function of the same features: one row of its truth table is the other value. */
    FUNCTION("gate function changed") {
        @Override
        Optional<BuiltNetwork> applyTo(BuiltNetwork built, RandomGenerator random) {
            ProblemInstance instance = built.instance();
            int t = random.nextInt(instance.layers().size());
            Gates gates = instance.layers().get(t);
            int gate = random.nextInt(gates.outputs());
            if (gates.fanIn(gate) > Table.MAX_FAN_IN) {
                return Optional.empty();
            }
            int changed = random.nextInt(1 << gates.fanIn(gate));
            List<Gate> all = new ArrayList<>();
            for (int i = 0; i < gates.outputs(); i++) {
                int each = i;
                all.add(
                        i == gate
                                ? Gate.of(x -> isOn(gates, each, x) != (row(x) == changed), gates.reads(i))
                                : Gate.of(gates.function(i), gates.reads(i)));
            }
            List<Gates> layers = new ArrayList<>(instance.layers());
            layers.set(t, Gates.of(gates.inputs(), all));
            return Optional.of(new BuiltNetwork(instance.with(layers, instance.domain()), built.network()));
        }
    };

    private final String title;

    Mutation(String title) {
        this.title = title;
    }

    /** For tables, for example {@code weight flipped}. */
    public String title() {
        return title;
    }

    /** The changed network, or empty where there is nothing that could be changed in this way. */
    abstract Optional<BuiltNetwork> applyTo(BuiltNetwork built, RandomGenerator random);

    /**
     * A set of numbers below {@code limit} with one of them replaced by another, or nothing if the set holds all of
     * them or none.
     */
    private static Optional<int[]> moveOne(int[] set, int limit, RandomGenerator random) {
        if (set.length == 0 || set.length >= limit) {
            return Optional.empty();
        }
        int[] moved = set.clone();
        int place = random.nextInt(set.length);
        do {
            moved[place] = random.nextInt(limit);
        } while (Arrays.stream(set).anyMatch(member -> member == moved[place]));
        Arrays.sort(moved);
        return Optional.of(moved);
    }

    private static boolean isOn(Gates gates, int gate, boolean[] values) {
        int sum = 0;
        for (int t = 0; t < values.length; t++) {
            sum += values[t] ? gates.function(gate).step(t) : 0;
        }
        return gates.isOn(gate, sum);
    }

    private static int row(boolean[] values) {
        int row = 0;
        for (int t = 0; t < values.length; t++) {
            row |= values[t] ? 1 << t : 0;
        }
        return row;
    }

    private static int[] twoOf(int size, RandomGenerator random) {
        int first = random.nextInt(size);
        return new int[] {first, (first + 1 + random.nextInt(size - 1)) % size};
    }

    private static Codes replaced(Codes codes, int feature, int[] code) {
        return Codes.of(
                codes.neurons(),
                IntStream.range(0, codes.features())
                        .mapToObj(j -> j == feature ? code : codes.code(j))
                        .toList());
    }

    private static BuiltNetwork with(BuiltNetwork built, int t, Layer layer) {
        List<Layer> layers = new ArrayList<>(built.network().layers());
        layers.set(t, layer);
        return new BuiltNetwork(built.instance(), built.network().withLayers(layers));
    }

    private static BuiltNetwork withInputCodes(BuiltNetwork built, Codes codes) {
        SuperposedNetwork network = built.network();
        return new BuiltNetwork(
                built.instance(),
                new SuperposedNetwork(
                        codes,
                        network.layers(),
                        network.decoder(),
                        network.domain(),
                        network.clean(),
                        network.provenance()));
    }

    private static BuiltNetwork withOutputCodes(BuiltNetwork built, Codes codes) {
        Decoder decoder = built.network().decoder();
        return withDecoder(built, new Decoder(codes, decoder.kind(), decoder.thresholds(), decoder.offThresholds()));
    }

    private static BuiltNetwork withDecoder(BuiltNetwork built, Decoder decoder) {
        return new BuiltNetwork(built.instance(), built.network().withDecoder(decoder));
    }
}
