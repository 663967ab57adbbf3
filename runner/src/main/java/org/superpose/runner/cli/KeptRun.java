package org.superpose.runner.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.run.Ledger;
import org.superpose.runner.run.Plan;
import org.superpose.runner.store.RunDescription;
import org.superpose.runner.store.file.StoreException;

/**
 * A run that a command makes: what is done is in the folder of {@code --out}, if there is one, whatever ends the
 * process.
 *
 * @param console where it says so
 * @param out the folder, or empty
 * @param resume whether the folder may hold a part of the run
 * @param command the command as given
 */
record KeptRun(Console console, Optional<Path> out, boolean resume, String command) {
    /** What is run. */
    interface Work {
        /** Works to the end and returns the exit status. */
        int finish() throws InterruptedException;

        /** Records nothing more; waits until a record that is being written is whole. */
        void cancel();

        boolean isCancelled();
    }

    /**
     * Runs.
     *
     * @param reproduce the command that does the same without a folder
     * @param engine id of the engine
     * @param rest what is said when the store cannot be written any more, behind the reason
     * @param work begins the work, whose results go to a ledger
     * @return the exit status
     */
    int run(Plan plan, String reproduce, String engine, String rest, Function<Ledger, Work> work)
            throws InterruptedException {
        try (Ledger ledger = ledger(plan, reproduce, engine)) {
            return run(work.apply(ledger), ledger);
        } catch (StoreException unwritable) {
            console.say("superpose: " + unwritable.getMessage() + "; " + rest);
            return ExitStatus.INTERNAL_ERROR;
        }
    }

    private Ledger ledger(Plan plan, String reproduce, String engine) {
        if (out.isEmpty()) {
            return Ledger.inMemory();
        }
        int threads = plan.sweep().budget().threads();
        return Ledger.open(out.get(), plan, RunDescription.here(command, reproduce, engine, threads), resume);
    }

    private int run(Work work, Ledger ledger) throws InterruptedException {
        Thread hook = new Thread(() -> {
            work.cancel();
            if (out.isPresent()) {
                ledger.close();
                console.say("interrupted; what is done is kept. To resume: " + command + (resume ? "" : " --resume"));
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.finish();
        } catch (IllegalStateException closedByHook) {
            if (work.isCancelled()) {
                return ExitStatus.KILLED;
            }
            throw closedByHook;
        } finally {
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // then the hook does its work
        }
    }
}
