package org.superpose.runner.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.ToolVersion;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.file.NetworkFile;
import org.superpose.core.file.ScratchFiles;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.AutoVerifier;
import org.superpose.core.verify.Verdict;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.SafetensorsExporter;
import org.superpose.interop.dataset.ActivationDataset;
import org.superpose.interop.dataset.DatasetRequest;
import org.superpose.interop.dataset.SampleProfile;
import org.superpose.interop.dataset.SampleProfile.Frequencies;
import org.superpose.interop.dataset.SampleProfile.Range;
import org.superpose.runner.method.BaselineScores;
import org.superpose.runner.proof.Proof;
import org.superpose.runner.proof.ProofFile;
import org.superpose.runner.workbench.NetworkRecipe;
import org.superpose.runner.workbench.Workbench;

/** Makes the folder of one network: built, verified, proved, with data, truth, baseline scores and a card. */
final class SuiteEntry {
    private static final JsonMapper JSON = new JsonMapper();

    private final SuiteNetwork network;
    private final SuiteSize size;
    private final Path folder;
    private final Seed seed;

    SuiteEntry(SuiteNetwork network, SuiteSize size, Path folder, Seed seed) {
        this.network = network;
        this.size = size;
        this.folder = folder;
        this.seed = seed.child(network.id());
    }

    /** A network with its proof. */
    private record Verified(NetworkRecipe recipe, Workbench.Outcome outcome) {
        BuiltNetwork built() {
            return outcome.built();
        }
    }

    /** @return the row of the leaderboard of each baseline */
    List<Map<String, Object>> make(Workbench workbench, VerificationBudget budget) {
        Verified verified = verified(workbench, budget);
        BuiltNetwork built = verified.built();
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new InvalidInputException(folder + ": cannot be used as a folder (" + failure + ")", failure);
        }
        NetworkFile.write(folder.resolve("network.superpose.zip"), built);
        new SafetensorsExporter().export(built, ParameterValues.NONE, folder.resolve("model.safetensors"));
        String proof = prove(verified);
        write("certificate.json", certificate(verified, proof));
        data(built, "data", size.samples(), folder.resolve("data"));
        List<Map<String, Object>> scores = scores(built);
        write("scores.json", scores);
        AtomicFile.writeText(folder.resolve("README.md"), SuiteCard.of(network, verified.recipe(), built, scores));
        return scores;
    }

    private Verified verified(Workbench workbench, VerificationBudget budget) {
        for (NetworkRecipe recipe : network.recipes(new Seed(1))) {
            try {
                Workbench.Outcome outcome = workbench.buildAndVerify(recipe, AutoVerifier.ID, budget);
                if (outcome.verdict() instanceof Verdict.Verified) {
                    return new Verified(recipe, outcome);
                }
            } catch (InvalidInputException tooNarrow) {
                // some constructions refuse a width that is too small for their codes: a larger one is tried
            }
        }
        throw new InvalidInputException("network " + network.id() + " of the suite was not verified at any width");
    }

    /** @return what the proof is, or why there is none */
    private String prove(Verified verified) {
        try {
            Proof proof = Proof.of(
                    verified.built(), (Verdict.Verified) verified.outcome().verdict(), List.of());
            ProofFile.write(folder.resolve("network.proof.zip"), verified.built(), proof);
            return "network.proof.zip, by " + proof.method();
        } catch (InvalidInputException none) {
            return "none: " + none.getMessage();
        }
    }

    private Map<String, Object> certificate(Verified verified, String proof) {
        Map<String, Object> certificate = new LinkedHashMap<>();
        certificate.put("network", network.id());
        certificate.put("command", network.command(verified.recipe()));
        certificate.put("digest", NetworkDigest.of(verified.built()));
        certificate.put("verdict", "VERIFIED");
        certificate.put("domain", verified.built().instance().domain().toString());
        certificate.put(
                "inputs_covered", verified.built().instance().domain().size().toString());
        certificate.put("method", ((Verdict.Verified) verified.outcome().verdict()).method());
        certificate.put("proof", proof);
        certificate.put("version", ToolVersion.current());
        return certificate;
    }

    private void data(BuiltNetwork built, String name, int samples, Path target) {
        SampleProfile plain = SampleProfile.oneGate();
        SampleProfile profile = new SampleProfile(
                new Range(0, 1),
                new Range(0, built.instance().maxActive()),
                new Frequencies.Zipf(0.5),
                new Frequencies.Zipf(0.5),
                plain.correlation(),
                plain.hierarchy(),
                plain.magnitudes(),
                0,
                false,
                false);
        DatasetRequest request =
                new DatasetRequest(samples, seed.child(name)).with(profile).withTruth();
        ActivationDataset.write(built, new KernelEvaluator(built.network()), request, target, Progress.NONE);
    }

    /** Baselines learn from a data set of their own, which is not kept. */
    private List<Map<String, Object>> scores(BuiltNetwork built) {
        Path scratch = ScratchFiles.createFolder();
        try {
            Path training = scratch.resolve("training");
            data(built, "training", size.trainingSamples(), training);
            BaselineScores baselines = new BaselineScores(
                    training, folder.resolve("data"), size.trainingSamples(), size.steps(), seed.child("baselines"));
            List<Map<String, Object>> rows = new ArrayList<>();
            rows.add(baselines.topK(1));
            rows.add(baselines.l1(1));
            rows.add(baselines.transcoder());
            return rows;
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path scratch) {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(String name, Object document) {
        AtomicFile.writeText(folder.resolve(name), json(document));
    }

    static String json(Object document) {
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(document)
                            .replace(System.lineSeparator(), "\n")
                    + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of numbers and texts are always JSON", impossible);
        }
    }

    /** A score with three digits; a dash where there is none. */
    static String digits(Object score) {
        return score == null
                ? "-"
                : score instanceof Number number && !(score instanceof Integer || score instanceof Long)
                        ? String.format(Locale.ROOT, "%.3f", number.doubleValue())
                        : score.toString();
    }
}
