package org.superpose.core.plugin;

/**
 * A plugin that leaves the work to others of its kind: the automatic verifier, a construction made of blocks.
 *
 * <p>Every {@link Catalog} gives such a plugin the others when it is made, and holds what comes back in its place. So
 * the choice is among the plugins that this catalog has, wherever they come from: the class path, a folder of jars, an
 * injector, a list. One that is in no catalog chooses among those that {@link java.util.ServiceLoader} finds.
 *
 * @param <P> the kind that it chooses among, which is its own
 */
public interface ChoosesAmong<P extends Plugin> extends Plugin {
    /**
     * The same plugin with another choice; this one stays as it is.
     *
     * @param catalog all plugins of the kind but those that choose themselves, so that no two can ask each other for
     *     ever
     * @return a plugin of the same class with the same id, which chooses among those of the catalog
     */
    P choosingAmong(Catalog<P> catalog);
}
