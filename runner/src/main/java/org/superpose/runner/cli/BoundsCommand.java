package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.superpose.bounds.Capacity;
import org.superpose.bounds.DescriptionBound;
import org.superpose.bounds.LowerBound;
import org.superpose.bounds.RepresentationBound;
import org.superpose.bounds.RepresentationWidth;
import org.superpose.bounds.SparseBound;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.runner.cli.option.Completion;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.option.OutputPath;
import org.superpose.runner.cli.option.PictureTarget;
import org.superpose.runner.cli.option.ReplaceOption;
import org.superpose.runner.cli.option.SeedOption;
import org.superpose.runner.cli.option.SetOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.figure.Picture;
import org.superpose.runner.figure.Plot;
import org.superpose.runner.figure.PlotPicture;
import org.superpose.runner.report.plot.BoundsPlot;
import org.superpose.runner.workbench.BoundsCurve;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code superpose bounds}: what any network needs for almost all functions of a class (theory, section 3). */
@Command(
        name = "bounds",
        description = "Prints the information-theoretic lower bounds of a problem.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose bounds --problem two-and --set inputs=1k --set outputs=1k",
            "  superpose bounds --problem permutation --set inputs=4k --plot bounds.svg"
        })
final class BoundsCommand implements Callable<Integer> {
    private static final double FAILING_FRACTION = 1e-6;
    private static final double DISTORTION = 0.5;
    private static final int MEASURING_TRIES = 3;
    private static final long MOST_WIDTH = 1_000_000_000;
    /** The bits per weight that are compared. */
    private static final List<Integer> PRECISIONS = List.of(1, 8, 16);

    private final Console console;
    private Console results;
    private final Workbench workbench;

    @Option(
            names = "--problem",
            completionCandidates = Completion.Problems.class,
            defaultValue = "two-and",
            paramLabel = "P",
            description = "Id of the problem (default: two-and).")
    private String problem;

    @Mixin
    private SetOption set = new SetOption();

    @Mixin
    private SeedOption seed = new SeedOption();

    @Option(
            names = "--bits",
            paramLabel = "B",
            defaultValue = "1",
            description = "b, the bits of one weight on average (default: ${DEFAULT-VALUE}).")
    private double bits;

    @Option(
            names = "--layers",
            paramLabel = "L",
            description = "L, the number of weight matrices (default: 1 for fan-in 1, 2 otherwise).")
    private Integer layers;

    @Option(
            names = "--width",
            paramLabel = "N",
            defaultValue = "12288",
            description = "n, the width of a given network, whose capacity and whose limit on pruning are printed"
                    + " (default: ${DEFAULT-VALUE}, that of a large language model).")
    private long width;

    @Option(
            names = "--error",
            paramLabel = "EPS",
            defaultValue = "0",
            description = "Fraction of the outputs that may be wrong, a bound of ours (default: ${DEFAULT-VALUE}).")
    private double error;

    @Option(
            names = "--failing",
            paramLabel = "DELTA",
            defaultValue = "0",
            description = "Fraction of the functions on which a network may fail (default: ${DEFAULT-VALUE}).")
    private double failing;

    @Option(
            names = "--measure",
            description =
                    "Measures, too, the smallest width at which random codes tell all inputs of the domain apart, by"
                            + " y_0 alone.")
    private boolean measure;

    @Option(
            names = "--plot",
            converter = OutputPath.class,
            paramLabel = "FILE",
            description = "Draws the bounds against m', up to the inputs and outputs that are set; FILE ends with .svg"
                    + " or .png; - is standard output, as SVG.")
    private Path plot;

    @Mixin
    private ReplaceOption replace = new ReplaceOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    BoundsCommand(Console console, Workbench workbench) {
        this.console = console;
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        if (!(bits > 0) || !Double.isFinite(bits)) {
            throw new InvalidInputException("--bits " + bits + " must be a positive number");
        }
        if (layers != null && layers < 1) {
            throw new InvalidInputException("--layers " + layers + " must be at least 1");
        }
        if (width < 1 || width > MOST_WIDTH) {
            throw new InvalidInputException("--width " + width + " must be 1 to " + MOST_WIDTH);
        }
        results = plot == null ? console : console.beside(plot);
        PictureTarget picture =
                PictureTarget.checked(Optional.ofNullable(plot), replace, ReplaceOption.filesIn(set.assignments()));
        ProblemInstance instance = workbench.instance(problem, set.assignments(), seed.seed());
        int matrices = layers == null ? LowerBound.matricesNeeded(instance) : layers;
        LowerBound bound = LowerBound.of(instance).withErrors(error).withFailing(failing);
        double widthLimit = bound.widthLimit(bits, matrices);
        RepresentationBound representation = RepresentationBound.of(instance.domain());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(Measurement.PROBLEM, instance.problem());
        document.put(Measurement.INPUTS, instance.inputs());
        document.put(Measurement.OUTPUTS, instance.outputs());
        document.put(Measurement.MAX_ACTIVE, instance.maxActive());
        document.put("function_class", bound.functions().description());
        document.put("function_count_log2", bound.functionCountLog2());
        document.put("error", error);
        document.put("failing", failing);
        document.put("parameter_bits", bound.parameterBits());
        document.put("bits", bits);
        document.put(Measurement.LAYERS, matrices);
        document.put(Measurement.WIDTH_LIMIT, widthLimit);
        document.put(
                "capacity_at_limit",
                Capacity.of(instance, Capacity.parameterBits((long) Math.ceil(widthLimit), bits, matrices)));
        for (int precision : PRECISIONS) {
            document.put("width_limit_" + precision + "_bit", bound.widthLimit(precision, matrices));
            document.put("capacity_" + precision + "_bit", capacity(instance, precision, matrices));
        }
        document.put("given_width", width);
        document.put("least_weights", bound.leastParameters(bits));
        document.put("least_nonzero_weights", leastNonzero(bound, matrices, bits));
        document.put("least_nonzero_equal_weights", leastNonzero(bound, matrices, 0));
        document.put("representation_width", representation.informationWidth());
        document.put("johnson_lindenstrauss", johnsonLindenstrauss(instance));
        Optional<RepresentationWidth> measured = measure ? Optional.of(measured(instance)) : Optional.empty();
        measured.ifPresent(width -> document.put("representation_width_measured", width.width()));
        picture.draw(() -> plot(bound, matrices))
                .ifPresent(file -> console.note("bounds against m' are drawn in " + file));
        if (json.isSet()) {
            results.json(document);
        } else {
            printComputing(bound, matrices, widthLimit);
            printDescribing(instance, bound, matrices, widthLimit);
            printSparse(bound, matrices);
            printRepresenting(instance, representation, measured);
            printGap(bound, matrices, representation);
        }
        return ExitStatus.DONE;
    }

    private static long johnsonLindenstrauss(ProblemInstance instance) {
        return RepresentationBound.johnsonLindenstrauss(instance.inputs(), DISTORTION);
    }

    private RepresentationWidth measured(ProblemInstance instance) {
        return RepresentationWidth.measure(instance.domain(), OptionalInt.empty(), MEASURING_TRIES, seed.seed());
    }

    private Picture plot(LowerBound bound, int matrices) {
        OptionalInt given = layers == null ? OptionalInt.empty() : OptionalInt.of(layers);
        BoundsCurve curve = new BoundsCurve(bits, given, error, failing);
        String heading = bound.functions().description() + ", " + matrices + (matrices == 1 ? " matrix" : " matrices")
                + ", bits per weight: " + bits;
        Plot bounds = BoundsPlot.of(heading, curve.points(workbench, problem, set.assignments(), seed.seed()));
        return PlotPicture.withHeading(bounds);
    }

    /** What the bits of the class say of all networks. */
    private void printComputing(LowerBound bound, int matrices, double widthLimit) {
        results.result(String.format(
                Locale.ROOT,
                "class              %s: 2^%.3f functions",
                bound.functions().description(),
                bound.functionCountLog2()));
        results.result(String.format(Locale.ROOT, "parameter bits     at least %.3f", bound.parameterBits()));
        if (error > 0 || failing > 0) {
            results.result(String.format(
                    Locale.ROOT,
                    "with errors        %.3f bits fewer than for networks without (this bound is ours, not the paper's)",
                    bound.functionCountLog2() - bound.parameterBits()));
        }
        results.result(String.format(
                Locale.ROOT,
                "width to compute   at least %.2f neurons, with %d %s of %s bits per weight",
                widthLimit,
                matrices,
                matrices == 1 ? "matrix" : "matrices",
                bits));
        results.result("                   at 1, 8 and 16 bits: "
                + joined(precision -> String.format(Locale.ROOT, "%,.1f", bound.widthLimit(precision, matrices))));
    }

    private static String joined(IntFunction<String> ofPrecision) {
        return PRECISIONS.stream().map(ofPrecision::apply).collect(Collectors.joining(", "));
    }

    private long capacity(ProblemInstance instance, int precision, int matrices) {
        return Capacity.of(instance, Capacity.parameterBits(width, precision, matrices));
    }

    /** The fewest nonzero weights at the given width; null if even all of them are too few. */
    private Long leastNonzero(LowerBound bound, int matrices, double valueBits) {
        OptionalLong least = SparseBound.ofSquares(width, matrices, valueBits).leastNonzero(bound.parameterBits());
        return least.isPresent() ? least.getAsLong() : null;
    }

    /** What is left when a network is distilled into a smaller one, or loses weights at its width. */
    private void printSparse(LowerBound bound, int matrices) {
        results.result(String.format(
                Locale.ROOT,
                "distilling         into at least %,d weights of %s bits, in a network of any shape",
                bound.leastParameters(bits),
                bits));
        Long least = leastNonzero(bound, matrices, bits);
        String weights = String.format(Locale.ROOT, "%,d", width * width * matrices);
        results.result(
                least == null
                        ? String.format(
                                Locale.ROOT,
                                "pruning            at width %,d: impossible, %s weights that are zero or have %s bits are too"
                                        + " few",
                                width,
                                weights,
                                bits)
                        : String.format(
                                Locale.ROOT,
                                "pruning            at width %,d: at least %,d of %s weights stay nonzero, with %s bits"
                                        + " for the value of each",
                                width,
                                least,
                                weights,
                                bits));
        Long equal = leastNonzero(bound, matrices, 0);
        if (equal != null) {
            results.result(String.format(
                    Locale.ROOT, "                   at least %,d where all nonzero weights are equal", equal));
        }
    }

    /** The headline: neurons to compute over neurons to represent. */
    private void printGap(LowerBound bound, int matrices, RepresentationBound representation) {
        results.result("computing takes    "
                + joined(precision -> String.format(
                        Locale.ROOT,
                        "%,.0f",
                        bound.widthLimit(precision, matrices) / representation.informationWidth()))
                + " times the neurons of representing, at 1, 8 and 16 bits");
    }

    /** Theorem 3.1 with a failing fraction, and the capacity, which is the bound read the other way round. */
    private void printDescribing(ProblemInstance instance, LowerBound bound, int matrices, double widthLimit) {
        DescriptionBound almostAll = DescriptionBound.exceptFor(bound.functionCountLog2(), FAILING_FRACTION);
        results.result(String.format(
                Locale.ROOT,
                "almost all         of 1,000,000 functions fewer than one has a description of at most %.3f bits",
                Math.max(0, almostAll.descriptionBits())));
        long least = Math.max(1, (long) Math.ceil(widthLimit));
        results.result(String.format(
                Locale.ROOT,
                "capacity           at most %,d outputs at width %,d",
                Capacity.of(instance, Capacity.parameterBits(least, bits, matrices)),
                least));
        results.result(String.format(Locale.ROOT, "                   at width %,d, at 1, 8 and 16 bits: ", width)
                + joined(precision -> String.format(Locale.ROOT, "%,d", capacity(instance, precision, matrices))));
    }

    /** What it takes merely to represent the inputs. */
    private void printRepresenting(
            ProblemInstance instance, RepresentationBound representation, Optional<RepresentationWidth> measured) {
        results.result(String.format(
                Locale.ROOT,
                "width to represent at least %.2f neurons: telling the inputs apart is exponentially cheaper",
                representation.informationWidth()));
        measured.ifPresent(found -> results.result(String.format(
                Locale.ROOT,
                "                   measured: %d neurons, in %.0f %% of %d draws of codes of weight %d",
                found.width(),
                100 * found.successRate(),
                found.tries(),
                found.codeWeight())));
        results.result(String.format(
                Locale.ROOT,
                "                   %d dimensions keep all distances of features within a factor of 1 +- %s"
                        + " (Johnson and Lindenstrauss)",
                johnsonLindenstrauss(instance),
                DISTORTION));
    }
}
