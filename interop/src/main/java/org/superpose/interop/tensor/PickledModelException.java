package org.superpose.interop.tensor;

import java.nio.file.Path;
import java.util.List;
import org.superpose.core.InvalidInputException;

/** A file is a pickle of PyTorch: a program, which is not run. Its message has the two lines that convert it. */
public final class PickledModelException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final String[] conversion;

    PickledModelException(Path file) {
        this(
                file + ": is a pickle of PyTorch, a program that is not run here; these two lines of Python convert a"
                        + " state dict:",
                conversion(file.getFileName().toString()));
    }

    private PickledModelException(String sentence, List<String> conversion) {
        super(sentence + "\n" + String.join("\n", conversion));
        this.sentence = sentence;
        this.conversion = conversion.toArray(String[]::new);
    }

    private static List<String> conversion(String name) {
        String stem = name.replaceFirst("\\.[^.]*$", "");
        String target = stem + (name.endsWith(".safetensors") ? "-converted" : "") + ".safetensors";
        return List.of(
                "import torch, safetensors.torch",
                "safetensors.torch.save_file(torch.load(\"" + name + "\", weights_only=True), \"" + target + "\")");
    }

    /** What is wrong, in one line. */
    public String sentence() {
        return sentence;
    }

    /** The lines of Python that convert the file. */
    public List<String> conversion() {
        return List.of(conversion);
    }
}
