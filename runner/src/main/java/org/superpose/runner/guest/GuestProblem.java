package org.superpose.runner.guest;

import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Guest;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** A problem that is not Superpose's own. */
final class GuestProblem extends GuestPlugin implements Problem {
    private final Problem inner;

    GuestProblem(Guest guest, Problem inner) {
        super(guest, inner);
        this.inner = inner;
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        return guest().call("instantiate", () -> inner.instantiate(parameters, seed));
    }
}
