package com.example.consumer;

import java.util.Map;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;

/** Builds and verifies one network with the published modules. */
public final class Consumer {
    private Consumer() {}

    public static void main(String[] arguments) {
        ClassLoader loader = Consumer.class.getClassLoader();
        Problem problem = Catalog.load("problem", Problem.class, loader).require("two-and");
        Construction construction =
                Catalog.load("construction", Construction.class, loader).require("clipped-and");
        ParameterValues size = ParameterValues.parse(
                problem.id(), problem.parameters(), Map.of("inputs", "128", "outputs", "128"));
        ParameterValues width =
                ParameterValues.parse(construction.id(), construction.parameters(), Map.of("width", "112"));
        ProblemInstance instance = problem.instantiate(size, new Seed(1));
        Verdict verdict = new AutoVerifier()
                .verify(
                        new BuiltNetwork(instance, construction.build(instance, width, new Seed(1))),
                        VerificationBudget.unlimited());
        System.out.println(verdict.status() + " on " + verdict.inputsCovered() + " inputs");
    }
}
