/** The Boolean maps to compute: permutation, two-and, k-and, layered and pairs-file. */
module org.superpose.problems {
    requires transitive org.superpose.core;
    requires de.siegmar.fastcsv;

    exports org.superpose.problems;

    provides org.superpose.core.problem.Problem with
            org.superpose.problems.KAndProblem,
            org.superpose.problems.LayeredProblem,
            org.superpose.problems.PairsFileProblem,
            org.superpose.problems.PermutationProblem,
            org.superpose.problems.TwoAndProblem;
}
