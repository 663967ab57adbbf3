package org.superpose.runner.method;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.superpose.core.file.ScratchFiles;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.dataset.ActivationDataset;
import org.superpose.interop.dataset.DatasetRequest;
import org.superpose.interop.dataset.SampleProfile;
import org.superpose.interop.dataset.SampleProfile.Frequencies;
import org.superpose.interop.dataset.SampleProfile.Range;
import org.superpose.runner.experiment.WorkUnit;
import org.superpose.runner.workbench.Measurement;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/**
 * Builds and verifies one network, draws two data sets of it, trains the baselines on one and scores them on the other.
 *
 * @param recipe of the network
 * @param samples inputs of each data set
 * @param steps of training
 * @param seed of the data and of training
 */
public record MethodsUnit(NetworkRecipe recipe, int samples, int steps, Seed seed) implements WorkUnit {
    @Override
    public String label() {
        return "baselines on " + recipe.problem();
    }

    @Override
    public List<Measurement> run(Workbench workbench, VerificationBudget budget) {
        Workbench.Outcome outcome = workbench.buildAndVerify(recipe, AutoVerifier.ID, budget);
        Path scratch = ScratchFiles.createFolder();
        try {
            List<Measurement> rows = new ArrayList<>();
            Path training = data(outcome.built(), "training", scratch);
            Path test = data(outcome.built(), "test", scratch);
            BaselineScores baselines = new BaselineScores(training, test, samples, steps, seed);
            for (Map<String, Object> scores : baselines.all()) {
                Measurement row = outcome.measurement();
                for (Map.Entry<String, Object> score : scores.entrySet()) {
                    row = row.with(score.getKey(), score.getValue());
                }
                rows.add(row);
            }
            return rows;
        } finally {
            delete(scratch);
        }
    }

    private Path data(BuiltNetwork built, String name, Path scratch) {
        Path folder = scratch.resolve(name);
        DatasetRequest request =
                new DatasetRequest(samples, seed.child(name)).with(profile()).withTruth();
        ActivationDataset.write(built, new KernelEvaluator(built.network()), request, folder, Progress.NONE);
        return folder;
    }

    /** Zero or one gate on, and all else that the domain allows: near gates, but not only there. */
    private static SampleProfile profile() {
        SampleProfile one = SampleProfile.oneGate();
        return new SampleProfile(
                new Range(0, 1),
                new Range(0, 2),
                Frequencies.EQUAL,
                Frequencies.EQUAL,
                one.correlation(),
                one.hierarchy(),
                one.magnitudes(),
                0,
                false,
                false);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
