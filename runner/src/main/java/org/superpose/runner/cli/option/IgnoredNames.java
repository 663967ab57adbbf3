package org.superpose.runner.cli.option;

import java.util.List;
import java.util.stream.Collectors;

/** What a file holds that is not part of the network. */
public final class IgnoredNames {
    private static final int MOST_SHOWN = 20;

    private IgnoredNames() {}

    /** One line that names them, or the first of them. */
    public static String text(List<String> names) {
        return "not part of the network, ignored: "
                + names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
                + (names.size() > MOST_SHOWN ? ", and " + (names.size() - MOST_SHOWN) + " more" : "");
    }
}
