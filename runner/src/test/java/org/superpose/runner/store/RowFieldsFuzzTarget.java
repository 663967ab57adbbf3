package org.superpose.runner.store;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.superpose.runner.hostile.AllocationLimit;
import org.superpose.runner.store.file.StoreException;

/**
 * The target of a fuzzer: an input is the text of a {@code row_fields}, the only text in a store that we parse
 * ourselves.
 */
public final class RowFieldsFuzzTarget {
    private RowFieldsFuzzTarget() {}

    /**
     * One input.
     *
     * @return whether it was refused
     * @throws AssertionError if it is neither refused nor read, or reading takes too much
     */
    static boolean refuses(byte[] input) {
        return AllocationLimit.of(input.length).keep(() -> outcome(new String(input, StandardCharsets.UTF_8)));
    }

    private static boolean outcome(String text) {
        try {
            RowFields read = RowFields.parse(text);
            for (int row : new int[] {Integer.MIN_VALUE, -1, 0, 1, 2, 3, Integer.MAX_VALUE}) {
                read.ofRow(row).ifPresent(Set::copyOf);
            }
            if (!RowFields.parse(read.text()).equals(read)) {
                throw new AssertionError("written and read again it is " + RowFields.parse(read.text()));
            }
            return false;
        } catch (StoreException refusal) {
            if (refusal.getMessage().contains("\n")) {
                throw new AssertionError("refused, but not in one sentence", refusal);
            }
            return true;
        } catch (RuntimeException | StackOverflowError crash) {
            throw new AssertionError("the reader crashes", crash);
        }
    }

    /** For the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        refuses(input);
    }
}
