/** The Boolean maps to compute: from the paper and beyond. */
module org.superpose.problems {
    requires transitive org.superpose.core;
    requires de.siegmar.fastcsv;

    exports org.superpose.problems;

    provides org.superpose.core.problem.Problem with
            org.superpose.problems.AtLeastProblem,
            org.superpose.problems.CircuitProblem,
            org.superpose.problems.DnfProblem,
            org.superpose.problems.FeaturePairsProblem,
            org.superpose.problems.FormulasProblem,
            org.superpose.problems.HalfAddersProblem,
            org.superpose.problems.KAndProblem,
            org.superpose.problems.LayeredProblem,
            org.superpose.problems.NeighboursProblem,
            org.superpose.problems.PairsFileProblem,
            org.superpose.problems.PermutationProblem,
            org.superpose.problems.TruthTableProblem,
            org.superpose.problems.TwoAndProblem,
            org.superpose.problems.XorPairsProblem;
}
