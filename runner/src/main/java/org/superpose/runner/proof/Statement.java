package org.superpose.runner.proof;

import java.math.BigInteger;
import java.util.Locale;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.problem.Gates;
import org.superpose.core.problem.ProblemInstance;

/** The theorem of a proof in words, and an entry of BibTeX to cite it by. */
public final class Statement {
    private final ProblemInstance instance;
    private final SuperposedNetwork network;
    private final Proof proof;

    public Statement(BuiltNetwork built, Proof proof) {
        this.instance = built.instance();
        this.network = built.network();
        this.proof = proof;
    }

    /** What was proved, in one paragraph. */
    public String words() {
        InputDomain domain = instance.domain();
        return "Theorem. For every input with " + active() + " of these " + number(domain.features())
                + " features active" + (domain.isGrouped() ? ", at most one of each group" : "") + " ("
                + number(domain.size()) + " inputs), the network with digest " + proof.network() + " (" + layers()
                + ", at most " + number(network.width()) + " neurons in one) reads each of its "
                + number(instance.outputs()) + " outputs as on where its gate is on and as off where it is off: "
                + gates() + ". This holds for any float32 evaluation, whatever the order of its sums."
                + " Proved by " + proof.verifier() + "; the method of the proof is " + proof.method() + "."
                + (proof.resumed().isEmpty()
                        ? ""
                        : " " + proof.resumed().size()
                                + " ranges of inputs were taken from a resume file, not looked at again.");
    }

    private String active() {
        int fewest = instance.domain().minActive();
        int most = instance.maxActive();
        return fewest == most ? "exactly " + most : fewest == 0 ? "at most " + most : fewest + " to " + most;
    }

    private String layers() {
        int layers = network.layers().size();
        return layers == 1 ? "one layer" : layers + " layers";
    }

    private String gates() {
        if (instance.isLayered()) {
            return "the map of " + instance.layers().size() + " layers of gates in the file";
        }
        Gates gates = instance.gates();
        String function = gates.functionNames();
        return gates.minFanIn() == gates.maxFanIn()
                ? "each gate is " + function + " of " + gates.maxFanIn()
                        + (gates.maxFanIn() == 1 ? " feature" : " features")
                : "each gate is " + function + " of " + gates.minFanIn() + " to " + gates.maxFanIn() + " features";
    }

    /** An entry of BibTeX. */
    public String citation() {
        return "@misc{superpose-" + proof.network().substring(0, 12) + ",\n"
                + "  title = {A verified network in superposition: "
                + instance.domain().features() + " features, "
                + instance.outputs() + " outputs, width " + network.width() + "},\n"
                + "  howpublished = {Superpose, proof by " + proof.verifier() + "},\n"
                + "  note = {SHA-256 of the network " + proof.network() + "; right on all " + proof.inputs()
                + " inputs}\n"
                + "}\n";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(BigInteger value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
