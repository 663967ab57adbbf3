package org.superpose.core.plugin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The plugins that {@link ServiceLoader} finds through a class loader, on class path and module path alike. */
public final class ServicePlugins implements PluginSource {
    /**
     * Equal failures after which the look-up is given up: plugins that lack the same class fail alike, but once each; a
     * look-up that is broken itself fails alike for ever.
     */
    private static final int MOST_REPEATS = 1000;

    private final ClassLoader loader;

    /** Looks through the given class loader and its parents. */
    public ServicePlugins(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public <P extends Plugin> Found<P> find(String kind, Class<P> service) {
        // A named module may only look for services that it declares to use; those of other
        // modules, experiments for one, it cannot know.
        ServicePlugins.class.getModule().addUses(service);
        List<Catalog.Entry<P>> plugins = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Iterator<P> found = ServiceLoader.load(service, loader).iterator();
        int repeats = 0;
        while (repeats < MOST_REPEATS) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                P plugin = found.next();
                PluginDescription.require(plugin);
                plugins.add(Catalog.Entry.of(plugin));
            } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
                String failure = "a " + kind + " plugin could not be loaded: " + rootMessage(broken);
                if (failures.contains(failure)) {
                    repeats++;
                } else {
                    failures.add(failure);
                }
            }
        }
        return new Found<>(plugins, failures);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure instanceof LinkageError) {
            message = failure.toString();
        }
        return root == failure ? message : message + " (" + root + ")";
    }
}
