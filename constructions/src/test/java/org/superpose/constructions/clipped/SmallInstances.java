package org.superpose.constructions.clipped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.superpose.constructions.SampleProblems;
import org.superpose.constructions.clipped.channel.ChannelWiring;
import org.superpose.constructions.clipped.conflict.Resampling;
import org.superpose.core.construction.Construction;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.PlainEvaluator;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;

/** Instances of several influence profiles, networks for them, and the inputs on which a network is wrong. */
public final class SmallInstances {
    private SmallInstances() {}

    /** Distinct random read sets; every input is read about equally often. */
    public static ProblemInstance regular(int inputs, int outputs, int fanIn, int maxActive, long seed) {
        RandomGenerator random = new Seed(seed).child("gates").generator();
        int[] influence = new int[inputs];
        Set<FeatureSet> chosen = new LinkedHashSet<>();
        while (chosen.size() < outputs) {
            int[] reads = new int[fanIn];
            for (int t = 0; t < fanIn; t++) {
                int least = random.nextInt(inputs);
                for (int tries = 0; tries < 8; tries++) {
                    int other = random.nextInt(inputs);
                    least = influence[other] < influence[least] ? other : least;
                }
                reads[t] = least;
            }
            if (Arrays.stream(reads).distinct().count() == fanIn && chosen.add(FeatureSet.of(reads))) {
                for (int input : reads) {
                    influence[input]++;
                }
            }
        }
        return of("regular", conjunctions(inputs, fanIn, chosen), InputDomain.sparse(inputs, maxActive));
    }

    /** Distinct random pairs; input j is read with a probability proportional to 1 / (j + 1). */
    public static ProblemInstance zipf(int inputs, int outputs, long seed) {
        RandomGenerator random = new Seed(seed).child("gates").generator();
        double[] cumulative = new double[inputs];
        double total = 0;
        for (int j = 0; j < inputs; j++) {
            total += 1.0 / (j + 1);
            cumulative[j] = total;
        }
        Set<FeatureSet> chosen = new LinkedHashSet<>();
        while (chosen.size() < outputs) {
            int first = draw(cumulative, random);
            int second = draw(cumulative, random);
            if (first != second) {
                chosen.add(FeatureSet.of(first, second));
            }
        }
        return of("zipf", conjunctions(inputs, 2, chosen), InputDomain.sparse(inputs, 2));
    }

    private static int draw(double[] cumulative, RandomGenerator random) {
        int index = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[cumulative.length - 1]);
        return index < 0 ? -index - 1 : index;
    }

    /** Input 0 is in every pair. */
    static ProblemInstance star(int outputs) {
        return of("star", SampleProblems.star(outputs + 1), InputDomain.sparse(outputs + 1, 2));
    }

    /** Every pair of inputs. */
    public static ProblemInstance complete(int inputs) {
        return of("complete", SampleProblems.complete(inputs), InputDomain.sparse(inputs, 2));
    }

    /** Two groups of features; every pair has one of each, and only such inputs are allowed. */
    public static ProblemInstance grouped(int inGroup, int outputs, long seed) {
        RandomGenerator random = new Seed(seed).child("gates").generator();
        Set<FeatureSet> chosen = new LinkedHashSet<>();
        while (chosen.size() < outputs) {
            chosen.add(FeatureSet.of(random.nextInt(inGroup), inGroup + random.nextInt(inGroup)));
        }
        int[] groups = new int[2 * inGroup];
        Arrays.fill(groups, inGroup, 2 * inGroup, 1);
        return of("grouped", conjunctions(2 * inGroup, 2, chosen), InputDomain.grouped(groups, 2));
    }

    public static ProblemInstance permutation(int features, int maxActive, long seed) {
        RandomGenerator random = new Seed(seed).child("gates").generator();
        int[] reads = new int[features];
        for (int t = 0; t < features; t++) {
            int swap = random.nextInt(t + 1);
            reads[t] = reads[swap];
            reads[swap] = t;
        }
        return of("permutation", Gates.conjunctions(features, 1, reads), InputDomain.sparse(features, maxActive));
    }

    static Gates conjunctions(int inputs, int fanIn, Set<FeatureSet> readSets) {
        int[] reads = new int[readSets.size() * fanIn];
        int filled = 0;
        for (FeatureSet readSet : readSets) {
            for (int input : readSet.toArray()) {
                reads[filled++] = input;
            }
        }
        return Gates.conjunctions(inputs, fanIn, reads);
    }

    static ProblemInstance of(String problem, Gates gates, InputDomain domain) {
        return ProblemInstance.of(
                problem,
                ParameterValues.NONE,
                0,
                gates,
                domain,
                new FunctionClass("any", FunctionClass.binomial(4096, 8), gates.outputs()));
    }

    /** The network of a wiring with all channels placed, its hidden rows saturated. */
    public static SuperposedNetwork network(ChannelWiring wiring, InputDomain domain) {
        ClippedStages stages = new ClippedStages();
        new ClippedBlock(wiring, Resampling.UNCOUNTED).addTo(stages, true, false);
        return stages.network(
                wiring.inputCodes(), wiring.outputCodes(), domain, new Provenance("test", Map.of(), 0, Map.of()));
    }

    /** Builds with parameters as on the command line: name, value, name, value. */
    static SuperposedNetwork build(
            Construction construction, ProblemInstance instance, long seed, String... namesAndValues) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int t = 0; t < namesAndValues.length; t += 2) {
            given.put(namesAndValues[t], namesAndValues[t + 1]);
        }
        ParameterValues values =
                ParameterValues.parse("construction " + construction.id(), construction.parameters(), given);
        return construction.build(instance, values, new Seed(seed));
    }

    /** All inputs of the domain that the network gets wrong, by plain evaluation of the whole domain. */
    public static List<FeatureSet> wrongInputs(ProblemInstance instance, SuperposedNetwork network) {
        Evaluator evaluator = new PlainEvaluator(network);
        List<FeatureSet> wrong = new ArrayList<>();
        instance.domain().forEach(input -> {
            if (!evaluator.evaluate(input).equals(instance.evaluate(input))) {
                wrong.add(input);
            }
        });
        return wrong;
    }
}
