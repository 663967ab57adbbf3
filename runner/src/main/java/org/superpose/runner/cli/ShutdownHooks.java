package org.superpose.runner.cli;

/** What is done when the process is told to end. */
final class ShutdownHooks {
    private ShutdownHooks() {}

    /** Takes a hook back, unless the process is ending: then the hook does its work. */
    static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // too late, and right so
        }
    }
}
