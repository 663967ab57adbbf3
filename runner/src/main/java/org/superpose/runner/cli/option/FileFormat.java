package org.superpose.runner.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the ending of a name says about a file, and which command writes such files. */
enum FileFormat {
    NETWORK("a network file", "superpose build or superpose import", ".superpose.zip"),
    PROOF("a proof", "superpose prove NET.superpose.zip", ".proof.zip"),
    NPZ("NPZ", "superpose export NET.superpose.zip --format npz", ".npz"),
    SAFETENSORS("safetensors", "superpose export NET.superpose.zip --format safetensors", ".safetensors"),
    ONNX("ONNX", "superpose export NET.superpose.zip --format onnx", ".onnx"),
    CSV("CSV", "superpose results DIR --format csv", ".csv"),
    JSON("JSON", "superpose results DIR --format json", ".json"),
    PARQUET("Parquet", "superpose results DIR --format parquet", ".parquet"),
    TABLE("text", "superpose results DIR --format table", ".txt"),
    PAGE("an HTML page", "superpose report DIR", ".html", ".htm"),
    SVG("an SVG picture", "superpose inspect NET.superpose.zip --plot", ".svg"),
    PNG("a PNG picture", "superpose inspect NET.superpose.zip --plot", ".png"),
    STORE("a store of results", "superpose run EXPERIMENT --out DIR", ".duckdb");

    private final String title;
    private final String command;
    private final List<String> endings;

    FileFormat(String title, String command, String... endings) {
        this.title = title;
        this.command = command;
        this.endings = List.of(endings);
    }

    /** The format that a name promises, if any. */
    static Optional<FileFormat> promisedBy(Path file) {
        Path name = file.getFileName();
        String lower = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        for (FileFormat format : values()) {
            if (format.endings.stream().anyMatch(lower::endsWith)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** For messages, as in "says NPZ". */
    String title() {
        return title;
    }

    /** The command that writes such files. */
    String command() {
        return command;
    }

    boolean hasEnding(String ending) {
        return endings.contains(ending);
    }
}
