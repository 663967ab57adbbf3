package org.superpose.runner.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.Plugin;
import org.superpose.core.plugin.PluginFile;
import org.superpose.core.plugin.ServicePlugins;

/**
 * Finds the plugins of a folder that have one id, and decides which are left out, so that the rest works. Of two
 * versions of one plugin, which are told by one class that both jars have, the jar of the newer version stays.
 */
final class Clashes {
    private final Set<PluginJar> skippedJars = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<PluginJar.Offer> skippedOffers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> failures = new LinkedHashSet<>();

    private Clashes() {}

    /**
     * Looks through some jars.
     *
     * @param parent has Superpose's own plugins
     */
    static Clashes among(List<PluginJar> jars, ClassLoader parent) {
        Clashes clashes = new Clashes();
        clashes.skipWhatSuperposeHas(jars, parent);
        clashes.skipCopies(jars);
        clashes.skipOlderVersions(jars);
        clashes.skipWhatIsAmbiguous(jars);
        return clashes;
    }

    /** The plugins of a jar that stay. */
    List<PluginJar.Offer> remaining(PluginJar jar) {
        return skippedJars.contains(jar)
                ? List.of()
                : jar.offers().stream()
                        .filter(offer -> !skippedOffers.contains(offer))
                        .toList();
    }

    /** One sentence for each plugin or jar that is left out. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private void skipWhatSuperposeHas(List<PluginJar> jars, ClassLoader parent) {
        Map<Class<?>, Set<String>> own = new HashMap<>();
        for (PluginJar jar : jars) {
            for (PluginJar.Offer offer : jar.offers()) {
                if (own.computeIfAbsent(offer.service(), service -> ids(offer, parent))
                        .contains(offer.id())) {
                    skippedOffers.add(offer);
                    failures.add(jar.name() + ": the " + offer.kind() + " \"" + offer.id() + "\" (" + offer.className()
                            + ") has the id of one that Superpose has itself");
                }
            }
        }
    }

    private static Set<String> ids(PluginJar.Offer offer, ClassLoader parent) {
        Set<String> ids = new HashSet<>();
        for (Catalog.Entry<? extends Plugin> entry :
                new ServicePlugins(parent).find(offer.kind(), offer.service()).plugins()) {
            ids.add(entry.plugin().id());
        }
        return ids;
    }

    private void skipCopies(List<PluginJar> jars) {
        Map<String, PluginJar> seen = new HashMap<>();
        for (PluginJar jar : jars) {
            for (PluginFile file : jar.files().files()) {
                if (file.jar().equals(jar.name()) && !file.sha256().isEmpty()) {
                    PluginJar first = seen.putIfAbsent(file.sha256(), jar);
                    if (first != null && skippedJars.add(jar)) {
                        failures.add(jar.name() + " is the same file as " + first.name() + ", which is used");
                    }
                }
            }
        }
    }

    /** A plugin and its jar. */
    private record Claim(PluginJar jar, PluginJar.Offer offer) {
        String name() {
            return offer.className() + " in " + jar.name();
        }
    }

    /** Those that have one id, for each id that several have. */
    private List<List<Claim>> clashes(List<PluginJar> jars) {
        Map<List<Object>, List<Claim>> claims = new LinkedHashMap<>();
        for (PluginJar jar : jars) {
            for (PluginJar.Offer offer : remaining(jar)) {
                claims.computeIfAbsent(List.of(offer.service(), offer.id()), id -> new ArrayList<>())
                        .add(new Claim(jar, offer));
            }
        }
        return claims.values().stream().filter(several -> several.size() > 1).toList();
    }

    private void skipOlderVersions(List<PluginJar> jars) {
        for (List<Claim> clash : clashes(jars)) {
            if (clash.stream()
                            .map(claim -> claim.offer().className())
                            .distinct()
                            .count()
                    == 1) {
                newest(clash)
                        .ifPresent(newest -> clash.stream()
                                .map(Claim::jar)
                                .filter(jar -> jar != newest && skippedJars.add(jar))
                                .forEach(jar -> failures.add(jar.name() + " (version " + jar.version()
                                        + ") is an older version of " + newest.name() + " (version " + newest.version()
                                        + "), which is used")));
            }
        }
    }

    /** The jar whose version is newer than those of all others, or empty if versions do not tell. */
    private static Optional<PluginJar> newest(List<Claim> clash) {
        return clash.stream()
                .map(Claim::jar)
                .filter(jar -> clash.stream()
                        .map(Claim::jar)
                        .allMatch(other -> other == jar
                                || !jar.version().isEmpty()
                                        && !other.version().isEmpty()
                                        && ReleaseNumber.of(jar.version())
                                                .isNewerThan(ReleaseNumber.of(other.version()))))
                .findFirst()
                .filter(jar -> clash.stream().map(Claim::jar).anyMatch(other -> other != jar));
    }

    private void skipWhatIsAmbiguous(List<PluginJar> jars) {
        for (List<Claim> clash : clashes(jars)) {
            PluginJar.Offer first = clash.get(0).offer();
            clash.forEach(claim -> skippedOffers.add(claim.offer()));
            failures.add(String.join(" and ", clash.stream().map(Claim::name).toList()) + " are each the "
                    + first.kind() + " \"" + first.id() + "\", and nothing says which is meant: none of them is used;"
                    + " remove all but one");
        }
    }
}
