package org.superpose.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.superpose.core.file.NetworkDigest;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.problem.FunctionClass;
import org.superpose.core.problem.Problem;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.problem.ProblemParameters;
import org.superpose.core.random.Seed;

/**
 * The contract of a {@link Problem}: the same seed gives the same instance, whoever asks; an instance says how it was
 * drawn and never changes; its domain and its function class, on which verdicts and lower bounds rest, count what they
 * claim; and what cannot be drawn is refused with a sentence. Extend it, make the problem in {@link #plugin()} and give
 * small parameters in {@link #samples()}:
 *
 * <pre>{@code
 * class MajorityProblemTest extends ProblemContract {
 *     @Override
 *     protected Problem plugin() {
 *         return new MajorityProblem();
 *     }
 *
 *     @Override
 *     protected List<ParameterValues> samples() {
 *         return List.of(given("inputs=12", "outputs=20"));
 *     }
 *
 *     @Override
 *     protected List<ParameterValues> refused() {
 *         return List.of(given("inputs=3", "outputs=2")); // three inputs have one majority only
 *     }
 * }
 * }</pre>
 */
public abstract class ProblemContract extends PluginContract<Problem> {
    /** Instances drawn to see how many functions there are at least. */
    private static final int DRAWS = 64;

    /**
     * Parameters of small instances, whose domains have at most 200,000 inputs.
     *
     * @return at least one set; all sets together make the problem read every parameter that it declares
     */
    protected abstract List<ParameterValues> samples();

    /**
     * Parameters for which there is no instance: more outputs than there are gates, for example.
     *
     * @return none unless overridden
     */
    protected List<ParameterValues> refused() {
        return List.of();
    }

    /** A short text for failure messages. */
    private static String with(ParameterValues values) {
        return "with " + values;
    }

    /** The same parameters and seed give the same instance, from any object of the problem, in any order. */
    @Test
    public final void theSameSeedGivesTheSameInstance() {
        Problem one = plugin();
        Problem other = plugin();
        for (ParameterValues values : requireSamples()) {
            List<String> first = new ArrayList<>();
            List<String> second = new ArrayList<>();
            for (long seed = 0; seed < 4; seed++) {
                first.add(NetworkDigest.of(one.instantiate(values, new Seed(seed))));
            }
            for (long seed = 3; seed >= 0; seed--) {
                second.add(0, NetworkDigest.of(other.instantiate(values, new Seed(seed))));
            }
            assertEquals(first, second, () -> "the same seeds give other instances " + with(values));
        }
    }

    /** An instance does not change when arrays that it returned are written to, nor when others are drawn. */
    @Test
    public final void anInstanceDoesNotChange() {
        Problem problem = plugin();
        for (ParameterValues values : requireSamples()) {
            ProblemInstance instance = problem.instantiate(values, new Seed(1));
            String before = NetworkDigest.of(instance);
            instance.layers().forEach(gates -> {
                Arrays.fill(gates.reads(), 0);
                Arrays.fill(gates.offsets(), 0);
            });
            for (ParameterValues others : requireSamples()) {
                problem.instantiate(others, new Seed(2));
            }
            assertEquals(
                    before,
                    NetworkDigest.of(instance),
                    () -> "an instance changed while others were drawn " + with(values));
        }
    }

    /** An instance names its problem, its parameters and its seed, so that it can be drawn again. */
    @Test
    public final void anInstanceSaysHowItWasDrawn() {
        Problem problem = plugin();
        for (ParameterValues values : requireSamples()) {
            ProblemInstance instance = problem.instantiate(values, new Seed(5));
            assertEquals(problem.id(), instance.problem(), "an instance names another problem");
            assertEquals(values, instance.parameters(), "an instance has other parameters than those given");
            assertEquals(5, instance.seed(), "an instance has another seed than the one given");
        }
    }

    /** Where the problem declares inputs, outputs, max-active or fan-in, the instance has exactly that many. */
    @Test
    public final void sharedParametersMeanWhatTheySay() {
        Map<String, ToIntFunction<ProblemInstance>> meaning = Map.of(
                ProblemParameters.INPUTS.name(), ProblemInstance::inputs,
                ProblemParameters.OUTPUTS.name(), ProblemInstance::outputs,
                ProblemParameters.MAX_ACTIVE.name(), ProblemInstance::maxActive,
                ProblemParameters.FAN_IN.name(),
                        instance -> instance.layers().get(0).maxFanIn());
        for (ParameterValues values : requireSamples()) {
            ProblemInstance instance = plugin().instantiate(values, new Seed(0));
            values.asMap().forEach((name, value) -> {
                if (meaning.containsKey(name)) {
                    assertEquals(
                            value,
                            meaning.get(name).applyAsInt(instance),
                            () -> "the instance has another " + name + " than the one given " + with(values));
                }
            });
        }
    }

    /** The domain has exactly as many inputs as it claims, and enumerates each of them once. */
    @Test
    public final void theDomainHasAsManyInputsAsItCounts() {
        for (ParameterValues values : requireSamples()) {
            DomainCount.assertCountIsRight(
                    plugin().instantiate(values, new Seed(0)).domain());
        }
    }

    /**
     * The function class, where it is known, has at least as many functions as are drawn from it. The lower bounds rest
     * on its count: a class that is too small would make a network look better than it is.
     */
    @Test
    public final void theFunctionClassIsNotSmallerThanWhatIsDrawnFromIt() {
        for (ParameterValues values : requireSamples()) {
            Set<List<?>> drawn = new HashSet<>();
            Optional<FunctionClass> known = Optional.empty();
            for (long seed = 0; seed < DRAWS; seed++) {
                ProblemInstance instance = plugin().instantiate(values, new Seed(seed));
                drawn.add(instance.layers());
                known = instance.functionClass();
                if (!instance.isLayered()) {
                    known.ifPresent(functions -> assertEquals(
                            instance.outputs(),
                            functions.outputs(),
                            () -> "the function class has another number of outputs than the instance "
                                    + with(values)));
                }
            }
            // Layers may differ and still compose to the same map.
            if (plugin().instantiate(values, new Seed(0)).layers().size() == 1) {
                known.map(ProblemContract::count)
                        .ifPresent(counted -> assertTrue(
                                counted.compareTo(BigInteger.valueOf(drawn.size())) >= 0,
                                () -> "the class counts " + counted + " functions, but " + drawn.size()
                                        + " different ones were drawn " + with(values)));
            }
        }
    }

    /**
     * The number of distinct picks N (N - 1) ... (N - picks + 1), or some number from {@link #DRAWS} on. What binds the
     * picks to each other is left out: it is bounded from above, so that the class may well be larger.
     */
    private static BigInteger count(FunctionClass functions) {
        BigInteger product = BigInteger.ONE;
        BigInteger enough = BigInteger.valueOf(DRAWS);
        for (int t = 0; t < functions.picks() && product.compareTo(enough) < 0; t++) {
            product = product.multiply(functions.choices().subtract(BigInteger.valueOf(t)));
        }
        return product;
    }

    /** Every parameter that is read is declared, with the same type and default. */
    @Test
    public final void itReadsOnlyWhatItDeclares() {
        for (ParameterValues values : requireSamples()) {
            observing(values, new HashSet<>(), observed -> plugin().instantiate(observed, new Seed(0)));
        }
    }

    /** Every parameter that is declared is read for some sample. */
    @Test
    public final void itReadsAllThatItDeclares() {
        Set<String> read = ConcurrentHashMap.newKeySet();
        for (ParameterValues values : requireSamples()) {
            plugin().instantiate(values.observedBy(parameter -> read.add(parameter.name())), new Seed(0));
        }
        requireAllRead(read);
    }

    /**
     * Parameters without an instance are refused with a sentence, by an
     * {@link org.superpose.core.InvalidInputException}; nothing within the declared ranges makes the problem fail in
     * any other way.
     */
    @Test
    public final void whatItCannotDrawIsRefusedWithAReason() {
        for (ParameterValues values : refused()) {
            Refusals.assertRefused("an instance " + with(values), () -> plugin().instantiate(values, new Seed(0)));
        }
        for (ParameterValues values : requireSamples()) {
            for (ParameterValues edge : Refusals.edges(plugin(), values)) {
                Refusals.assertWorksOrIsRefused(
                        "an instance " + with(edge), () -> plugin().instantiate(edge, new Seed(0)));
            }
        }
    }

    /** Any number of threads may use one object. */
    @Test
    public final void threadsDoNotDisturbEachOther() {
        Problem problem = plugin();
        List<Callable<String>> work = new ArrayList<>();
        for (ParameterValues values : requireSamples()) {
            for (long seed = 0; seed < 4; seed++) {
                Seed drawn = new Seed(seed);
                work.add(() -> NetworkDigest.of(problem.instantiate(values, drawn)));
            }
        }
        ManyThreads.assertSameResults(work);
    }

    private List<ParameterValues> requireSamples() {
        List<ParameterValues> samples = samples();
        assertFalse(samples.isEmpty(), "samples() must give at least one set of parameters");
        return samples;
    }
}
