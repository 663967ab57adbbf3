package org.superpose.core.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.superpose.core.InvalidInputException;
import org.superpose.core.feature.FeatureNames;
import org.superpose.core.problem.ProblemInstance;

/** Names that a file can hold as they are. All files hold UTF-8, which has no place for one half of a character. */
public final class SurvivingNames {
    private SurvivingNames() {}

    /**
     * Requires that a file can give back every name of an instance.
     *
     * @param file where it is to be written, for messages
     * @throws InvalidInputException naming the first name that would come back as another one
     */
    public static void require(Path file, ProblemInstance instance) {
        require(file, "input", instance.inputNames());
        require(file, "output", instance.outputNames());
    }

    private static void require(Path file, String what, FeatureNames names) {
        for (int j = 0; j < names.names().size(); j++) {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(names.name(j))) {
                throw new InvalidInputException(file + ": cannot be written: the name of " + what + " " + j
                        + " has one half of a character (a lone surrogate), which no file can hold");
            }
        }
    }
}
