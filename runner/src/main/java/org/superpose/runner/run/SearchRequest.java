package org.superpose.runner.run;

import java.util.OptionalInt;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;
import org.superpose.runner.workbench.Assignments;

/**
 * A width search as people ask for it; the names are those of the options of {@code superpose search}.
 *
 * @param problem id of the problem
 * @param construction id of the construction
 * @param assignments parameters of both, without the width
 * @param seed of the first instance and the first network; those that follow have the numbers that follow
 * @param verifier id of the verifier
 * @param instances how many are tried at each width, at least 1
 * @param tries networks for each instance at each width, at least 1
 * @param from the first width; the information limit at one bit per weight if empty
 * @param upTo the width at which the search gives up; 64 times the first if empty
 * @param resolution how close the bisection goes, as a fraction of the width, at least 0 and below 1
 */
public record SearchRequest(
        String problem,
        String construction,
        Assignments assignments,
        Seed seed,
        String verifier,
        int instances,
        int tries,
        OptionalInt from,
        OptionalInt upTo,
        double resolution) {
    /** @throws InvalidInputException if a number is out of its range */
    public SearchRequest {
        if (tries < 1 || instances < 1 || !(resolution >= 0 && resolution < 1)) {
            throw new InvalidInputException("--tries " + tries + " must be at least 1, --instances " + instances
                    + " too, and --resolution " + resolution + " from 0 up to 1");
        }
    }

    /** How many networks are tried at each width. */
    int trials() {
        return instances * tries;
    }
}
