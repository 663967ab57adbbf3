package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.superpose.core.OutOfTimeException;
import org.superpose.core.construction.Construction;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Evaluator;
import org.superpose.core.network.KernelEvaluator;
import org.superpose.core.network.Provenance;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.Parameter;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Counterexample;
import org.superpose.core.verify.Deadline;

/**
 * The contract of a {@link Construction}: the same seed gives the same network, whoever asks; codes do not depend on
 * the gates; a network is right and says how it was built; and what cannot be built is refused with a sentence. Extend
 * it, make the construction in {@link #plugin()}, and give small instances with parameters in {@link #samples()}:
 *
 * <pre>{@code
 * class MajorityChannelsTest extends ConstructionContract {
 *     @Override
 *     protected Construction plugin() {
 *         return new MajorityChannels();
 *     }
 *
 *     @Override
 *     protected List<Sample> samples() {
 *         return List.of(new Sample(majorities(2), given("width=200")));
 *     }
 *
 *     @Override
 *     protected List<ProblemInstance> rejected() {
 *         return List.of(majorities(3));
 *     }
 *
 *     private static ProblemInstance majorities(int maxActive) {
 *         return new MajorityProblem().instantiate(..., new Seed(1));
 *     }
 * }
 * }</pre>
 */
public abstract class ConstructionContract extends PluginContract<Construction> {
    /** Inputs tried on one network: enough to find most wrong networks, few enough for a test. */
    private static final int INPUTS_TRIED = 2_000;

    /**
     * An instance, and the parameters with which a network is built for it.
     *
     * @param instance a small one, since its network is built some twenty times
     * @param parameters the values of the construction's parameters; see {@link #given}
     */
    public record Sample(ProblemInstance instance, ParameterValues parameters) {}

    /**
     * Instances for which the construction builds. The networks have to be right, so choose generous widths.
     *
     * @return at least one sample; all samples together make the construction read every parameter that it declares
     */
    protected abstract List<Sample> samples();

    /**
     * Instances that the construction does not accept.
     *
     * @return at least one, unless the construction accepts everything
     */
    protected abstract List<ProblemInstance> rejected();

    /**
     * Instances that it accepts, with parameters that do not fit them: a width that is too small, for example.
     *
     * @return none unless overridden
     */
    protected List<Sample> refused() {
        return List.of();
    }

    /**
     * The seed with which the networks of samples are built.
     *
     * @return 7 unless overridden, which makes sense where networks are right for some seeds only
     */
    protected Seed seed() {
        return new Seed(7);
    }

    private static SuperposedNetwork build(Construction construction, Sample sample, Seed seed) {
        return construction.build(sample.instance(), sample.parameters(), seed);
    }

    private static String on(Sample sample) {
        return "for " + sample.instance().problem() + " of " + sample.instance().inputs() + " inputs and "
                + sample.instance().outputs() + " outputs with " + sample.parameters();
    }

    /** The same instance, parameters and seed give the same network, bit for bit, from any object. */
    @Test
    public final void theSameSeedGivesTheSameNetwork() {
        Construction one = plugin();
        Construction other = plugin();
        for (Sample sample : requireSamples()) {
            String first = NetworkDigest.of(build(one, sample, seed()));
            build(other, sample, seed().child("another"));
            assertEquals(
                    first,
                    NetworkDigest.of(build(other, sample, seed())),
                    () -> "the same seed gives another network " + on(sample));
        }
    }

    /** A network does not change when others are built: it shares no buffer with the construction. */
    @Test
    public final void aNetworkDoesNotChangeWhenAnotherIsBuilt() {
        Construction construction = plugin();
        for (Sample sample : requireSamples()) {
            SuperposedNetwork network = build(construction, sample, seed());
            String before = NetworkDigest.of(network);
            build(
                    construction,
                    new Sample(Relabelling.of(sample.instance()), sample.parameters()),
                    seed().child("another"));
            assertEquals(
                    before, NetworkDigest.of(network), () -> "a network changed while another was built " + on(sample));
        }
    }

    /**
     * Input and output codes do not depend on the gates: otherwise the function could be hidden in them (theory,
     * section 1). The rule builds a second network, for the same instance with inputs and outputs relabelled.
     */
    @Test
    public final void codesDoNotDependOnTheGates() {
        for (Sample sample : requireSamples()) {
            SuperposedNetwork network = build(plugin(), sample, seed());
            Sample other = new Sample(Relabelling.of(sample.instance()), sample.parameters());
            SuperposedNetwork twin = build(plugin(), other, seed());
            assertEquals(
                    network.inputCodes(), twin.inputCodes(), () -> "the input codes depend on the gates " + on(sample));
            if (!drawsOutputCodesFromGates()) {
                assertEquals(
                        network.decoder(), twin.decoder(), () -> "the output codes depend on the gates " + on(sample));
            }
        }
    }

    /**
     * Whether the output codes depend on the gates, as a construction may say openly (theory, section 5); its networks
     * then have no limit ratio. Input codes may never depend on them.
     *
     * @return false unless overridden
     */
    protected boolean drawsOutputCodesFromGates() {
        return false;
    }

    /** A network has the inputs and outputs of its instance, and claims the same domain. */
    @Test
    public final void aNetworkFitsItsInstance() {
        for (Sample sample : requireSamples()) {
            SuperposedNetwork network = build(plugin(), sample, seed());
            new BuiltNetwork(sample.instance(), network);
            assertEquals(
                    sample.instance().domain(),
                    network.domain(),
                    () -> "a network claims another domain " + on(sample));
        }
    }

    /**
     * The network of every sample is right: on all inputs of a small domain, on 2,000 random inputs of a larger one.
     */
    @Test
    public final void itsNetworksAreRight() {
        for (Sample sample : requireSamples()) {
            ProblemInstance instance = sample.instance();
            SuperposedNetwork network = build(plugin(), sample, seed());
            Evaluator fast = new KernelEvaluator(network);
            Consumer<FeatureSet> check = input -> {
                // The plain evaluator is the judge, but slow: it is asked where the fast one sees something wrong.
                if (!fast.read(input).is(instance.evaluate(input))) {
                    Counterexample.of(new BuiltNetwork(instance, network), input)
                            .ifPresent(wrong -> fail("the network is wrong " + on(sample) + ": " + wrong));
                }
            };
            InputDomain domain = instance.domain();
            if (domain.size().compareTo(BigInteger.valueOf(INPUTS_TRIED)) <= 0) {
                domain.forEach(check);
            } else {
                RandomGenerator random = new Seed(1).generator();
                for (int t = 0; t < INPUTS_TRIED; t++) {
                    check.accept(domain.sample(random));
                }
            }
        }
    }

    /**
     * The provenance of a network names its construction and seed, and has a value for every parameter that was read,
     * with automatic choices filled in. A choice that differs from block to block is recorded as a fact of each block,
     * {@code block-1-code-weight}.
     */
    @Test
    public final void aNetworkSaysHowItWasBuilt() {
        for (Sample sample : requireSamples()) {
            Set<String> read = ConcurrentHashMap.newKeySet();
            SuperposedNetwork network = plugin().build(
                            sample.instance(),
                            sample.parameters().observedBy(parameter -> read.add(parameter.name())),
                            seed());
            assertEquals(plugin().id(), network.provenance().construction(), "a network names another construction");
            assertEquals(seed().value(), network.provenance().seed(), "a network has another seed than the one given");
            Set<String> missing = new TreeSet<>();
            for (Parameter<?> parameter : plugin().parameters()) {
                if (read.contains(parameter.name()) && !isRecorded(parameter.name(), network.provenance())) {
                    missing.add(parameter.name());
                }
            }
            assertTrue(missing.isEmpty(), () -> "the provenance of a network lacks " + missing + " " + on(sample));
        }
    }

    private static boolean isRecorded(String parameter, Provenance provenance) {
        return provenance.parameters().containsKey(parameter)
                || provenance.facts().keySet().stream().anyMatch(fact -> fact.endsWith("-" + parameter));
    }

    /** A deadline changes nothing, or ends the building: there is no network of the time that was there. */
    @Test
    public final void aDeadlineEndsTheBuildingOrChangesNothing() {
        Deadline over = Deadline.in(Double.MIN_VALUE);
        for (Sample sample : requireSamples()) {
            String digest = NetworkDigest.of(build(plugin(), sample, seed()));
            for (Deadline deadline : List.of(Deadline.NEVER, over)) {
                String other;
                try {
                    other = NetworkDigest.of(plugin().build(sample.instance(), sample.parameters(), seed(), deadline));
                } catch (OutOfTimeException heeded) {
                    assertTrue(deadline.isOver(), () -> "it gave up before the deadline was over " + on(sample));
                    continue;
                }
                assertEquals(digest, other, () -> "the same seed gives another network with a deadline " + on(sample));
            }
        }
    }

    /** Every parameter that is read is declared, with the same type and default. */
    @Test
    public final void itReadsOnlyWhatItDeclares() {
        for (Sample sample : requireSamples()) {
            observing(
                    sample.parameters(),
                    new HashSet<>(),
                    observed -> plugin().build(sample.instance(), observed, seed()));
        }
    }

    /** Every parameter that is declared is read for some sample. */
    @Test
    public final void itReadsAllThatItDeclares() {
        Set<String> read = ConcurrentHashMap.newKeySet();
        for (Sample sample : requireSamples()) {
            plugin().build(
                            sample.instance(),
                            sample.parameters().observedBy(parameter -> read.add(parameter.name())),
                            seed());
        }
        requireAllRead(read);
    }

    /** Samples are accepted, and the instances of {@link #rejected()} are rejected with a reason of one line. */
    @Test
    public final void whatItRejectsIsRejectedWithAReason() {
        for (Sample sample : requireSamples()) {
            assertEquals(
                    Optional.empty(),
                    plugin().accepts(sample.instance()).reason(),
                    () -> "it does not accept a sample " + on(sample));
        }
        for (ProblemInstance instance : rejected()) {
            Refusals.assertRejected("an instance of " + instance.problem(), plugin().accepts(instance));
        }
    }

    /**
     * Parameters that do not fit are refused with a sentence, by an {@link org.superpose.core.InvalidInputException};
     * nothing within the declared ranges makes the construction fail in any other way.
     */
    @Test
    public final void whatItCannotBuildIsRefusedWithAReason() {
        for (Sample sample : refused()) {
            Refusals.assertRefused("a network " + on(sample), () -> build(plugin(), sample, seed()));
        }
        for (Sample sample : requireSamples()) {
            for (ParameterValues edge : Refusals.edges(plugin(), sample.parameters())) {
                Sample moved = new Sample(sample.instance(), edge);
                Refusals.assertWorksOrIsRefused("a network " + on(moved), () -> build(plugin(), moved, seed()));
            }
        }
    }

    /** Any number of threads may use one object. */
    @Test
    public final void threadsDoNotDisturbEachOther() {
        Construction construction = plugin();
        List<Callable<String>> work = new ArrayList<>();
        for (Sample sample : requireSamples()) {
            work.add(() -> NetworkDigest.of(build(construction, sample, seed())));
        }
        Sample first = requireSamples().get(0);
        work.add(() -> NetworkDigest.of(build(construction, first, seed().child("another"))));
        ManyThreads.assertSameResults(work);
    }

    private List<Sample> requireSamples() {
        List<Sample> samples = samples();
        assertFalse(samples.isEmpty(), "samples() must give at least one instance with parameters");
        return samples;
    }
}
