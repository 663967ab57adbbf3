package org.superpose.runner.suite;

import java.util.List;
import java.util.Map;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.runner.method.BaselineScores;
import org.superpose.runner.workbench.NetworkRecipe;

/** The card of one network, in the form that model hubs expect: metadata in YAML, then Markdown. */
final class SuiteCard {
    private SuiteCard() {}

    static String of(SuiteNetwork network, NetworkRecipe recipe, BuiltNetwork built, List<Map<String, Object>> scores) {
        StringBuilder card = new StringBuilder();
        card.append("""
                ---
                license: apache-2.0
                library_name: superpose
                tags:
                - superposition
                - interpretability
                - sparse-autoencoder
                - ground-truth
                ---

                """);
        card.append("# ").append(network.id()).append("\n\n");
        card.append("A ReLU network that computes ")
                .append(network.title())
                .append(" in superposition, verified on every input of its domain (")
                .append(built.instance().domain())
                .append(").\n\n");
        card.append("| | |\n|---|---|\n");
        row(card, "inputs", built.instance().inputs());
        row(card, "outputs", built.instance().outputs());
        row(card, "neurons in a layer", built.network().width());
        row(card, "construction", network.construction());
        card.append("""

                - `network.superpose.zip`, `model.safetensors`: the network; names as in docs/python.md
                - `certificate.json`, `network.proof.zip`: how it was verified, and a proof that others can check
                - `data/`: activations with the features, directions and edges that are true of them (docs/truth.md)
                - `scores.json`: baselines on `data/` by the definitions of docs/scores.md

                Build it again:

                ```
                """);
        card.append(network.command(recipe)).append("\n```\n\n").append(table(scores));
        return card.toString();
    }

    private static void row(StringBuilder card, String name, Object value) {
        card.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static String table(List<Map<String, Object>> scores) {
        StringBuilder table =
                new StringBuilder("| baseline | state | explained variance | mcc | f1 | l0 | hop recall |\n"
                        + "|---|---|---|---|---|---|---|\n");
        for (Map<String, Object> score : scores) {
            table.append("| ").append(score.get(BaselineScores.METHOD));
            for (String field :
                    List.of(BaselineScores.STATE, "explained_variance", "mcc", "f1", "l0", BaselineScores.HOP_RECALL)) {
                table.append(" | ").append(SuiteEntry.digits(score.get(field)));
            }
            table.append(" |\n");
        }
        return table.toString();
    }
}
