package org.superpose.problems;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superpose.core.Reference;
import org.superpose.core.Reference.Standing;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * {@code pairs-file}: two-and over pairs of names from a CSV file with a header and two columns, word bigrams for
 * instance, where natural language gives Zipf influence (theory, section 2). The seed has no say in it.
 *
 * <p>With {@code separate} name spaces a word in the first column and the same word in the second are two features,
 * called {@code the·} and {@code ·the}; the domain is grouped, with at most one active feature in each column, and an
 * output is called {@code the·licence}. The function class is all sets of m' distinct pairs of a first and a second
 * word.
 *
 * <p>With {@code shared} name spaces a word is one feature wherever it stands, and any two may be active. A pair and
 * its reverse are then the same function and make one output, called after the line that comes first; a pair of a word
 * with itself is refused. The function class is all two-and functions.
 */
@Reference(value = "Problem: named pairs", standing = Standing.OURS)
public final class PairsFileProblem implements Problem {
    private static final int PAIR = 2;

    private static final Parameter<String> NAME_SPACES = Parameter.choice(
                    "name-spaces",
                    List.of("separate", "shared"),
                    "whether a name in the first and in the second column is two features or one")
            .withDefault("separate");

    @Override
    public String id() {
        return "pairs-file";
    }

    @Override
    public String title() {
        return "every output is the AND of a pair of names from a CSV file, for instance word bigrams";
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(ProblemParameters.FILE, NAME_SPACES);
    }

    @Override
    public ProblemInstance instantiate(ParameterValues parameters, Seed seed) {
        PairsFile file = PairsFile.read(parameters.get(ProblemParameters.FILE));
        return parameters.get(NAME_SPACES).equals("separate")
                ? separate(file, parameters, seed)
                : shared(file, parameters, seed);
    }

    private ProblemInstance separate(PairsFile file, ParameterValues parameters, Seed seed) {
        Map<String, Integer> firsts = new LinkedHashMap<>(); // numbered in the order of the file
        Map<String, Integer> seconds = new LinkedHashMap<>();
        for (PairsFile.Row row : file.rows()) {
            firsts.putIfAbsent(row.first(), firsts.size());
            seconds.putIfAbsent(row.second(), seconds.size());
        }
        int inputs = firsts.size() + seconds.size();
        int[] reads = new int[PAIR * file.rows().size()];
        List<String> outputNames = new ArrayList<>();
        for (PairsFile.Row row : file.rows()) {
            reads[PAIR * outputNames.size()] = firsts.get(row.first());
            reads[PAIR * outputNames.size() + 1] = firsts.size() + seconds.get(row.second());
            outputNames.add(outputName(row));
        }
        List<String> inputNames = new ArrayList<>();
        firsts.keySet().forEach(word -> inputNames.add(word + "·"));
        seconds.keySet().forEach(word -> inputNames.add("·" + word));
        int[] groups =
                IntStream.range(0, inputs).map(j -> j < firsts.size() ? 0 : 1).toArray();
        return ProblemInstance.of(
                        id(),
                        parameters,
                        seed.value(),
                        Gates.conjunctions(inputs, PAIR, reads),
                        InputDomain.grouped(groups, PAIR),
                        new FunctionClass(
                                "all sets of pairs of a first and a second name",
                                BigInteger.valueOf((long) firsts.size() * seconds.size()),
                                outputNames.size()))
                .withNames(new FeatureNames(inputNames), new FeatureNames(outputNames));
    }

    private ProblemInstance shared(PairsFile file, ParameterValues parameters, Seed seed) {
        Map<String, Integer> words = new LinkedHashMap<>();
        Map<List<Integer>, String> outputs = new LinkedHashMap<>();
        for (PairsFile.Row row : file.rows()) {
            words.putIfAbsent(row.first(), words.size());
            words.putIfAbsent(row.second(), words.size());
            int a = words.get(row.first());
            int b = words.get(row.second());
            if (a == b) {
                throw file.invalid(
                        row.line(),
                        "the pair \"" + row.first() + "," + row.second()
                                + "\" has one name twice, which needs name-spaces separate");
            }
            outputs.putIfAbsent(List.of(Math.min(a, b), Math.max(a, b)), outputName(row));
        }
        int[] reads = outputs.keySet().stream()
                .flatMapToInt(pair -> IntStream.of(pair.get(0), pair.get(1)))
                .toArray();
        return ProblemInstance.of(
                        id(),
                        parameters,
                        seed.value(),
                        Gates.conjunctions(words.size(), PAIR, reads),
                        InputDomain.sparse(words.size(), PAIR),
                        FunctionClass.distinctSubsets(words.size(), PAIR, outputs.size()))
                .withNames(
                        new FeatureNames(List.copyOf(words.keySet())), new FeatureNames(List.copyOf(outputs.values())));
    }

    private static String outputName(PairsFile.Row row) {
        return row.first() + "·" + row.second();
    }
}
