package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.interop.score.DecompositionScores;
import org.superpose.interop.score.DictionaryScores;
import org.superpose.interop.score.DictionaryWeights;
import org.superpose.interop.score.ProbeScores;
import org.superpose.interop.score.ScoredDataset;
import org.superpose.runner.cli.option.JsonOption;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.cli.output.ProgressDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code superpose score}: how much of the truth another method has found. */
@Command(
        name = "score",
        description = "Scores a sparse autoencoder, a transcoder, probes or a decomposition of parameters against the"
                + " truth of a data set.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  superpose score sae data sae.safetensors --layer 1",
            "  superpose score transcoder data transcoder.safetensors --layer 2 --from 0 --json"
        })
final class ScoreCommand implements Callable<Integer> {
    private final Console console;

    /** What is scored. */
    enum Kind {
        SAE,
        TRANSCODER,
        PROBE,
        DECOMPOSITION
    }

    @Parameters(index = "0", paramLabel = "KIND", description = "sae, transcoder, probe or decomposition.")
    private String kind;

    @Parameters(index = "1", paramLabel = "DATASET", description = "The folder of a data set with truth.")
    private Path folder;

    @Parameters(index = "2", paramLabel = "WEIGHTS", description = "A safetensors file with the weights.")
    private Path weights;

    @Option(
            names = "--layer",
            required = true,
            paramLabel = "T",
            description =
                    "The activations that are coded or probed, or that a transcoder writes; of a decomposition the"
                            + " matrix layers.T.weight.")
    private int layer;

    @Option(
            names = "--from",
            paramLabel = "S",
            description = "The activations that a transcoder reads (default: those before T).")
    private Integer from;

    @Mixin
    private JsonOption json = new JsonOption();

    @Inject
    ScoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Kind chosen = kind();
        ScoredDataset data = ScoredDataset.open(folder);
        Map<String, Object> document;
        try (ProgressDisplay progress = ProgressDisplay.on(console, "scoring")) {
            document = switch (chosen) {
                case SAE -> {
                    int size = data.neurons(layer);
                    yield DictionaryScores.autoencoder(
                            data, DictionaryWeights.read(weights, size, size), layer, progress);
                }
                case TRANSCODER -> {
                    int source = source();
                    yield DictionaryScores.transcoder(
                            data,
                            DictionaryWeights.read(weights, data.neurons(source), data.neurons(layer)),
                            source,
                            layer,
                            progress);
                }
                case PROBE -> ProbeScores.score(data, weights, layer, progress);
                case DECOMPOSITION -> DecompositionScores.score(data, weights, layer);
            };
        }
        if (json.isSet()) {
            console.json(document);
        } else {
            document.forEach((name, value) -> console.result(name + ": " + value));
        }
        return ExitStatus.DONE;
    }

    private Kind kind() {
        for (Kind each : Kind.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(kind)) {
                return each;
            }
        }
        throw new InvalidInputException(
                "\"" + kind + "\" cannot be scored: it must be sae, transcoder, probe or decomposition");
    }

    private int source() {
        int source = from == null ? layer - 1 : from;
        if (source < 0 || source >= layer) {
            throw new InvalidInputException("--from " + source + " must be from 0 to one below --layer " + layer);
        }
        return source;
    }
}
