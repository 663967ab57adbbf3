package org.superpose.runner.cli.option;

import java.nio.file.Path;
import org.superpose.core.InvalidInputException;
import org.superpose.runner.store.OnExisting;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether and how a run goes on with what a folder holds. */
public final class ResumeOptions {
    @Option(names = "--resume", description = "Does what is missing of the run that --out holds.")
    private boolean resume;

    @Mixin
    private ChangedPluginOption changedPlugin = new ChangedPluginOption();

    /**
     * What to do with results that are there.
     *
     * @param out the folder, or null if none was given
     * @throws InvalidInputException if an option makes no sense without another
     */
    public OnExisting existing(Path out) {
        if (resume && out == null) {
            throw new InvalidInputException("--resume needs --out DIR: the folder with the run to resume");
        }
        if (changedPlugin.isAccepted() && !resume) {
            throw new InvalidInputException(
                    ChangedPluginOption.NAME + " goes with --resume: a new run has nothing that other plugins made");
        }
        if (!resume) {
            return OnExisting.REFUSE;
        }
        return changedPlugin.isAccepted() ? OnExisting.RESUME_WITH_CHANGED_PLUGINS : OnExisting.RESUME;
    }
}
