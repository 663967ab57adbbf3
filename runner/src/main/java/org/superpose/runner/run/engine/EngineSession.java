package org.superpose.runner.run.engine;

/** What an engine has started to run units of one sweep, one request after the other. For one thread. */
public interface EngineSession extends AutoCloseable {
    /**
     * Runs units as {@link ExecutionEngine#run} does.
     *
     * @param request of the sweep of the session
     * @throws InterruptedException if the calling thread was interrupted; running units were given up, unrecorded
     */
    void run(ExecutionRequest request) throws InterruptedException;

    /** Ends what was started. */
    @Override
    void close();

    /** The session of an engine that starts each request anew. */
    static EngineSession of(ExecutionEngine engine) {
        return new EngineSession() {
            @Override
            public void run(ExecutionRequest request) throws InterruptedException {
                engine.run(request);
            }

            @Override
            public void close() {}
        };
    }
}
