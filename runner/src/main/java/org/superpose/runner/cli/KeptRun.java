package org.superpose.runner.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.superpose.core.plugin.PluginFiles;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.run.Ledger;
import org.superpose.runner.run.OnFailure;
import org.superpose.runner.run.Plan;
import org.superpose.runner.run.SweepRunner;
import org.superpose.runner.run.engine.ExecutionEngine;
import org.superpose.runner.run.engine.SweepListener;
import org.superpose.runner.store.OnExisting;
import org.superpose.runner.store.RunDescription;
import org.superpose.runner.store.file.StoreException;

/**
 * A run that a command makes: what is done is in the folder of {@code --out}, if there is one, whatever ends the
 * process.
 *
 * @param console where it says so
 * @param out the folder, or empty
 * @param existing what to do if the folder holds a part of the run
 * @param plugins those that are loaded
 * @param command the command as given
 * @param rest what is said when the store cannot be written any more, behind the reason
 */
record KeptRun(
        Console console, Optional<Path> out, OnExisting existing, PluginFiles plugins, String command, String rest) {
    /** What a command does with the runner of its plan. */
    @FunctionalInterface
    interface Work {
        /** Works to the end and returns the exit status. */
        int run(SweepRunner runner) throws InterruptedException;
    }

    /**
     * Runs.
     *
     * @param reproduce the command that does the same without a folder
     * @return the exit status
     */
    int run(Plan plan, String reproduce, ExecutionEngine engine, OnFailure onFailure, SweepListener listener, Work work)
            throws InterruptedException {
        try (Ledger ledger = ledger(plan, reproduce, engine)) {
            return run(new SweepRunner(plan.sweep(), engine, ledger, onFailure, listener), work);
        } catch (StoreException unwritable) {
            console.say("superpose: " + unwritable.getMessage() + "; " + rest);
            return ExitStatus.INTERNAL_ERROR;
        }
    }

    private Ledger ledger(Plan plan, String reproduce, ExecutionEngine engine) {
        if (out.isEmpty()) {
            return Ledger.inMemory();
        }
        int threads = plan.sweep().budget().threads();
        RunDescription description =
                RunDescription.here(command, reproduce, engine.id(), threads).withPlugins(plugins);
        return Ledger.open(out.get(), plan, description, existing, console::say);
    }

    private int run(SweepRunner runner, Work work) throws InterruptedException {
        Thread hook = new Thread(() -> {
            runner.cancel();
            if (out.isPresent()) {
                runner.ledger().close();
                console.say("interrupted; what is done is kept. To resume: " + command
                        + (existing == OnExisting.REFUSE ? " --resume" : ""));
            } else {
                console.say("interrupted; nothing is kept. With --out DIR what is done is kept, and --resume goes on");
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.run(runner);
        } catch (IllegalStateException closedByHook) {
            if (runner.isCancelled()) {
                return ExitStatus.KILLED;
            }
            throw closedByHook;
        } finally {
            ShutdownHooks.forget(hook);
        }
    }
}
