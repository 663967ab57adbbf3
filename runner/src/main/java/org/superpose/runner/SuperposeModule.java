package org.superpose.runner;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.superpose.core.construction.Construction;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.problem.Problem;
import org.superpose.core.verify.Verifier;
import org.superpose.runner.engine.ExecutionEngine;
import org.superpose.runner.experiment.Experiment;

/** Wires the runner: every plugin comes from {@link java.util.ServiceLoader}, none is named here. */
public final class SuperposeModule extends AbstractModule {
    private final ClassLoader plugins;

    /** @param plugins the class loader in which plugins are looked for */
    public SuperposeModule(ClassLoader plugins) {
        this.plugins = plugins;
    }

    /** Looks for plugins on the class path. */
    public SuperposeModule() {
        this(SuperposeModule.class.getClassLoader());
    }

    @Provides
    @Singleton
    Catalog<Problem> problems() {
        return Catalog.load("problem", Problem.class, plugins);
    }

    @Provides
    @Singleton
    Catalog<Construction> constructions() {
        return Catalog.load("construction", Construction.class, plugins);
    }

    @Provides
    @Singleton
    Catalog<Verifier> verifiers() {
        return Catalog.load("verifier", Verifier.class, plugins);
    }

    @Provides
    @Singleton
    Catalog<Experiment> experiments() {
        return Catalog.load("experiment", Experiment.class, plugins);
    }

    @Provides
    @Singleton
    Catalog<ExecutionEngine> engines() {
        return Catalog.load("engine", ExecutionEngine.class, plugins);
    }
}
