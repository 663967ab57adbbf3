package org.superpose.core.kernel;

/**
 * Loads the module of the Vector API after Java has started, as Java itself loads the modules of its agents. With
 * {@code --add-modules} every command would begin with a warning of Java's about incubator modules, and those that use
 * no kernel would load the module for nothing.
 */
final class VectorModule {
    static final String NAME = "jdk.incubator.vector";

    private VectorModule() {}

    /**
     * Loads the module if it is not there yet, and if Java was started with {@code --add-exports
     * java.base/jdk.internal.module=ALL-UNNAMED}; otherwise the kernels say what is missing.
     */
    static void load() {
        if (ModuleLayer.boot().findModule(NAME).isPresent()) {
            return;
        }
        try {
            Class.forName("jdk.internal.module.Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, NAME);
        } catch (ReflectiveOperationException | RuntimeException notAllowed) {
            // Superpose works without it.
        }
    }
}
