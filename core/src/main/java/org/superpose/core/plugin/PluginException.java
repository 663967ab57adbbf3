package org.superpose.core.plugin;

/**
 * A plugin that is not Superpose's own failed, or broke the rules of its interface. The message is one sentence that
 * names the plugin and its jar.
 */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that says what the plugin did. */
    public PluginException(String message) {
        super(message);
    }

    /** With a sentence that says what the plugin did, and what it threw. */
    public PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
