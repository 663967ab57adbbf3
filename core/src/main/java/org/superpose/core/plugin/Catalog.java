package org.superpose.core.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;

/**
 * All plugins of one kind that {@link ServiceLoader} finds, by id. Immutable.
 *
 * <p>A plugin that fails while it is loaded is left out and reported in {@link #failures()}; the rest works.
 *
 * @param <P> the kind: problem, construction, verifier, ...
 */
public final class Catalog<P extends Plugin> {
    private final String kind;
    private final Map<String, Entry<P>> entries;
    private final List<String> failures;

    private Catalog(String kind, Map<String, Entry<P>> entries, List<String> failures) {
        this.kind = kind;
        this.entries = entries;
        this.failures = List.copyOf(failures);
    }

    /**
     * One plugin and the place it came from.
     *
     * @param origin the jar or folder, or "unknown"
     */
    public record Entry<P extends Plugin>(P plugin, String origin) {}

    /**
     * Loads the plugins that a class loader sees.
     *
     * @param kind what they are called in messages: "problem"
     * @throws InvalidInputException if two of them have one id; both origins are named
     */
    public static <P extends Plugin> Catalog<P> load(String kind, Class<P> service, ClassLoader loader) {
        List<P> plugins = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Iterator<P> found = ServiceLoader.load(service, loader).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                plugins.add(found.next());
            } catch (ServiceConfigurationError | LinkageError broken) {
                failures.add("a " + kind + " plugin could not be loaded: " + rootMessage(broken));
            }
        }
        return of(kind, plugins, failures);
    }

    /** A catalog of the given plugins. */
    public static <P extends Plugin> Catalog<P> of(String kind, Collection<? extends P> plugins) {
        return of(kind, plugins, List.of());
    }

    private static <P extends Plugin> Catalog<P> of(
            String kind, Collection<? extends P> plugins, List<String> failures) {
        Map<String, Entry<P>> entries = new TreeMap<>();
        for (P plugin : plugins) {
            Entry<P> entry = new Entry<>(plugin, originOf(plugin.getClass()));
            Entry<P> earlier = entries.putIfAbsent(plugin.id(), entry);
            if (earlier != null) {
                throw new InvalidInputException("two plugins have the " + kind + " id \"" + plugin.id() + "\": "
                        + earlier.plugin().getClass().getName() + " in " + earlier.origin() + " and "
                        + plugin.getClass().getName() + " in " + entry.origin());
            }
        }
        return new Catalog<>(kind, new LinkedHashMap<>(entries), failures);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure ? failure.getMessage() : failure.getMessage() + " (" + root + ")";
    }

    private static String originOf(Class<?> type) {
        var source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "unknown";
        }
        String path = source.getLocation().getPath();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.endsWith("/classes") ? trimmed : trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    /**
     * The plugin of an id.
     *
     * @throws InvalidInputException if there is none; the message names the nearest one
     */
    public P require(String id) {
        Entry<P> entry = entries.get(id);
        if (entry == null) {
            throw new InvalidInputException(
                    "there is no " + kind + " \"" + id + "\"" + NearestName.suggestion(id, entries.keySet()));
        }
        return entry.plugin();
    }

    /** All plugins with their origins, by ascending id. */
    public List<Entry<P>> entries() {
        return List.copyOf(entries.values());
    }

    /** All plugins, by ascending id. */
    public List<P> plugins() {
        return entries.values().stream().map(Entry::plugin).toList();
    }

    /** One sentence for each plugin that could not be loaded. */
    public List<String> failures() {
        return failures;
    }
}
