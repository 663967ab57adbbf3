import java.util.Map;
import org.superpose.core.construction.Construction;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;

/** Builds, verifies and evaluates a network with three modules of Superpose and nothing else. */
public final class EmbeddedNetwork {
    public static void main(String[] arguments) {
        ClassLoader loader = EmbeddedNetwork.class.getClassLoader();
        Problem problem = Catalog.load("problem", Problem.class, loader).require("two-and");
        Construction construction = Catalog.load("construction", Construction.class, loader).require("clipped-and");

        ParameterValues size = ParameterValues.parse(
                "two-and", problem.parameters(), Map.of("inputs", "128", "outputs", "128"));
        ParameterValues width = ParameterValues.parse("clipped-and", construction.parameters(), Map.of("width", "112"));
        ProblemInstance instance = problem.instantiate(size, new Seed(1));
        SuperposedNetwork network = construction.build(instance, width, new Seed(1));

        BuiltNetwork built = new BuiltNetwork(instance, network);
        Verdict verdict = new AutoVerifier().verify(built, VerificationBudget.unlimited());
        FeatureSet pair = FeatureSet.of(instance.gates().reads(0));
        FeatureSet on = new KernelEvaluator(network).evaluate(pair);

        System.out.println("verdict " + verdict.status() + " on " + verdict.inputsCovered() + " inputs");
        System.out.println(
                network.width() + " neurons for " + network.outputs() + " outputs; " + pair + " turns on " + on);
        System.out.println("kernel " + Kernels.best().name());
    }
}
