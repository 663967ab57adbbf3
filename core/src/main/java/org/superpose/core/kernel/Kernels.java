package org.superpose.core.kernel;

import org.superpose.core.InvalidInputException;

/**
 * Chooses the kernel, once: SIMD if the incubator module is there, else scalar loops with one warning that names the
 * flag.
 *
 * <p>The system property {@value #PROPERTY} ({@code scalar} or {@code vector}) overrides the choice, and
 * {@value #BITS_PROPERTY} (64, 128, 256 or 512) the width of the vectors: the preferred width is not the fastest on
 * every processor, so measure.
 */
public final class Kernels {
    /** System property that forces a kernel. */
    public static final String PROPERTY = "superpose.kernel";

    /** System property that sets the width of SIMD vectors. */
    public static final String BITS_PROPERTY = "superpose.kernel.bits";

    // By name only: nothing but that class may see the incubator module.
    private static final String VECTOR_KERNEL = "org.superpose.core.kernel.simd.VectorKernel";

    private Kernels() {}

    /** The kernel of this process, with checked arguments. */
    public static Kernel best() {
        return Holder.BEST;
    }

    /** What was chosen and why, in one line. */
    public static String describe() {
        return Holder.CHOICE.kernel().description()
                + (Holder.CHOICE.fallback().isEmpty() ? "" : "; " + Holder.CHOICE.fallback());
    }

    /**
     * The kernel of a name, with checked arguments.
     *
     * @param name scalar or vector
     * @throws InvalidInputException if there is no such kernel, or it cannot run here
     */
    public static Kernel named(String name) {
        return new CheckedKernel(load(name));
    }

    private static Kernel load(String name) {
        return switch (name) {
            case "scalar" -> new ScalarKernel();
            case "vector" -> loadVector();
            default ->
                throw new InvalidInputException(
                        "kernel \"" + name + "\" (system property " + PROPERTY + ") must be scalar or vector");
        };
    }

    private static Kernel loadVector() {
        VectorModule.load();
        // The module descriptor does not name the incubator, because javac warns whoever
        // compiles against one that does.
        ModuleLayer.boot()
                .findModule(VectorModule.NAME)
                .ifPresent(incubator -> Kernels.class.getModule().addReads(incubator));
        try {
            return (Kernel)
                    Class.forName(VECTOR_KERNEL).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError absent) {
            Throwable cause = absent.getCause() == null ? absent : absent.getCause();
            if (cause instanceof InvalidInputException invalid) {
                throw invalid;
            }
            throw new InvalidInputException(
                    "the SIMD kernels cannot run: start Java with --add-modules " + VectorModule.NAME, cause);
        }
    }

    /**
     * Decides between the kernels.
     *
     * @param asked the value of {@value #PROPERTY}, or null
     */
    static Choice choose(String asked) {
        if (asked != null) {
            return new Choice(load(asked), "");
        }
        try {
            return new Choice(loadVector(), "");
        } catch (InvalidInputException absent) {
            return new Choice(new ScalarKernel(), absent.getMessage());
        }
    }

    /**
     * The kernel and, if it is not the wanted one, why.
     *
     * @param fallback the reason, or an empty text
     */
    record Choice(Kernel kernel, String fallback) {}

    private static final class Holder {
        private static final Choice CHOICE = choose(System.getProperty(PROPERTY));
        private static final Kernel BEST = new CheckedKernel(CHOICE.kernel());

        static {
            if (!CHOICE.fallback().isEmpty()) {
                System.getLogger(Kernels.class.getName())
                        .log(System.Logger.Level.WARNING, "slow scalar kernels are used: " + CHOICE.fallback());
            }
        }
    }
}
