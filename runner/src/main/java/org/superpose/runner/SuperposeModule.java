package org.superpose.runner;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.superpose.core.construction.Construction;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.GivenPlugins;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.PluginSource;
import org.superpose.core.plugin.ServicePlugins;
import org.superpose.core.problem.Problem;
import org.superpose.core.verify.Verifier;
import org.superpose.core.verify.VerifierGuard;
import org.superpose.runner.experiment.Experiment;
import org.superpose.runner.guest.Guests;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.workbench.NameWarnings;

/**
 * Wires the runner: every plugin comes from {@link java.util.ServiceLoader}, none is named here.
 *
 * <p>A tool that embeds the runner installs this module and adds plugins of its own with a {@link Multibinder}:
 *
 * <pre>{@code
 * Multibinder.newSetBinder(binder(), Construction.class).addBinding().to(MyConstruction.class);
 * }</pre>
 */
public final class SuperposeModule extends AbstractModule {
    private final List<PluginSource> sources;
    private final Set<String> trusted;

    /** Looks for plugins in the given sources; {@code auto} takes no verifier but core's. */
    public SuperposeModule(List<? extends PluginSource> sources) {
        this(sources, Set.of());
    }

    /**
     * Looks for plugins in the given sources.
     *
     * @param trusted ids of verifiers that {@code auto} may take though they are not core's
     */
    public SuperposeModule(List<? extends PluginSource> sources, Collection<String> trusted) {
        this.sources = List.copyOf(sources);
        this.trusted = Set.copyOf(trusted);
    }

    /** Looks for plugins on the class path. */
    public SuperposeModule() {
        this(List.of(new ServicePlugins(SuperposeModule.class.getClassLoader())));
    }

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), Problem.class);
        Multibinder.newSetBinder(binder(), Construction.class);
        Multibinder.newSetBinder(binder(), Verifier.class);
        Multibinder.newSetBinder(binder(), Experiment.class);
        Multibinder.newSetBinder(binder(), ExecutionEngine.class);
        OptionalBinder.newOptionalBinder(binder(), NameWarnings.class)
                .setDefault()
                .toInstance(NameWarnings.logged());
    }

    @Provides
    @Singleton
    Catalog<Problem> problems(Set<Problem> bound) {
        return catalog("problem", Problem.class, bound, Guests::problem);
    }

    @Provides
    @Singleton
    Catalog<Construction> constructions(Set<Construction> bound) {
        return catalog("construction", Construction.class, bound, Guests::construction);
    }

    @Provides
    @Singleton
    Catalog<Verifier> verifiers(Set<Verifier> bound) {
        return VerifierGuard.around(catalog("verifier", Verifier.class, bound, Catalog.Entry::plugin), trusted);
    }

    @Provides
    @Singleton
    Catalog<Experiment> experiments(Set<Experiment> bound) {
        return catalog("experiment", Experiment.class, bound, Guests::experiment);
    }

    @Provides
    @Singleton
    Catalog<ExecutionEngine> engines(Set<ExecutionEngine> bound) {
        return catalog("engine", ExecutionEngine.class, bound, Guests::engine);
    }

    private <P extends Plugin> Catalog<P> catalog(
            String kind, Class<P> service, Set<P> bound, Function<Catalog.Entry<P>, P> guard) {
        List<PluginSource> all = new ArrayList<>(sources);
        all.add(new GivenPlugins(bound));
        return Catalog.from(kind, service, all, guard);
    }
}
