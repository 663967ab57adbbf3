package org.superpose.runner.determinism;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.construction.Construction;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.Verifier;

/**
 * Prints the digests of networks, and the verdict of every verifier with 1, 2 and 8 threads; needs only core, problems
 * and constructions. On standard error it says which kernel it ran on.
 */
final class DigestProgram {
    private static final List<String> RECIPES = List.of(
            "dedicated two-and inputs=40 outputs=40 max-active=3",
            "linear-permutation permutation inputs=64 width=200 max-active=2",
            "linear-two-and two-and inputs=40 outputs=60 influence=zipf width=600",
            "linear-two-and two-and inputs=40 outputs=40 width=60 decompression=least-squares",
            "linear-k-and k-and inputs=20 outputs=10 width=300",
            "k-and-tree k-and inputs=9 outputs=5 width=200",
            "universal-and-rademacher two-and inputs=8 outputs=8 width=200",
            "clipped-permutation permutation inputs=200 width=90",
            "clipped-and two-and inputs=100 outputs=100 width=70",
            "clipped-and two-and inputs=100 outputs=100 width=40",
            "clipped-and k-and inputs=16 outputs=12 max-active=4 width=120 saturate=always",
            "clipped layered inputs=20 layers=permutation,two-and(outputs=16) width=90");

    private DigestProgram() {}

    public static void main(String[] arguments) {
        ClassLoader loader = DigestProgram.class.getClassLoader();
        Catalog<Problem> problems = Catalog.load("problem", Problem.class, loader);
        Catalog<Construction> constructions = Catalog.load("construction", Construction.class, loader);
        Catalog<Verifier> verifiers = Catalog.load("verifier", Verifier.class, loader);
        for (String recipe : RECIPES) {
            String[] words = recipe.split(" ");
            Problem problem = problems.require(words[1]);
            Construction construction = constructions.require(words[0]);
            ProblemInstance instance = problem.instantiate(values(problem, words), new Seed(11));
            BuiltNetwork built =
                    new BuiltNetwork(instance, construction.build(instance, values(construction, words), new Seed(12)));
            System.out.println(recipe + ": " + NetworkDigest.of(built));
            for (Verifier verifier : verifiers.plugins()) {
                if (verifier.accepts(new BuiltNetwork(instance, built.network()))
                        .isAccepted()) {
                    for (int threads : new int[] {1, 2, 8}) {
                        System.out.println("  with " + threads + " threads: "
                                + verifier.verify(
                                        new BuiltNetwork(instance, built.network()),
                                        VerificationBudget.unlimited()
                                                .withSamples(500)
                                                .withThreads(threads)));
                    }
                }
            }
        }
        System.err.println("kernel " + Kernels.best().name());
    }

    private static ParameterValues values(Plugin plugin, String[] words) {
        Map<String, String> own = new LinkedHashMap<>();
        for (int t = 2; t < words.length; t++) {
            int equals = words[t].indexOf('=');
            for (Parameter<?> parameter : plugin.parameters()) {
                if (parameter.name().equals(words[t].substring(0, equals))) {
                    own.put(parameter.name(), words[t].substring(equals + 1));
                }
            }
        }
        return ParameterValues.parse(plugin.id(), plugin.parameters(), own);
    }
}
