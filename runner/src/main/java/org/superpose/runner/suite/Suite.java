package org.superpose.runner.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.superpose.core.InvalidInputException;
import org.superpose.core.file.AtomicFile;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.VerificationBudget;
import org.superpose.core.verify.VerificationBudget.Progress;
import org.superpose.runner.method.BaselineScores;
import org.superpose.runner.workbench.Workbench;

/**
 * Makes the suite: a folder for each network, {@code leaderboard.md} with the baselines, and {@code SHA256SUMS}, which
 * {@code sha256sum -c} checks. The same command gives the same bytes.
 */
public final class Suite {
    /** The name and the version. */
    public static final String NAME = "superpose-suite-v1";

    /** The file with the scores of all baselines, a table in Markdown. */
    public static final String LEADERBOARD = "leaderboard.md";

    private static final String SUMS = "SHA256SUMS";

    private Suite() {}

    /**
     * Makes it.
     *
     * @param folder is made if it is not there; must be empty
     * @param quick a few small networks with little data
     * @param say is told each network when it is done
     * @throws InvalidInputException if the folder holds something
     */
    public static void make(
            Workbench workbench,
            Path folder,
            boolean quick,
            VerificationBudget budget,
            Progress progress,
            Consumer<String> say) {
        prepare(folder);
        SuiteSize size = quick ? SuiteSize.QUICK : SuiteSize.FULL;
        List<SuiteNetwork> networks = SuiteNetwork.of(quick);
        Map<String, List<Map<String, Object>>> scores = new LinkedHashMap<>();
        for (SuiteNetwork network : networks) {
            scores.put(
                    network.id(),
                    new SuiteEntry(network, size, folder.resolve(network.id()), new Seed(1)).make(workbench, budget));
            say.accept(network.id() + ": verified, with data and scores");
            progress.reached((double) scores.size() / networks.size());
        }
        AtomicFile.writeText(folder.resolve(LEADERBOARD), leaderboard(scores));
        AtomicFile.writeText(folder.resolve(SUMS), sums(folder));
    }

    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new InvalidInputException(folder + ": is not empty; choose another folder for the suite");
                }
            }
        } catch (IOException failure) {
            throw new InvalidInputException(folder + ": cannot be used as a folder (" + failure + ")", failure);
        }
    }

    private static String leaderboard(Map<String, List<Map<String, Object>>> scores) {
        StringBuilder board = new StringBuilder("# " + NAME + "\n\n"
                + "| network | baseline | state | explained variance | mcc | f1 | l0 | true l0 | hop recall |\n"
                + "|---|---|---|---|---|---|---|---|---|\n");
        scores.forEach((id, rows) -> {
            for (Map<String, Object> row : rows) {
                board.append("| ").append(id).append(" | ").append(row.get(BaselineScores.METHOD));
                for (String field : List.of(
                        BaselineScores.STATE,
                        "explained_variance",
                        "mcc",
                        "f1",
                        "l0",
                        "true_l0",
                        BaselineScores.HOP_RECALL)) {
                    board.append(" | ").append(SuiteEntry.digits(row.get(field)));
                }
                board.append(" |\n");
            }
        });
        return board.toString();
    }

    private static String sums(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                lines.add(sha256(file) + "  " + name + "\n");
            }
            return String.join("", lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
