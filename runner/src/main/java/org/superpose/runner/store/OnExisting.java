package org.superpose.runner.store;

/** What to do when a folder holds results of the same sweep already. */
public enum OnExisting {
    /** Refuse it. */
    REFUSE,
    /** Go on with it, if the plugins that made its rows are still the same. */
    RESUME,
    /** Go on with it, even if the plugins that made its rows have changed. */
    RESUME_WITH_CHANGED_PLUGINS
}
