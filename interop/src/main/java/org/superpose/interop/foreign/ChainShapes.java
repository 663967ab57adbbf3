package org.superpose.interop.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.core.file.FileFormatException;
import org.superpose.interop.tensor.TensorShape;

/**
 * Tells how the matrices of a chain stand: each must take as many numbers as the one before it gives, have a bias for
 * each row, and give as many as the state that is added to it. What fits in two ways is decided by what its name means
 * by convention, or not at all.
 */
final class ChainShapes {
    private final List<Link> links;
    private final OptionalInt features;
    private final OptionalInt outputs;

    /** How far the longest attempt came, and why it ended. */
    private int reached;

    private String obstacle = "";

    /**
     * One matrix of the chain.
     *
     * @param key what a map file calls it, for messages
     * @param name the tensor
     * @param shape of two dimensions
     * @param bias the name and the length of the offset, if there is one
     * @param given how it stands, if it was said
     * @param usual how matrices of its name stand by convention, if there is one
     * @param skip the index of the state that is added, 0 for the features, or none
     */
    record Link(
            String key,
            String name,
            TensorShape shape,
            Optional<Bias> bias,
            Optional<Orientation> given,
            Optional<Orientation> usual,
            OptionalInt skip) {
        int rows(Orientation orientation) {
            return shape.dimension(orientation == Orientation.OUT_IN ? 0 : 1);
        }

        boolean isSquare() {
            return shape.dimension(0) == shape.dimension(1);
        }

        int columns(Orientation orientation) {
            return shape.dimension(orientation == Orientation.OUT_IN ? 1 : 0);
        }

        String title() {
            return "array " + name + " " + shape.size();
        }
    }

    record Bias(String name, long length) {}

    /**
     * Begins.
     *
     * @param features m where it is known; taken only to choose between what fits otherwise
     * @param outputs m' likewise
     */
    ChainShapes(List<Link> links, OptionalInt features, OptionalInt outputs) {
        this.links = links;
        this.features = features;
        this.outputs = outputs;
    }

    /**
     * How each matrix stands.
     *
     * @throws FileFormatException if the shapes do not chain, naming the tensors and their sizes, or fit in several
     *     ways, naming the key that says which
     */
    List<Orientation> orientations() throws FileFormatException {
        List<List<Orientation>> fitting = fitting(true, false);
        if (fitting.isEmpty()) {
            fitting = fitting(false, false);
        }
        if (fitting.size() > 1) {
            List<List<Orientation>> sized = fitting(true, true);
            sized = sized.isEmpty() ? fitting(false, true) : sized;
            fitting = sized.isEmpty() ? fitting : sized;
        }
        if (fitting.isEmpty()) {
            throw new FileFormatException("has tensors that do not fit onto each other: " + obstacle);
        }
        if (fitting.size() > 1) {
            throw ambiguous(links.get(0)); // given what it takes, a matrix that is not square fits in one way at most
        }
        for (Link link : links) {
            if (link.isSquare() && link.given().isEmpty() && link.usual().isEmpty()) {
                throw ambiguous(link);
            }
        }
        return fitting.get(0);
    }

    private static FileFormatException ambiguous(Link link) {
        return new FileFormatException("has " + link.title() + ", which fits in both orientations: say in a map file"
                + " which it is, " + link.key() + ": {weight: " + link.name() + ", orientation: out-in} if its rows are"
                + " what it gives, orientation: in-out if its columns are");
    }

    /** The ways to fit, in which a square matrix stands in one way only. */
    private List<List<Orientation>> fitting(boolean byConvention, boolean bySize) {
        reached = -1;
        List<List<Orientation>> found = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        extend(new ArrayList<>(), widths, byConvention, bySize, found);
        return found;
    }

    private void extend(
            List<Orientation> chosen,
            List<Integer> widths,
            boolean byConvention,
            boolean bySize,
            List<List<Orientation>> found) {
        int t = chosen.size();
        if (t == links.size()) {
            if (!bySize || outputs.isEmpty() || outputs.getAsInt() == widths.get(t)) {
                found.add(List.copyOf(chosen));
            }
            return;
        }
        Link link = links.get(t);
        for (Orientation orientation : options(link, byConvention)) {
            if (t == 0) {
                widths.add(link.columns(orientation));
            }
            boolean sized = t > 0 || !bySize || features.isEmpty() || features.getAsInt() == widths.get(0);
            Optional<String> misfit = misfit(t, orientation, widths);
            if (misfit.isPresent() && t > reached) {
                reached = t;
                obstacle = misfit.get();
            }
            if (sized && misfit.isEmpty()) {
                chosen.add(orientation);
                widths.add(link.rows(orientation));
                extend(chosen, widths, byConvention, bySize, found);
                chosen.remove(t);
                widths.remove(t + 1);
            }
            if (t == 0) {
                widths.clear();
            }
        }
    }

    private static List<Orientation> options(Link link, boolean byConvention) {
        if (link.given().isPresent()) {
            return List.of(link.given().get());
        }
        if (link.usual().isPresent() && (byConvention || link.isSquare())) {
            return List.of(link.usual().get());
        }
        return link.isSquare() ? List.of(Orientation.OUT_IN) : List.of(Orientation.values());
    }

    private Optional<String> misfit(int t, Orientation orientation, List<Integer> widths) {
        Link link = links.get(t);
        if (link.columns(orientation) != widths.get(t)) {
            return Optional.of("the " + widths.get(t) + " numbers that "
                    + links.get(t - 1).title() + " gives are not what " + link.title() + " can take");
        }
        int rows = link.rows(orientation);
        if (link.bias().isPresent() && link.bias().get().length() != rows) {
            return Optional.of("array " + link.bias().get().name() + " has "
                    + link.bias().get().length() + " numbers, but " + link.title() + " gives " + rows);
        }
        if (link.skip().isPresent() && widths.get(link.skip().getAsInt()) != rows) {
            int state = link.skip().getAsInt();
            String what =
                    state == 0 ? "the features" : "what " + links.get(state - 1).title() + " gives";
            return Optional.of("the skip adds " + what + ", " + widths.get(state) + " numbers, to the " + rows + " of "
                    + link.title());
        }
        return Optional.empty();
    }
}
