package org.superpose.problems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.Problem;
import org.superpose.testkit.ProblemContract;

/** Every problem keeps the contract of plugins. */
class BuiltInProblemsTest {
    @Test
    void noProblemIsLeftOut() {
        Set<String> tested = Arrays.stream(BuiltInProblemsTest.class.getDeclaredClasses())
                .map(contract -> contract.getSimpleName() + "Problem")
                .collect(Collectors.toSet());
        assertEquals(
                Instances.catalog().plugins().stream()
                        .map(problem -> problem.getClass().getSimpleName())
                        .collect(Collectors.toSet()),
                tested);
    }

    @Nested
    class Permutation extends ProblemContract {
        @Override
        protected Problem plugin() {
            return new PermutationProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(given("inputs=4"), given("inputs=30", "max-active=3"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=4", "max-active=5"));
        }
    }

    @Nested
    class TwoAnd extends ProblemContract {
        @Override
        protected Problem plugin() {
            return new TwoAndProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(
                    given("inputs=12", "outputs=16"),
                    given("inputs=12", "outputs=16", "influence=zipf", "zipf-exponent=1.2"),
                    given("inputs=12", "outputs=20", "influence=bipartite", "hubs=3", "max-active=3"),
                    given("inputs=12", "influence=star"),
                    given("inputs=200", "outputs=200", "influence=mixed"),
                    given("inputs=9", "influence=complete"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=4", "outputs=7"), given("inputs=12", "outputs=12", "influence=star"));
        }
    }

    @Nested
    class KAnd extends ProblemContract {
        @Override
        protected Problem plugin() {
            return new KAndProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(
                    given("inputs=12", "outputs=16"),
                    given("inputs=12", "outputs=10", "fan-in=2", "max-active=4"),
                    given("inputs=14", "fan-in=3", "influence=zipf", "zipf-exponent=0.7"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=5", "outputs=11", "fan-in=3"));
        }
    }

    @Nested
    class Layered extends ProblemContract {
        @Override
        protected Problem plugin() {
            return new LayeredProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(
                    given("inputs=12", "layers=permutation,two-and(outputs=14)"),
                    given("inputs=10", "layers=2*permutation", "max-active=2"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(
                    given("inputs=12", "layers=permutation,three-and"), given("inputs=4", "layers=two-and(outputs=7)"));
        }
    }

    @Nested
    class AtLeast extends ProblemContract {
        @Override
        protected Problem plugin() {
            return new AtLeastProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(given("inputs=12"), given("inputs=10", "fan-in=4", "threshold=4", "max-active=5"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=12", "threshold=4"), given("inputs=12", "max-active=1"));
        }
    }

    @Nested
    class XorPairs extends ProblemContract {
        @Override
        protected Problem plugin() {
            return new XorPairsProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(given("inputs=12"), given("inputs=10", "outputs=20", "max-active=4", "min-active=2"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=4", "outputs=7"), given("inputs=9", "min-active=3", "max-active=2"));
        }
    }

    @Nested
    class HalfAdders extends ProblemContract {
        @Override
        protected Problem plugin() {
            return new HalfAddersProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(given("inputs=12"), given("inputs=10", "outputs=20", "max-active=3"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=12", "outputs=7"), given("inputs=4", "outputs=14"));
        }
    }

    @Nested
    class Dnf extends ProblemContract {
        @Override
        protected Problem plugin() {
            return new DnfProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(
                    given("inputs=20", "outputs=8"),
                    given("inputs=16", "outputs=12", "clauses=1", "negated=0.5"),
                    given("inputs=18", "outputs=5", "literals=3", "negated=0", "min-active=1", "max-active=4"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=6", "outputs=6", "clauses=3"), given("inputs=30", "outputs=4", "negated=0.7"));
        }
    }

    @Nested
    class Neighbours extends ProblemContract {
        @TempDir
        Path folder;

        @Override
        protected Problem plugin() {
            return new NeighboursProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            return List.of(
                    given("inputs=14"),
                    given("inputs=20", "degree=3", "max-active=2"),
                    given("file=" + file(folder, "edges.csv", "from,to\na,b\nb,c\n"), "directed=true"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("inputs=4"), given("degree=2"));
        }
    }

    @Nested
    class Circuit extends ProblemContract {
        @TempDir
        Path folder;

        @Override
        protected Problem plugin() {
            return new CircuitProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            String file = "file="
                    + file(
                            folder,
                            "circuit.blif",
                            ".inputs a b c d\n.outputs s t\n.names a b s\n10 1\n01 1\n.names s c d t\n11- 1\n--1 1\n");
            return List.of(given(file), given(file, "max-active=3", "min-active=1"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("file=nowhere.blif"), given("file=" + file(folder, "empty.blif", "")));
        }
    }

    @Nested
    class TruthTable extends ProblemContract {
        @TempDir
        Path folder;

        @Override
        protected Problem plugin() {
            return new TruthTableProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            String file = "file=" + file(folder, "table.pla", ".i 4\n.o 2\n01-- 11\n--01 10\n1--1 01\n.e\n");
            return List.of(given(file), given(file, "max-active=3", "min-active=1"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("file=nowhere.pla"), given("file=" + file(folder, "empty.pla", "")));
        }
    }

    @Nested
    class Formulas extends ProblemContract {
        @TempDir
        Path folder;

        @Override
        protected Problem plugin() {
            return new FormulasProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            String file = "file="
                    + file(
                            folder,
                            "formulas.csv",
                            "output,formula\nx,a & b & !c\ny,a ^ d\nz,\"at-least(2, a, b, c) | 'e f'\"\n");
            String features = "features=" + file(folder, "features.csv", "feature\ne f\nd\nc\nb\na\nnever read\n");
            return List.of(given(file), given(file, features, "max-active=4", "min-active=1"));
        }

        @Override
        protected List<ParameterValues> refused() {
            String file = "file=" + file(folder, "one.csv", "output,formula\nx,a\n");
            return List.of(
                    given("file=nowhere.csv"),
                    given("file=" + file(folder, "wrong.csv", "output,formula\nx,a &\n")),
                    given(file, "max-active=2"),
                    given(file, "features=" + file(folder, "other.csv", "feature\nb\n")));
        }
    }

    @Nested
    class FeaturePairs extends ProblemContract {
        @TempDir
        Path folder;

        @Override
        protected Problem plugin() {
            return new FeaturePairsProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            String indices = "file=" + file(folder, "indices.csv", "first,second\n0,3\n3,0\n2,2\n");
            String names = "file=" + file(folder, "names.csv", "first,second\nthe,cat\ncat,the\na,2\n");
            return List.of(given(indices), given(indices, "inputs=6", "max-active=3", "min-active=1"), given(names));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(
                    given("file=nowhere.csv"),
                    given("file=" + file(folder, "empty.csv", "first,second\n")),
                    given("file=" + file(folder, "few.csv", "first,second\n0,3\n"), "inputs=3"),
                    given("file=" + file(folder, "more.csv", "first,second\na,b\n"), "inputs=3"),
                    given("file=" + file(folder, "three.csv", "first,second\n0,1,2\n")));
        }
    }

    @Nested
    class PairsFile extends ProblemContract {
        @TempDir
        Path folder;

        @Override
        protected Problem plugin() {
            return new PairsFileProblem();
        }

        @Override
        protected List<ParameterValues> samples() {
            String file = "file=" + file(folder, "pairs.csv", "first,second\nthe,cat\nthe,dog\na,cat\nwild,dog\n");
            return List.of(given(file), given(file, "name-spaces=shared"));
        }

        @Override
        protected List<ParameterValues> refused() {
            return List.of(given("file=nowhere.csv"), given("file=" + file(folder, "empty.csv", "first,second\n")));
        }
    }

    private static Path file(Path folder, String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
