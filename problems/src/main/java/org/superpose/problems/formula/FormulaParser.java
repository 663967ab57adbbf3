package org.superpose.problems.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.superpose.core.InvalidInputException;

/**
 * Reads formulas. From the tightest to the loosest: {@code !}, {@code &}, {@code ^}, {@code |}, as in C, Java and
 * Python; {@code at-least(2, a, 3*b, !c)} is true iff the weights of its true terms add up to at least 2, where a term
 * without a weight has 1; {@code 0} and {@code 1} are constants.
 *
 * <p>A name begins with a letter or {@code _} and goes on with letters, digits, {@code _}, {@code -}, {@code .},
 * {@code '} and the middle dot. Any other name, and one called {@code at-least} before a parenthesis, stands in single
 * or double quotes; a quote within it is doubled.
 */
public final class FormulaParser {
    /** A formula that is nested deeper is more likely a mistake, and would use up the stack of a thread. */
    private static final int DEEPEST = 200;

    private static final int LONGEST_FOUND = 30;
    private static final String AT_LEAST = "at-least";
    private static final String OPERAND = "a name, 0, 1, \"!\", \"(\" or \"at-least(\"";
    private static final String OPERATOR = "\"&\", \"^\", \"|\"";

    private final String text;
    private final ToIntFunction<String> features;
    private int next;
    private int depth;

    private FormulaParser(String text, ToIntFunction<String> features) {
        this.text = text;
        this.features = features;
    }

    /**
     * Reads a formula.
     *
     * @param features the number of the feature of a name; an {@link InvalidInputException} says what is wrong with the
     *     name
     * @throws FormulaException if the text is no formula, telling where and what was expected, or a name is refused
     */
    public static Formula parse(String text, ToIntFunction<String> features) throws FormulaException {
        FormulaParser parser = new FormulaParser(text, features);
        Formula formula = parser.or();
        if (parser.symbol() != 0) {
            throw parser.expected(OPERATOR + " or the end of the formula");
        }
        return formula;
    }

    private interface Level {
        Formula read() throws FormulaException;
    }

    private Formula or() throws FormulaException {
        return chain('|', this::xor, Formula.Or::new);
    }

    private Formula xor() throws FormulaException {
        return chain('^', this::and, Formula.Xor::new);
    }

    private Formula and() throws FormulaException {
        return chain('&', this::unary, Formula.And::new);
    }

    private Formula chain(char operator, Level operand, Function<List<Formula>, Formula> join) throws FormulaException {
        Formula first = operand.read();
        if (symbol() != operator) {
            return first;
        }
        List<Formula> operands = new ArrayList<>(List.of(first));
        while (symbol() == operator) {
            next++;
            operands.add(operand.read());
        }
        return join.apply(operands);
    }

    private Formula unary() throws FormulaException {
        boolean negated = false;
        while (symbol() == '!') {
            next++;
            negated = !negated;
        }
        Formula operand = operand();
        return negated ? new Formula.Not(operand) : operand;
    }

    private Formula operand() throws FormulaException {
        char symbol = symbol();
        if (symbol == '(') {
            enter();
            Formula inner = or();
            leave(OPERATOR + " or \")\"");
            return inner;
        }
        if (symbol == '\'' || symbol == '"') {
            int start = next;
            return name(start, quoted(symbol));
        }
        if (isDigit(symbol)) {
            return constant();
        }
        if (symbol != 0 && isNameStart(text.codePointAt(next))) {
            int start = next;
            String word = word();
            return word.equals(AT_LEAST) && symbol() == '(' ? atLeast() : name(start, word);
        }
        throw expected(OPERAND);
    }

    private Formula constant() throws FormulaException {
        int start = next;
        String digits = digits();
        if (!digits.equals("0") && !digits.equals("1")) {
            throw new FormulaException(
                    start,
                    "expected " + OPERAND + ", but found \"" + shortened(digits)
                            + "\"; a name that begins with a digit needs quotes");
        }
        if (next < text.length() && isNamePart(text.codePointAt(next))) {
            throw new FormulaException(
                    start,
                    "expected " + OPERAND + ", but found \"" + digits + shortened(word())
                            + "\"; a name that begins with a digit needs quotes");
        }
        return new Formula.Constant(digits.equals("1"));
    }

    private Formula name(int start, String name) throws FormulaException {
        try {
            return new Formula.Name(features.applyAsInt(name));
        } catch (InvalidInputException refused) {
            throw new FormulaException(start, refused.getMessage());
        }
    }

    private Formula atLeast() throws FormulaException {
        enter();
        int threshold = number("a whole number, the threshold of at-least");
        List<Formula.AtLeast.Term> terms = new ArrayList<>();
        if (symbol() != ',') {
            throw expected("\",\" and the terms of at-least");
        }
        boolean weighted = false;
        while (symbol() == ',') {
            next++;
            Optional<Integer> weight = weight();
            weighted = weight.isPresent();
            terms.add(new Formula.AtLeast.Term(weight.orElse(1), weighted ? unary() : or()));
        }
        leave(weighted ? "\",\" or \")\"" : OPERATOR + ", \",\" or \")\"");
        return new Formula.AtLeast(threshold, terms);
    }

    /** The weight before a term, if there is one: a number that no star follows is a constant. */
    private Optional<Integer> weight() throws FormulaException {
        char symbol = symbol();
        int start = next;
        if (symbol != '-' && !isDigit(symbol)) {
            return Optional.empty();
        }
        int weight = number("a whole number, the weight of a term");
        if (symbol() == '*') {
            next++;
            return Optional.of(weight);
        }
        if (symbol == '-') {
            throw expected("\"*\" after the weight of a term");
        }
        next = start;
        return Optional.empty();
    }

    private int number(String what) throws FormulaException {
        char sign = symbol();
        int start = next;
        if (sign == '-') {
            next++;
            symbol();
        }
        String digits = digits();
        if (digits.isEmpty()) {
            throw expected(what);
        }
        if (digits.length() > 9) {
            throw new FormulaException(
                    start, "the number " + shortened(text.substring(start, next)) + " has more than nine digits");
        }
        return sign == '-' ? -Integer.parseInt(digits) : Integer.parseInt(digits);
    }

    private void enter() throws FormulaException {
        if (++depth > DEEPEST) {
            throw new FormulaException(next, "the formula is nested deeper than " + DEEPEST + " parentheses");
        }
        next++;
    }

    private void leave(String allowed) throws FormulaException {
        if (symbol() != ')') {
            throw expected(allowed);
        }
        next++;
        depth--;
    }

    /** The next character that is no white space, or 0 at the end. */
    private char symbol() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() ? text.charAt(next) : 0;
    }

    private String digits() {
        int start = next;
        while (next < text.length() && isDigit(text.charAt(next))) {
            next++;
        }
        return text.substring(start, next);
    }

    private String word() {
        int start = next;
        while (next < text.length() && isNamePart(text.codePointAt(next))) {
            next += Character.charCount(text.codePointAt(next));
        }
        return text.substring(start, next);
    }

    private String quoted(char quote) throws FormulaException {
        int start = next++;
        StringBuilder name = new StringBuilder();
        while (true) {
            int end = text.indexOf(quote, next);
            if (end < 0) {
                throw new FormulaException(start, "the quote " + quote + " is not closed");
            }
            name.append(text, next, end);
            next = end + 1;
            if (next == text.length() || text.charAt(next) != quote) {
                break;
            }
            name.append(quote);
            next++;
        }
        if (name.toString().isBlank()) {
            throw new FormulaException(start, "the name between the quotes is empty");
        }
        return name.toString();
    }

    private static boolean isDigit(char symbol) {
        return symbol >= '0' && symbol <= '9';
    }

    private static boolean isNameStart(int symbol) {
        return Character.isLetter(symbol) || symbol == '_';
    }

    private static boolean isNamePart(int symbol) {
        return Character.isUnicodeIdentifierPart(symbol) && !Character.isIdentifierIgnorable(symbol)
                || symbol == '_'
                || symbol == '-'
                || symbol == '.'
                || symbol == '\''
                || symbol == '\u00B7';
    }

    private FormulaException expected(String what) {
        int start = next;
        if (symbol() == 0) {
            return new FormulaException(text.length(), "expected " + what + ", but the formula ends");
        }
        start = next;
        int first = text.codePointAt(next);
        String found = isNamePart(first) ? word() : Character.toString(first);
        return new FormulaException(start, "expected " + what + ", but found \"" + shortened(found) + "\"");
    }

    private static String shortened(String found) {
        return found.length() <= LONGEST_FOUND ? found : found.substring(0, LONGEST_FOUND) + "...";
    }
}
