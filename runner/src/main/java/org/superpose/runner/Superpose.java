package org.superpose.runner;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.InvalidInputException;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.plugin.GivenPlugins;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.PluginSource;
import org.superpose.core.plugin.ServicePlugins;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.runner.plugin.PluginFolder;
import org.superpose.runner.run.Planner;
import org.superpose.runner.run.engine.ChosenEngine;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.LocalEngine;
import org.superpose.runner.workbench.Assignments;
import org.superpose.runner.workbench.Workbench;

/**
 * The runner inside another program: what the command line does, without one, also for maps that are no plugins
 * ({@link org.superpose.core.problem.Problems}). Several threads may use one object.
 *
 * <pre>{@code
 * try (Superpose superpose = Superpose.builder().threads(2).build()) {
 *     ExperimentRun.Results results = superpose.experiment("theorem-3-2")
 *             .set("sizes", "64,128")
 *             .out(Path.of("out/widths"))
 *             .run();
 * }
 * }</pre>
 *
 * <p>Closed, it starts nothing more and lets go of the jars of plugin folders. Results, networks and verdicts stay
 * good, and so do the folders that runs keep.
 *
 * <p>A program with Guice of its own installs {@link SuperposeModule} instead.
 */
public final class Superpose implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Superpose.class.getName());

    private final Injector injector;
    private final EmbeddedRun.Place place;

    private Superpose(Injector injector, EmbeddedRun.Place place) {
        this.injector = injector;
        this.place = place;
    }

    /** Starts with the plugins on the class path and a thread for each processor. */
    public static Builder builder() {
        return new Builder();
    }

    /** Draws instances, builds networks, verifies and measures them, one at a time. */
    public Workbench workbench() {
        return place.lifetime().during(() -> injector.getInstance(Workbench.class));
    }

    /** A network for a map, with the parameters that the construction has by default and the seed 1. */
    public BuiltNetwork build(ProblemInstance map, String construction) {
        return build(map, construction, Map.of());
    }

    /** A network for a map, with some parameters and the seed 1. */
    public BuiltNetwork build(ProblemInstance map, String construction, Map<String, ?> parameters) {
        return build(map, construction, parameters, 1);
    }

    /**
     * A network for a map.
     *
     * @param construction id of the construction
     * @param parameters values of its parameters by name, read as on the command line
     * @param seed the source of all randomness
     * @throws InvalidInputException if the construction does not build for the map, or a parameter does not fit
     * @throws IllegalStateException if this is closed
     */
    public BuiltNetwork build(ProblemInstance map, String construction, Map<String, ?> parameters, long seed) {
        return place.lifetime().during(() -> {
            Workbench bench = injector.getInstance(Workbench.class);
            Assignments assignments = Assignments.NONE;
            for (Map.Entry<String, ?> parameter : parameters.entrySet()) {
                assignments = assignments.with(parameter.getKey(), parameter.getValue());
            }
            assignments.requireDeclaredBy(bench.requireAccepted(map, construction));
            return bench.build(map, construction, assignments, new Seed(seed));
        });
    }

    /**
     * Whether a network is right on every input of its map, without limits, by the verifier that is most likely to
     * decide it soon.
     *
     * @throws InvalidInputException if no verifier can decide it
     * @throws IllegalStateException if this is closed
     * @throws InterruptedException if the calling thread was interrupted
     */
    public Verdict verify(BuiltNetwork built) throws InterruptedException {
        return verify(built, AutoVerifier.ID, VerificationBudget.unlimited().withThreads(place.threads()));
    }

    /**
     * Whether a network is right on every input of its map, as a verifier finds within a budget, where the engine says.
     *
     * @param verifier id of the verifier
     * @throws InvalidInputException if the verifier cannot decide it
     * @throws IllegalStateException if this is closed
     * @throws InterruptedException if the calling thread was interrupted
     */
    public Verdict verify(BuiltNetwork built, String verifier, VerificationBudget budget) throws InterruptedException {
        return place.lifetime().during(() -> {
            Workbench bench = injector.getInstance(Workbench.class);
            ExecutionEngine engine = ChosenEngine.of(place.engine(), Assignments.NONE, place.pluginFolder())
                    .engine();
            return engine.verify(bench, built, verifier, budget);
        });
    }

    /**
     * An experiment with the parameters that it has by default.
     *
     * @param idOrFile id of a registered experiment, or a YAML or JSON file
     */
    public ExperimentRun experiment(String idOrFile) {
        return new ExperimentRun(injector.getInstance(Planner.class), idOrFile, place);
    }

    /**
     * A search for the smallest width at which a network is built and verified, with the options that {@code superpose
     * search} has by default.
     *
     * @param problem id of the problem
     * @param construction id of the construction
     */
    public SearchRun search(String problem, String construction) {
        return new SearchRun(injector.getInstance(Planner.class), problem, construction, place);
    }

    /**
     * A search for the smallest width for one map. Its first width has to be set where nothing is known of the class of
     * functions that the map was drawn from, which is so for all of a program's own.
     *
     * @param map one of {@link org.superpose.core.problem.Problems}, for instance
     * @param construction id of the construction
     */
    public SearchRun search(ProblemInstance map, String construction) {
        return new SearchRun(injector.getInstance(Planner.class), map, construction, place);
    }

    /**
     * A sweep of one map over parameters and seeds.
     *
     * @param map one of {@link org.superpose.core.problem.Problems}, for instance
     * @param constructions ids of the constructions, at least one
     */
    public SweepRun sweep(ProblemInstance map, String... constructions) {
        return new SweepRun(injector.getInstance(Planner.class), map, List.of(constructions), place);
    }

    /**
     * Waits for what other threads are doing with this, and closes it; the second time nothing happens. A listener of a
     * run must not wait for it.
     *
     * @throws IllegalStateException if the calling thread is in a run of this
     */
    @Override
    public void close() {
        place.lifetime().close();
    }

    /** Collects what a {@link Superpose} is made of. */
    public static final class Builder {
        private final List<PluginSource> sources =
                new ArrayList<>(List.of(new ServicePlugins(Superpose.class.getClassLoader())));
        private final List<Plugin> given = new ArrayList<>();
        private final Set<String> trusted = new LinkedHashSet<>();
        private final List<Path> folders = new ArrayList<>();
        private final List<PluginFolder> opened = new ArrayList<>();
        private String engine = LocalEngine.ID;
        private int threads = Runtime.getRuntime().availableProcessors();

        private Builder() {}

        /**
         * Adds the plugins in the jars of a folder. One that cannot be loaded is an error here, where nobody would read
         * a message.
         *
         * @throws InvalidInputException if there is no such folder, or a plugin in it cannot be loaded
         */
        public Builder pluginDir(Path folder) {
            PluginFolder plugins = PluginFolder.open(folder, Superpose.class.getClassLoader());
            if (!plugins.failures().isEmpty()) {
                throw new InvalidInputException(String.join("; ", plugins.failures()));
            }
            plugins.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
            sources.add(plugins);
            opened.add(plugins);
            folders.add(folder);
            return this;
        }

        /** Adds a problem, construction, verifier, experiment or engine of the program's own. */
        public Builder plugin(Plugin plugin) {
            given.add(plugin);
            return this;
        }

        /**
         * Lets {@code auto} take a verifier that is not core's. Without it such a verifier is asked only by its id.
         *
         * @param verifier its id; one that there is not is an error of {@link #build}
         */
        public Builder trust(String verifier) {
            trusted.add(verifier);
            return this;
        }

        /**
         * Chooses where units run: {@code local}, the threads of this process, unless set. Settings of the engine are
         * given to each run by {@link ExperimentRun#set}. Results do not depend on it.
         *
         * @param id of an engine; one that there is not is an error of {@link #build}
         */
        public Builder engine(String id) {
            engine = id;
            return this;
        }

        /**
         * Bounds the threads that work at the same time. Results do not depend on it.
         *
         * @throws InvalidInputException if there is not at least one
         */
        public Builder threads(int threads) {
            if (threads < 1) {
                throw new InvalidInputException("threads " + threads + " must be at least 1");
            }
            this.threads = threads;
            return this;
        }

        /**
         * Finds the plugins.
         *
         * @throws InvalidInputException if two of one kind have one id, a verifier that is trusted or the engine is not
         *     there, or plugins of several folders would have to go with an engine to other machines
         */
        public Superpose build() {
            List<PluginSource> all = new ArrayList<>(sources);
            all.add(new GivenPlugins(given));
            Injector injector = Guice.createInjector(new SuperposeModule(all, trusted));
            Planner planner;
            try {
                // Needs every catalog: two plugins of one id are found out here.
                planner = injector.getInstance(Planner.class);
            } catch (ProvisionException refused) {
                throw refused.getCause() instanceof InvalidInputException clash ? clash : refused;
            }
            if (!engine.equals(LocalEngine.ID) && folders.size() > 1) {
                throw new InvalidInputException("the engine " + engine + " takes the plugins of one folder with it, not"
                        + " of " + folders.size() + ": " + folders);
            }
            Optional<Path> folder = folders.stream().findFirst();
            return new Superpose(
                    injector, new EmbeddedRun.Place(planner.engine(engine), folder, threads, new Lifetime(opened)));
        }
    }
}
