package org.superpose.interop.foreign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.core.file.FileFormatException;
import org.superpose.core.network.Activation;
import org.superpose.core.network.Layer;
import org.superpose.core.network.WeightMatrix;
import org.superpose.interop.tensor.RecognisedMatrix;
import org.superpose.interop.tensor.Tensor;
import org.superpose.interop.tensor.TensorShape;
import org.superpose.interop.tensor.TensorSource;

/** One network from the tensors of a file that a map names. */
final class MappedNetwork {
    private final TensorSource source;
    private final TensorMap map;
    private final Map<String, Orientation> usual;
    private final ImportSettings settings;
    private final List<String> notes = new ArrayList<>();
    private final Set<String> used = new LinkedHashSet<>();

    /** @param usual how the matrices of some names stand by convention */
    MappedNetwork(TensorSource source, TensorMap map, Map<String, Orientation> usual, ImportSettings settings) {
        this.source = source;
        this.map = map;
        this.usual = usual;
        this.settings = settings;
    }

    /** One affine map of the chain, in the order of application. */
    private record Step(String key, TensorMap.Affine affine, Activation activation, OptionalInt skip) {}

    ForeignNetwork read(String recognised) throws IOException {
        List<Step> steps = steps();
        List<ChainShapes.Link> links = new ArrayList<>();
        for (Step step : steps) {
            links.add(link(step));
        }
        List<Orientation> orientations = new ChainShapes(links, settings.features(), settings.outputs()).orientations();
        List<Layer> layers = new ArrayList<>();
        for (int t = 0; t < steps.size(); t++) {
            layers.add(layer(steps.get(t), links.get(t), orientations.get(t)));
        }
        List<String> ignored = new ArrayList<>(source.names());
        source.others().keySet().stream()
                .filter(other -> !source.names().contains(other))
                .forEach(ignored::add);
        ignored.removeAll(used);
        return new ForeignNetwork(source.format(), recognised, layers, map.thresholds(), ignored, notes);
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        map.embed().ifPresent(embed -> steps.add(new Step("embed", embed, Activation.NONE, OptionalInt.empty())));
        int before = steps.size();
        for (int t = 0; t < map.layers().size(); t++) {
            TensorMap.Hidden hidden = map.layers().get(t);
            String key = "layers[" + t + "]";
            OptionalInt skip = OptionalInt.empty();
            if (hidden.skip().isPresent()) {
                skip = OptionalInt.of(state(hidden.skip().get(), before, t));
            }
            steps.add(new Step(key, hidden.affine(), hidden.relu() ? Activation.RELU : Activation.NONE, skip));
        }
        map.readout()
                .ifPresent(readout -> steps.add(new Step("readout", readout, Activation.NONE, OptionalInt.empty())));
        if (steps.isEmpty()) {
            throw new InvalidInputException("a map must name at least one weight: embed, layers or readout");
        }
        return steps;
    }

    /** The index of a state: 0 the features, then what each step gives. */
    private int state(TensorMap.Skip skip, int before, int layer) {
        if (skip instanceof TensorMap.Skip.Features) {
            return 0;
        }
        if (skip instanceof TensorMap.Skip.OfLayer earlier) {
            if (earlier.index() < 0 || earlier.index() >= layer) {
                throw new InvalidInputException("the skip of layers[" + layer + "] is " + earlier.index()
                        + ", but must be the index of an earlier layer, features or embed");
            }
            return before + earlier.index() + 1;
        }
        if (before == 0) {
            throw new InvalidInputException("the skip of layers[" + layer + "] is embed, but the map has no embed");
        }
        return 1;
    }

    private ChainShapes.Link link(Step step) throws IOException {
        TensorMap.Affine affine = step.affine();
        TensorShape shape = shape(affine.weight());
        if (shape.rank() != 2 || shape.elements() == 0) {
            throw new FileFormatException(
                    "array " + affine.weight() + " is " + shape + ", but a weight must be a matrix");
        }
        Optional<ChainShapes.Bias> bias = Optional.empty();
        if (affine.bias().isPresent()) {
            TensorShape offset = shape(affine.bias().get());
            if (!offset.isVector()) {
                throw new FileFormatException(
                        "array " + affine.bias().get() + " is " + offset + ", but a bias must be a vector");
            }
            bias = Optional.of(new ChainShapes.Bias(affine.bias().get(), offset.elements()));
        }
        return new ChainShapes.Link(
                step.key(),
                affine.weight(),
                shape,
                bias,
                affine.orientation(),
                Optional.ofNullable(usual.get(affine.weight())),
                step.skip());
    }

    private TensorShape shape(String name) throws IOException {
        Optional<TensorShape> shape = source.shape(name);
        if (shape.isPresent()) {
            return shape.get();
        }
        if (source.names().contains(name) || source.others().containsKey(name)) {
            throw new FileFormatException("array " + name + " " + source.describe(name)
                    + ", but must be of real or whole numbers in at most two dimensions");
        }
        throw new FileFormatException("has no array " + name + NearestName.suggestion(name, source.names()));
    }

    private Layer layer(Step step, ChainShapes.Link link, Orientation orientation) throws IOException {
        int rows = link.rows(orientation);
        int columns = link.columns(orientation);
        float[] weights = floats(step.affine().weight());
        WeightMatrix matrix = RecognisedMatrix.of(
                rows, columns, orientation == Orientation.OUT_IN ? weights : Transposed.of(columns, rows, weights));
        float[] bias =
                step.affine().bias().isPresent() ? floats(step.affine().bias().get()) : new float[rows];
        return new Layer(matrix, bias, step.activation(), step.skip());
    }

    private float[] floats(String name) throws IOException {
        used.add(name);
        Tensor tensor = source.tensor(name);
        return tensor.floats(settings.rounding(), notes::add);
    }
}
