package org.superpose.runner.document;

import java.util.List;
import java.util.Map;

/** A value of a YAML or JSON file that knows its line. */
public sealed interface Located {
    /** The line on which the value begins, from 1. */
    int line();

    /** What it is, for messages: a value, a list, a group of keys. */
    String kind();

    /** A single value as its text; null is the empty text. */
    record Scalar(int line, String text) implements Located {
        @Override
        public String kind() {
            return "the value \"" + text + "\"";
        }
    }

    /** A list of values. */
    record Items(int line, List<Located> items) implements Located {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with their values, in the order of the file. */
    record Group(int line, Map<String, Entry> entries) implements Located {
        @Override
        public String kind() {
            return "a group of keys";
        }
    }

    /**
     * A key with its value.
     *
     * @param line of the key
     */
    record Entry(int line, Located value) {}
}
