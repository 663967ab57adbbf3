package org.superpose.runner.cli;

import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import org.superpose.core.InvalidInputException;
import org.superpose.core.NearestName;
import org.superpose.runner.cli.option.Completion;
import org.superpose.runner.cli.output.Console;
import org.superpose.runner.glossary.Glossary;
import org.superpose.runner.glossary.Term;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code superpose explain}: what the words of tables and messages mean. */
@Command(
        name = "explain",
        description = "Says what a word of the results means; all words if none is given.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  superpose explain kappa", "  superpose explain n/limit"})
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "0..*",
            paramLabel = "TERM",
            completionCandidates = Completion.Terms.class,
            description = "A word, a symbol, or the name of a field.")
    private List<String> words;

    @Inject
    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (words == null) {
            Glossary.terms().forEach(term -> console.result(term.name() + ": " + term.meaning()));
            return ExitStatus.DONE;
        }
        String word = String.join(" ", words);
        Term term = Glossary.find(word)
                .orElseThrow(() -> new InvalidInputException("there is no word \"" + word + "\" to explain"
                        + NearestName.suggestion(word, Glossary.words())
                        + "; \"superpose explain\" lists all of them"));
        console.result(term.name() + ": " + term.meaning());
        if (!term.more().isEmpty()) {
            console.result(term.more());
        }
        if (!term.aliases().isEmpty()) {
            console.result("Also: " + String.join(", ", term.aliases()));
        }
        return ExitStatus.DONE;
    }
}
