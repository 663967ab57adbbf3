package org.superpose.runner.glossary;

import java.util.List;

/**
 * A word of results.
 *
 * @param name as tables and pages write it
 * @param aliases other ways of writing it, among them its field in queries and JSON
 * @param meaning one sentence
 * @param more what else is good to know, or ""
 */
public record Term(String name, List<String> aliases, String meaning, String more) {
    public Term {
        aliases = List.copyOf(aliases);
    }
}
