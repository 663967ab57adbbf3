package org.superpose.runner.method;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.interop.method.DictionaryTraining;
import org.superpose.interop.method.TrainingSettings;
import org.superpose.interop.score.DictionaryScores;
import org.superpose.interop.score.DictionaryWeights;
import org.superpose.interop.score.ScoredDataset;

/** Trains the baselines on the activations of one data set and scores them on another. */
public final class BaselineScores {
    /** The field with the name of the baseline. */
    public static final String METHOD = "dictionary";

    /** The field with the state that is coded or written. */
    public static final String STATE = "state";

    /** The field with the share of hops that a transcoder tells. */
    public static final String HOP_RECALL = "hop_recall";

    private static final float PENALTY = 0.05f;

    private final ScoredDataset training;
    private final ScoredDataset test;
    private final int samples;
    private final int steps;
    private final Seed seed;

    /** @param samples the first of the training data are used, so many at most */
    public BaselineScores(Path training, Path test, int samples, int steps, Seed seed) {
        this.training = ScoredDataset.open(training);
        this.test = ScoredDataset.open(test);
        this.samples = samples;
        this.steps = steps;
        this.seed = seed;
    }

    /** TopK and L1 autoencoders of every state, and a transcoder from the first to the last. */
    public List<Map<String, Object>> all() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int state = 0; state < test.states(); state++) {
            rows.add(topK(state));
            rows.add(l1(state));
        }
        rows.add(transcoder());
        return rows;
    }

    /** A TopK autoencoder with as many latents as there are features, and k the features on in a sample, rounded up. */
    public Map<String, Object> topK(int state) {
        int k = Math.max(1, (int) Math.ceil(test.meanOn(state)));
        return autoencoder("topk-sae", state, TrainingSettings.topK(test.featureCount(state), k, steps));
    }

    /** An autoencoder with an L1 penalty. */
    public Map<String, Object> l1(int state) {
        return autoencoder("l1-sae", state, TrainingSettings.l1(test.featureCount(state), PENALTY, steps));
    }

    private Map<String, Object> autoencoder(String name, int state, TrainingSettings settings) {
        float[][] x = training.activations(state, samples);
        DictionaryWeights weights =
                DictionaryTraining.autoencoder(x, settings, seed.child(name).child(state));
        return row(name, state, DictionaryScores.autoencoder(test, weights, state, Progress.NONE));
    }

    /** A TopK transcoder from y_0 to y_L. */
    public Map<String, Object> transcoder() {
        int last = test.states() - 1;
        int k = Math.max(1, (int) Math.ceil(test.meanOn(last)));
        DictionaryWeights weights = DictionaryTraining.transcoder(
                training.activations(0, samples),
                training.activations(last, samples),
                TrainingSettings.topK(test.featureCount(last), k, steps),
                seed.child("transcoder"));
        return row("transcoder", last, DictionaryScores.transcoder(test, weights, 0, last, Progress.NONE));
    }

    private static Map<String, Object> row(String name, int state, Map<String, Object> scores) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(METHOD, name);
        row.put(STATE, state);
        for (String field : List.of(
                "latents",
                "explained_variance",
                "mcc",
                "f1",
                "l0",
                "true_l0",
                "uniqueness",
                "dead",
                HOP_RECALL,
                "skipped_hops")) {
            if (scores.get(field) != null) {
                row.put(field, scores.get(field));
            }
        }
        return row;
    }
}
