package com.example;

import java.util.function.Function;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.verify.Coverage;
import org.superpose.core.verify.ResumableVerifier;
import org.superpose.core.verify.VerificationBudget;

/** A verifier of a package that is not Superpose's, which goes on as it is told. */
public record StrangeResumableVerifier(Function<BuiltNetwork, Run> answer) implements ResumableVerifier {
    @Override
    public String id() {
        return "strange";
    }

    @Override
    public String title() {
        return "goes on as it is told";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        return Acceptance.accepted();
    }

    @Override
    public double cost(BuiltNetwork built) {
        return 0;
    }

    @Override
    public Run resume(BuiltNetwork built, VerificationBudget budget, Coverage proved) {
        return answer.apply(built);
    }
}
