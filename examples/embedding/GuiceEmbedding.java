import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.Multibinder;
import java.util.Map;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.SuperposeModule;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/** An application with Guice of its own: installs the runner and brings a construction that is no plugin jar. */
public final class GuiceEmbedding extends AbstractModule {
    @Override
    protected void configure() {
        install(new SuperposeModule());
        Multibinder.newSetBinder(binder(), Construction.class).addBinding().to(House.class);
    }

    /** The application's own construction: here simply another one under a name of the house. */
    static final class House implements Construction {
        private final Construction inner = Catalog.load(
                        "construction", Construction.class, getClass().getClassLoader())
                .require("dedicated");

        @Override
        public String id() {
            return "house";
        }

        @Override
        public String title() {
            return "the construction of the house";
        }

        @Override
        public Acceptance accepts(ProblemInstance instance) {
            return inner.accepts(instance);
        }

        @Override
        public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
            return inner.build(instance, parameters, seed);
        }
    }

    public static void main(String[] arguments) {
        Injector injector = Guice.createInjector(new GuiceEmbedding());
        Workbench workbench = injector.getInstance(Workbench.class);
        Workbench.Outcome outcome = workbench.buildAndVerify(
                NetworkRecipe.of("permutation", "house", new Assignments(Map.of("inputs", "50")), new Seed(1)),
                "auto",
                VerificationBudget.unlimited());
        System.out.println("house " + outcome.verdict().status());
    }
}
