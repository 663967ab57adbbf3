package org.superpose.core.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;

/**
 * All plugins of one kind, by id. Immutable.
 *
 * <p>A plugin that fails while it is loaded is left out and reported in {@link #failures()}; the rest works. Plugins
 * that choose among others choose among those of this catalog ({@link ChoosesAmong}).
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
     * @param plugin the plugin
     * @param origin the name of its jar, the folder of its classes, or "unknown"
     * @param version the version of its module or in the manifest of its jar, or "" if there is none
     * @param files what is recorded of it where it takes part; nothing of Superpose's own
     */
    public record Entry<P extends Plugin>(P plugin, String origin, String version, PluginFiles files) {
        /** The entry of a plugin; all about it is that of its class. */
        public static <P extends Plugin> Entry<P> of(P plugin) {
            return of(plugin, PluginOrigin.filesOf(plugin.getClass()));
        }

        /** The entry of a plugin of whose files the digests are known; origin and version are those of its class. */
        public static <P extends Plugin> Entry<P> of(P plugin, PluginFiles files) {
            Class<?> type = plugin.getClass();
            return new Entry<>(plugin, PluginOrigin.of(type), PluginOrigin.versionOf(type), files);
        }

        private Entry<P> replacedBy(P other) {
            return new Entry<>(other, origin, version, files);
        }

        private Entry<P> choosingAmong(Catalog<P> choice) {
            if (!(plugin instanceof ChoosesAmong)) {
                return this;
            }
            @SuppressWarnings("unchecked") // a plugin chooses among its own kind
            P choosing = ((ChoosesAmong<P>) plugin).choosingAmong(choice);
            if (choosing.getClass() != plugin.getClass() || !choosing.id().equals(plugin.id())) {
                throw new IllegalStateException("it came back as another plugin, "
                        + choosing.getClass().getName() + " with the id \"" + choosing.id() + "\"");
            }
            return replacedBy(choosing);
        }
    }

    /**
     * Loads the plugins that {@link ServiceLoader} finds through a class loader.
     *
     * @param kind what they are called in messages: "problem"
     * @param service the interface that they implement
     * @param loader the class loader
     * @throws InvalidInputException if two of them have one id; both origins are named
     */
    public static <P extends Plugin> Catalog<P> load(String kind, Class<P> service, ClassLoader loader) {
        return from(kind, service, List.of(new ServicePlugins(loader)));
    }

    /**
     * The plugins of several sources.
     *
     * @param kind what they are called in messages: "problem"
     * @param service the interface that they implement
     * @param sources where they are found
     * @throws InvalidInputException if two of them have one id; both origins are named
     */
    public static <P extends Plugin> Catalog<P> from(
            String kind, Class<P> service, Collection<? extends PluginSource> sources) {
        return from(kind, service, sources, Entry::plugin);
    }

    /**
     * The plugins of several sources, each behind a guard before anybody uses it.
     *
     * @param kind what they are called in messages: "problem"
     * @param service the interface that they implement
     * @param sources where they are found
     * @param guard gives what takes the place of a plugin, of the same id; or the plugin itself. One whose guard throws
     *     a {@link PluginException} is left out and reported
     * @throws InvalidInputException if two of them have one id; both origins are named
     */
    public static <P extends Plugin> Catalog<P> from(
            String kind, Class<P> service, Collection<? extends PluginSource> sources, Function<Entry<P>, P> guard) {
        List<Entry<P>> found = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (PluginSource source : sources) {
            PluginSource.Found<P> part = source.find(kind, service);
            found.addAll(part.plugins());
            failures.addAll(part.failures());
        }
        return guarded(kind, byId(kind, found, failures), failures, guard);
    }

    /**
     * A catalog of the given plugins.
     *
     * @param kind what they are called in messages: "problem"
     * @param plugins those to be in it
     * @throws InvalidInputException if two of them have one id
     */
    public static <P extends Plugin> Catalog<P> of(String kind, Collection<? extends P> plugins) {
        List<Entry<P>> given = new ArrayList<>();
        for (P plugin : plugins) {
            given.add(Entry.of(plugin));
        }
        List<String> broken = new ArrayList<>();
        Map<String, Entry<P>> entries = byId(kind, given, broken);
        return new Catalog<>(kind, entries, broken).bound();
    }

    /**
     * The same catalog with one more plugin. It takes the place of one of the same id, and what is recorded of that one
     * stays.
     *
     * @param plugin the plugin
     */
    public Catalog<P> with(P plugin) {
        Map<String, Entry<P>> all = new TreeMap<>(entries);
        all.merge(plugin.id(), Entry.of(plugin), (earlier, added) -> earlier.replacedBy(plugin));
        return new Catalog<>(kind, all, failures).bound();
    }

    /**
     * The same catalog with some plugins replaced; those that choose among others choose among the new ones.
     *
     * @param replacement gives the plugin to take the place of another, of the same id; or the other itself. One whose
     *     replacement throws a {@link PluginException} is left out and reported
     */
    public Catalog<P> replacing(UnaryOperator<P> replacement) {
        return guarded(entry -> replacement.apply(entry.plugin()));
    }

    /**
     * The same catalog with guards around some plugins; those that choose among others choose among the guards.
     *
     * @param guard gives what takes the place of a plugin, of the same id; or the plugin itself. One whose guard throws
     *     a {@link PluginException} is left out and reported
     */
    public Catalog<P> guarded(Function<Entry<P>, P> guard) {
        return guarded(kind, entries, failures, guard);
    }

    private static <P extends Plugin> Catalog<P> guarded(
            String kind, Map<String, Entry<P>> entries, List<String> failures, Function<Entry<P>, P> guard) {
        Map<String, Entry<P>> guarded = new TreeMap<>();
        List<String> broken = new ArrayList<>(failures);
        entries.forEach((id, entry) -> {
            try {
                P plugin = guard.apply(entry);
                guarded.put(plugin.id(), entry.replacedBy(plugin));
            } catch (PluginException failure) {
                broken.add(failure.getMessage());
            }
        });
        return new Catalog<>(kind, guarded, broken).bound();
    }

    /** @param broken is told of those that do not say their id */
    private static <P extends Plugin> Map<String, Entry<P>> byId(
            String kind, List<Entry<P>> found, List<String> broken) {
        Map<String, Entry<P>> entries = new TreeMap<>();
        for (Entry<P> entry : found) {
            String id;
            try {
                id = entry.plugin().id();
            } catch (LinkageError | RuntimeException failure) {
                broken.add("the " + kind + " plugin " + place(entry) + " does not say its id: " + failure);
                continue;
            }
            Entry<P> earlier = entries.putIfAbsent(id, entry);
            if (earlier != null) {
                throw new InvalidInputException("two plugins have the " + kind + " id \"" + id + "\": " + place(earlier)
                        + " and " + place(entry));
            }
        }
        return entries;
    }

    /**
     * This catalog with every plugin that chooses among others choosing among the rest; those that fail are left out.
     */
    private Catalog<P> bound() {
        Map<String, Entry<P>> rest = new LinkedHashMap<>(entries);
        rest.values().removeIf(entry -> entry.plugin() instanceof ChoosesAmong);
        Catalog<P> choice = new Catalog<>(kind, rest, failures);
        Map<String, Entry<P>> all = new LinkedHashMap<>();
        List<String> broken = new ArrayList<>(failures);
        entries.forEach((id, entry) -> {
            try {
                all.put(id, entry.choosingAmong(choice));
            } catch (LinkageError | RuntimeException failure) {
                broken.add("the " + kind + " plugin " + place(entry) + " cannot choose among others: " + failure);
            }
        });
        return new Catalog<>(kind, all, broken);
    }

    private static String place(Entry<?> entry) {
        return entry.plugin().getClass().getName() + " in " + entry.origin();
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

    /**
     * What is recorded of the plugin of an id where it takes part; nothing if there is none, or it is Superpose's own.
     */
    public PluginFiles files(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::files).orElse(PluginFiles.NONE);
    }

    /** What is recorded of all plugins together. */
    public PluginFiles files() {
        return PluginFiles.together(entries.values().stream().map(Entry::files).toList());
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
