package org.superpose.problems.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.superpose.core.InvalidInputException;
import org.superpose.core.random.Seed;

class FormulaParserTest {
    private final List<String> names = new ArrayList<>();

    private Formula parse(String text) {
        try {
            return FormulaParser.parse(text, this::feature);
        } catch (FormulaException wrong) {
            throw new AssertionError(text + " at " + wrong.offset() + ": " + wrong.getMessage(), wrong);
        }
    }

    private int feature(String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name);
    }

    @Tag("slow")
    @Test
    void everyFormulaHasTheValueThatReplacingItsTextGives() {
        List<String> written = List.of("a", "b2", "it's", "'two words'", "\"say \"\"no\"\"\"", "c-d.e", "étude·n");
        FormulaTexts texts = new FormulaTexts(written, new Seed(18).generator());
        List<String> all = List.of("a", "b2", "it's", "two words", "say \"no\"", "c-d.e", "étude·n");
        all.forEach(this::feature);
        for (int trial = 0; trial < 600; trial++) {
            String text = texts.draw(4);
            Formula formula = parse(text);
            for (int row = 0; row < 1 << all.size(); row += 1 + trial % 3) {
                boolean[] active = new boolean[all.size()];
                Map<String, Boolean> values = new LinkedHashMap<>();
                for (int j = 0; j < active.length; j++) {
                    active[j] = (row >> j & 1) != 0;
                    values.put(all.get(j), active[j]);
                }
                assertEquals(RewrittenText.value(text, values), formula.value(active), text + " " + values);
            }
        }
        assertEquals(all, names);
    }

    @Test
    void negationBindsTightestThenAndThenXorThenOr() {
        Formula a = new Formula.Name(0);
        Formula b = new Formula.Name(1);
        Formula c = new Formula.Name(2);
        Formula d = new Formula.Name(3);
        assertEquals(
                new Formula.Or(List.of(
                        a, new Formula.Xor(List.of(b, new Formula.And(List.of(c, new Formula.Not(d))))))),
                parse("a | b ^ c & !d"));
        assertEquals(new Formula.And(List.of(new Formula.Or(List.of(a, b)), c)), parse("(a|b)&c"));
    }

    @Test
    void atLeastIsANameWhereNoParenthesisFollows() {
        parse("at-least & x");
        assertEquals(List.of("at-least", "x"), names);
        parse("'at-least'");
        assertEquals(List.of("at-least", "x"), names);
    }

    @Test
    void whatIsNoFormulaIsToldWithItsPlaceAndWhatWasExpected() {
        String operand = "expected a name, 0, 1, \"!\", \"(\" or \"at-least(\", but ";
        String operator = "expected \"&\", \"^\", \"|\" or the end of the formula, but ";
        assertWrong(0, operand + "the formula ends", "");
        assertWrong(3, operand + "the formula ends", "  \t");
        assertWrong(3, operand + "the formula ends", "a &");
        assertWrong(4, operand + "found \"&\"", "a & & b");
        assertWrong(2, operator + "found \"b\"", "a b");
        assertWrong(2, operator + "found \"and\"", "a and b");
        assertWrong(1, operator + "found \")\"", "a) & b");
        assertWrong(2, operator + "found \"=\"", "a => b");
        assertWrong(0, operand + "found \"~\"", "~a");
        assertWrong(7, "expected \"&\", \"^\", \"|\" or \")\", but the formula ends", "(a ^ b ");
        assertWrong(4, operand + "found \"2\"; a name that begins with a digit needs quotes", "a & 2");
        assertWrong(4, operand + "found \"1st\"; a name that begins with a digit needs quotes", "a & 1st");
        assertWrong(4, "the quote ' is not closed", "a & 'b");
        assertWrong(4, "the name between the quotes is empty", "a & \"\"");
        assertWrong(9, "expected a whole number, the threshold of at-least, but found \"a\"", "at-least(a, b)");
        assertWrong(10, "expected \",\" and the terms of at-least, but found \")\"", "at-least(2)");
        assertWrong(14, "expected \"&\", \"^\", \"|\", \",\" or \")\", but found \"b\"", "at-least(2, a b)");
        assertWrong(16, "expected \",\" or \")\", but found \"&\"", "at-least(2, 2*a & b)");
        assertWrong(15, "expected \"*\" after the weight of a term, but found \"a\"", "at-least(2, -3 a)");
        assertWrong(9, "the number 1234567890 has more than nine digits", "at-least(1234567890, a)");
        assertWrong(200, "the formula is nested deeper than 200 parentheses", "(".repeat(100_000));
        parse("!".repeat(100_001) + "a");
        parse("(".repeat(200) + "a" + ")".repeat(200));
    }

    private void assertWrong(int offset, String message, String text) {
        FormulaException wrong =
                assertThrows(FormulaException.class, () -> FormulaParser.parse(text, this::feature), text);
        assertEquals(message, wrong.getMessage(), text);
        assertEquals(offset, wrong.offset(), text);
    }

    @Test
    void aNameThatIsRefusedIsToldWhereItStands() {
        FormulaException wrong = assertThrows(
                FormulaException.class,
                () -> FormulaParser.parse("!x & \"y\"", name -> {
                    if (name.equals("y")) {
                        throw new InvalidInputException("no y");
                    }
                    return 0;
                }));
        assertEquals("no y", wrong.getMessage());
        assertEquals(5, wrong.offset());
    }
}
