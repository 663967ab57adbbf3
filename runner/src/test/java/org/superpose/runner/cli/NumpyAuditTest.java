package org.superpose.runner.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.superpose.runner.cli.Printed.superpose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Audits of networks with a residual stream and a read-out of two thresholds, against an evaluation of their whole
 * domain in numpy.
 */
class NumpyAuditTest {
    /**
     * Writes 0.npz to 5.npz, each with a truth that is what the network itself says but for some flipped bits, and
     * prints the right figures of each as a line of JSON. In even ones there is one threshold.
     */
    private static final String SCRIPT = """
            import json
            from itertools import combinations
            import numpy as np

            m, d, n, o = 16, 6, 9, 7
            for seed in range(6):
                rng = np.random.default_rng(seed)
                v = 2 + seed % 2
                shapes = dict(W_E=(d, m), W_in=(n, d), b_in=(n,), W_out=(d, n), b_out=(d,), W_U=(o, d), b_U=(o,))
                t = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
                on, off = 0.5, (0.5 if seed % 2 == 0 else -0.25)
                both = f', off: "<= {off}"' if off < on else ""
                inputs = sorted(c for k in range(v + 1) for c in combinations(range(m), k))
                x = np.zeros((len(inputs), m))
                for r, active in enumerate(inputs):
                    x[r, list(active)] = 1
                w = {name: each.astype(float) for name, each in t.items()}
                stream = x @ w["W_E"].T
                hidden = np.maximum(0, stream @ w["W_in"].T + w["b_in"])
                logits = (stream + hidden @ w["W_out"].T + w["b_out"]) @ w["W_U"].T + w["b_U"]
                assert min(np.abs(logits - on).min(), np.abs(logits - off).min()) > 1e-5
                truth = (logits > 0.2) ^ (rng.random(logits.shape) < 0.01)
                margins = np.where(truth, logits - on, off - logits)
                wrong = margins < 0
                sizes = np.array([len(active) for active in inputs])
                worst = np.unravel_index(np.argmin(margins), margins.shape)
                np.savez(f"{seed}.npz", **t)
                np.savez(f"{seed}-truth.npz", features=m, outputs=o, max_active=v, truth=np.packbits(truth, axis=1))
                open(f"{seed}.yaml", "w").write(f'''
            embed: W_E
            layers:
              - {{weight: W_in, bias: b_in, orientation: out-in}}
              - {{weight: W_out, bias: b_out, orientation: out-in, relu: false, skip: embed}}
            readout: {{weight: W_U, bias: b_U, orientation: out-in, on: ">= {on}"{both}}}
            ''')
                print(json.dumps(dict(
                    wrong_by_active=[[int(wrong[sizes == k].any(axis=1).sum()), int((sizes == k).sum())]
                                     for k in range(v + 1)],
                    false_positives=int((wrong & ~truth).sum()), false_negatives=int((wrong & truth).sum()),
                    worst_margin=float(margins.min()), worst_input=list(inputs[worst[0]]), worst_output=int(worst[1]),
                    errors=[int(e) for e in wrong.sum(axis=0)], margins=[float(e) for e in margins.min(axis=0)],
                    least_on=[float(np.where(truth, logits, np.inf)[:, i].min()) for i in range(o)],
                    most_off=[float(np.where(truth, -np.inf, logits)[:, i].max()) for i in range(o)])))
            """;

    @TempDir
    Path folder;

    private String python() throws Exception {
        Path file = Files.writeString(folder.resolve("script.py"), SCRIPT);
        Path log = folder.resolve("python.log");
        Process process;
        try {
            process = new ProcessBuilder("python3", file.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException noPython) {
            return abort("skipped: there is no python3");
        }
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        String output = Files.readString(log);
        return output.contains("No module named 'numpy'") ? abort("skipped: python3 has no numpy") : output;
    }

    @Tag("slow")
    @Test
    void residualStreamsAndTwoThresholdsAreCountedAsInNumpy() throws Exception {
        String[] lines = python().strip().split("\n");
        assertEquals(6, lines.length, lines[0]);
        for (int seed = 0; seed < lines.length; seed++) {
            JsonNode expected = new ObjectMapper().readTree(lines[seed]);
            Printed printed = superpose(
                    "audit",
                    folder.resolve(seed + ".npz"),
                    "--map",
                    folder.resolve(seed + ".yaml"),
                    "--truth",
                    folder.resolve(seed + "-truth.npz"),
                    "--json");
            assertEquals(ExitStatus.REFUTED, printed.status(), printed.err());
            JsonNode found = printed.json();
            for (String exact :
                    new String[] {"wrong_by_active", "false_positives", "false_negatives", "worst_input", "worst_output"
                    }) {
                assertEquals(expected.get(exact), found.get(exact), exact);
            }
            assertEquals(0, found.get("undecided").intValue());
            assertEquals(
                    expected.get("worst_margin").doubleValue(),
                    found.get("worst_margin").doubleValue(),
                    1e-6);
            for (int i = 0; i < found.get("outputs").size(); i++) {
                JsonNode output = found.get("outputs").get(i);
                assertEquals(
                        expected.get("errors").get(i).intValue(),
                        output.get("errors").intValue());
                assertEquals(
                        expected.get("margins").get(i).doubleValue(),
                        output.get("worst_margin").doubleValue(),
                        1e-6);
                double leastOn = expected.get("least_on").get(i).doubleValue();
                double mostOff = expected.get("most_off").get(i).doubleValue();
                assertEquals(leastOn > mostOff, output.get("separable").booleanValue());
            }
        }
    }
}
