package org.superpose.runner.workbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.superpose.bounds.LowerBound;
import org.superpose.bounds.ReadingBound;
import org.superpose.bounds.RepresentationBound;
import org.superpose.core.InvalidInputException;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * The bounds of a problem for growing m': the problem as it was asked for, and the same with its inputs and outputs
 * halved again and again.
 *
 * @param bits b, the bits of one weight on average
 * @param matrices L, or empty for what {@link LowerBound#matricesNeeded} says
 * @param error eps, the fraction of the outputs that may be wrong
 * @param failing delta, the fraction of the functions on which a network may fail
 */
public record BoundsCurve(double bits, OptionalInt matrices, double error, double failing) {
    private static final int FEWEST_INPUTS = 4;

    /**
     * One size.
     *
     * @param outputs m'
     * @param computing the limit on the width of networks that compute
     * @param representing the limit on the width of codes that tell the inputs apart
     * @param reading what it takes to read them; empty where fewer than two features are active
     */
    public record Point(int outputs, double computing, double representing, Optional<ReadingBound> reading) {}

    /**
     * The points, ascending in m'. Sizes at which there is no such instance are left out.
     *
     * @throws InvalidInputException if there is no parameter {@code inputs} to vary, or fewer than two sizes exist
     */
    public List<Point> points(Workbench workbench, String problem, Assignments assignments, Seed seed) {
        String given = assignments.values().get(ProblemParameters.INPUTS.name());
        if (given == null) {
            throw new InvalidInputException(
                    "--plot draws bounds for growing m', but --set gives problem " + problem + " no inputs to vary");
        }
        List<Point> points = new ArrayList<>();
        int inputs = ProblemParameters.INPUTS.parse(given);
        for (int divisor = 1; inputs / divisor >= FEWEST_INPUTS; divisor *= 2) {
            try {
                ProblemInstance instance = workbench.instance(problem, divided(assignments, divisor), seed);
                if (points.isEmpty() || instance.outputs() < points.get(0).outputs()) {
                    points.add(0, point(instance));
                }
            } catch (InvalidInputException impossible) {
                if (divisor == 1) {
                    throw impossible;
                }
                // Small sizes may have no instance: too few pairs, more hubs than inputs.
            }
        }
        if (points.size() < 2) {
            throw new InvalidInputException("--plot needs at least two sizes, but inputs " + inputs
                    + " is too small to halve. Maybe set inputs to 1024 or more?");
        }
        return points;
    }

    private static Assignments divided(Assignments assignments, int divisor) {
        Map<String, String> values = new LinkedHashMap<>(assignments.values());
        for (var parameter : List.of(ProblemParameters.INPUTS, ProblemParameters.OUTPUTS)) {
            values.computeIfPresent(
                    parameter.name(), (name, text) -> Integer.toString(Math.max(1, parameter.parse(text) / divisor)));
        }
        return new Assignments(values);
    }

    private Point point(ProblemInstance instance) {
        int layers = matrices.orElseGet(() -> LowerBound.matricesNeeded(instance));
        double computing =
                LowerBound.of(instance).withErrors(error).withFailing(failing).widthLimit(bits, layers);
        return new Point(
                instance.outputs(),
                computing,
                RepresentationBound.of(instance.domain()).informationWidth(),
                instance.maxActive() >= 2 && instance.maxActive() < instance.inputs()
                        ? Optional.of(new ReadingBound(instance.inputs(), instance.maxActive()))
                        : Optional.empty());
    }
}
