package org.superpose.runner.cli;

import java.util.Optional;

/** A command that leaves more, or less, behind when it is told to end than one that writes nothing until it is done. */
interface SaysWhatIsKept {
    /** What is there after Ctrl-C or TERM, in words; empty if the command says so itself. */
    Optional<String> kept();

    /** What is said of a command, whether it says something or not. */
    static Optional<String> of(Object command) {
        return command instanceof SaysWhatIsKept says ? says.kept() : Optional.of("nothing was written");
    }
}
