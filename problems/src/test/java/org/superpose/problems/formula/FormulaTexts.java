package org.superpose.problems.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes random formulas, with more parentheses and spaces than they need, or fewer. */
public final class FormulaTexts {
    private final List<String> names;
    private final RandomGenerator random;

    /** @param names as they are written, with quotes where they need them */
    public FormulaTexts(List<String> names, RandomGenerator random) {
        this.names = names;
        this.random = random;
    }

    /** A formula of at most so many levels. */
    public String draw(int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextInt(12) == 0
                    ? Integer.toString(random.nextInt(2))
                    : names.get(random.nextInt(names.size()));
        }
        return space()
                + switch (random.nextInt(7)) {
                    case 0 -> "!" + space() + closed(depth - 1);
                    case 1 -> "(" + draw(depth - 1) + space() + ")";
                    case 2 -> "at-least" + space() + "(" + atLeast(depth - 1) + ")";
                    case 3 -> "! !" + closed(depth - 1);
                    default -> chain(depth - 1);
                };
    }

    private String chain(int depth) {
        StringBuilder chain = new StringBuilder(random.nextBoolean() ? draw(depth) : closed(depth));
        for (int t = 1 + random.nextInt(3); t > 0; t--) {
            chain.append(space())
                    .append("&^|".charAt(random.nextInt(3)))
                    .append(space())
                    .append(random.nextBoolean() ? draw(depth) : closed(depth));
        }
        return chain.toString();
    }

    private String closed(int depth) {
        return random.nextBoolean() ? "(" + draw(depth) + ")" : names.get(random.nextInt(names.size()));
    }

    private String atLeast(int depth) {
        List<String> parts = new ArrayList<>(List.of(Integer.toString(random.nextInt(7) - 2)));
        for (int t = 1 + random.nextInt(4); t > 0; t--) {
            parts.add(random.nextInt(3) == 0 ? (random.nextInt(7) - 3) + " * " + closed(depth) : draw(depth));
        }
        return String.join("," + space(), parts);
    }

    private String space() {
        return " ".repeat(random.nextInt(2));
    }
}
