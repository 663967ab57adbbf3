package com.example;

import java.util.function.BiFunction;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/** A verifier of a package that is not Superpose's, which says whatever it is told to say. */
public record StrangeVerifier(
        String id, double price, Acceptance acceptance, BiFunction<BuiltNetwork, VerificationBudget, Verdict> answer)
        implements Verifier {

    /** One that accepts everything and costs nothing. */
    public static StrangeVerifier saying(BiFunction<BuiltNetwork, VerificationBudget, Verdict> answer) {
        return new StrangeVerifier("strange", 0, Acceptance.accepted(), answer);
    }

    @Override
    public String title() {
        return "says what it is told to say";
    }

    @Override
    public Acceptance accepts(BuiltNetwork built) {
        return acceptance;
    }

    @Override
    public double cost(BuiltNetwork built) {
        return price;
    }

    @Override
    public Verdict verify(BuiltNetwork built, VerificationBudget budget) {
        return answer.apply(built, budget);
    }
}
