package org.superpose.constructions.trained.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superpose.constructions.code.PolynomialCodes;
import org.superpose.core.construction.ConstructionParameters;
import org.superpose.core.network.Codes;
import org.superpose.core.network.Decoder;
import org.superpose.core.network.IntegerMatrix;
import org.superpose.core.network.Layer;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/**
 * What {@code trained-and} and {@code trained-and-codes} have in common: parameters, embedding, training and the
 * network that comes of it.
 */
final class Recipe {
    private static final String DENSE = "dense";
    private static final String CODES = "codes";
    private static final String TRAINED = "trained";

    static final Parameter<String> EMBEDDING = Parameter.choice(
                    "embedding",
                    List.of(DENSE, CODES, TRAINED),
                    "how features reach the first trained matrix: a fixed random vector of signs, a fixed code, or"
                            + " directly, so that it is trained")
            .withDefault(DENSE);
    static final Parameter<Integer> EMBEDDING_WIDTH = Parameter.whole(
                    "embedding-width", 1, ConstructionParameters.MAX_WIDTH, "n_0, the length of a vector of signs")
            .chosen("as width");
    static final Parameter<Integer> CODE_WEIGHT = ConstructionParameters.CODE_WEIGHT.withDefault(4);
    static final Parameter<Integer> HIDDEN = Parameter.whole(
                    "hidden-layers", 1, 8, "how many layers of ReLUs lie before the read-out")
            .withDefault(1);
    static final Parameter<Integer> WEIGHT_BITS = Parameter.whole(
                    "weight-bits", 2, 12, "bits of a weight: it is at most 2^(bits - 1) - 1 in size")
            .withDefault(8);
    static final Parameter<Integer> STEPS = Parameter.whole(
                    "training-steps", 0, 10_000_000, "steps of gradient descent at most; it ends when all is right")
            .withDefault(5000);
    static final Parameter<Integer> BATCH = Parameter.whole(
                    "batch-size", 8, 1 << 20, "inputs of a step; rounded down to a multiple of 8")
            .withDefault(256);
    static final Parameter<Double> RATE = Parameter.real(
                    "learning-rate", 1e-6, 1, "what a weight moves in a step at first, as a part of its first spread")
            .withDefault(0.05);
    static final Parameter<Integer> SWEEPS = Parameter.whole(
                    "sweeps", 0, 1000, "sweeps over all inputs for wrong and hard ones; with 0 nothing is counted")
            .withDefault(10);

    /** Domains of more than 2^34 inputs are not swept. */
    private static final int MOST_INPUT_BITS = 34;

    private final ProblemInstance instance;
    private final ParameterValues parameters;
    private final Seed seed;

    Recipe(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        this.instance = instance;
        this.parameters = parameters;
        this.seed = seed;
    }

    /** The parameters of both constructions, in the order of their files. */
    static List<Parameter<?>> parameters(Parameter<?>... ofReadout) {
        List<Parameter<?>> all =
                new ArrayList<>(List.of(ConstructionParameters.WIDTH, EMBEDDING, EMBEDDING_WIDTH, CODE_WEIGHT));
        all.addAll(List.of(ofReadout));
        all.addAll(List.of(HIDDEN, WEIGHT_BITS, STEPS, BATCH, RATE, SWEEPS));
        return List.copyOf(all);
    }

    private int width() {
        return parameters.get(ConstructionParameters.WIDTH);
    }

    private int embeddingWidth() {
        return parameters.find(EMBEDDING_WIDTH).orElse(width());
    }

    /** None where the domain has too many inputs. */
    private int sweeps() {
        return instance.domain().size().bitLength() > MOST_INPUT_BITS ? 0 : parameters.get(SWEEPS);
    }

    private Embedding embedding() {
        Seed own = seed.child("input-encoding");
        return switch (parameters.get(EMBEDDING)) {
            case DENSE -> Embedding.ofSigns(instance.inputs(), embeddingWidth(), own.generator());
            case CODES ->
                Embedding.ofCodes(new PolynomialCodes(parameters.get(CODE_WEIGHT))
                        .draw(instance.inputs(), width(), own.generator()));
            default -> Embedding.ofCodes(Codes.identity(instance.inputs()));
        };
    }

    SuperposedNetwork build(
            String construction, List<Parameter<?>> declared, Optional<Codes> outputCodes, Deadline deadline) {
        Embedding embedding = embedding();
        TrainedLayers layers = new TrainedLayers(
                new TrainedLayers.Plan(
                        embedding,
                        width(),
                        parameters.get(HIDDEN),
                        instance.outputs(),
                        outputCodes,
                        (1 << (parameters.get(WEIGHT_BITS) - 1)) - 1,
                        parameters.get(RATE).floatValue(),
                        parameters.get(STEPS)),
                seed.child("weights").generator());
        Provenance none = new Provenance(construction, Map.of(), seed.value(), Map.of());
        NetworkTraining.Trained trained = new NetworkTraining(
                        instance,
                        layers,
                        new NetworkTraining.Settings(parameters.get(STEPS), parameters.get(BATCH) / 8 * 8, sweeps()),
                        now -> network(now, none),
                        seed)
                .train(deadline);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("training-steps-made", trained.steps());
        facts.put("sweeps-made", trained.sweeps());
        facts.put("wrong-inputs-counted", trained.found().isPresent());
        trained.found().ifPresent(found -> facts.put("wrong-inputs-left", found.wrongInputs()));
        SuperposedNetwork network = trained.network();
        return new SuperposedNetwork(
                network.inputCodes(),
                network.layers(),
                network.decoder(),
                network.domain(),
                false,
                new Provenance(
                        construction,
                        parameters
                                .with(EMBEDDING_WIDTH, embeddingWidth())
                                .complete(declared)
                                .asMap(),
                        seed.value(),
                        facts));
    }

    private SuperposedNetwork network(TrainedLayers trained, Provenance provenance) {
        List<Layer> layers = new ArrayList<>();
        trained.embedding().matrix().ifPresent(signs -> layers.add(Layer.linear(signs, new float[signs.rows()])));
        for (int t = 0; t < trained.matrices(); t++) {
            int rows = trained.width(t + 1);
            int columns = trained.width(t);
            int[] multiples = trained.matrix(t).multiples();
            short[] weights = new short[multiples.length];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    weights[r * columns + c] = (short) multiples[t == 0 ? c * rows + r : r * columns + c];
                }
            }
            int[] biases = trained.bias(t).multiples();
            float[] bias = new float[rows];
            for (int r = 0; r < rows; r++) {
                bias[r] = biases[r];
            }
            IntegerMatrix matrix = new IntegerMatrix(rows, columns, weights);
            boolean isReadout =
                    t == trained.matrices() - 1 && trained.outputCodes().isEmpty();
            layers.add(isReadout ? Layer.linear(matrix, bias) : new Layer(matrix, bias));
        }
        Decoder decoder = trained.outputCodes()
                .map(codes -> Decoder.withThreshold(codes, Decoder.Kind.SUM, Math.scalb(1f, -trained.lastExponent())))
                .orElseGet(() -> Decoder.readout(new float[instance.outputs()]));
        return new SuperposedNetwork(
                trained.embedding().codes(), layers, decoder, instance.domain(), false, provenance);
    }
}
