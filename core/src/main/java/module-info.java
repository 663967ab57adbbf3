/**
 * Model, plugin interfaces, kernels, verifiers and network files.
 *
 * <p>Plugins use the packages marked {@code @PluginApi}; {@code file} and {@code kernel} are for tools that embed
 * Superpose. The SIMD kernels need {@code --add-modules jdk.incubator.vector} when Java starts; without it scalar ones
 * are used. The incubator module is not named here, not even as {@code requires static}: javac would then warn
 * everybody who compiles against this module.
 */
module org.superpose.core {
    requires com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;

    exports org.superpose.core;
    exports org.superpose.core.audit;
    exports org.superpose.core.construction;
    exports org.superpose.core.feature;
    exports org.superpose.core.file;
    exports org.superpose.core.kernel;
    exports org.superpose.core.network;
    exports org.superpose.core.parameter;
    exports org.superpose.core.plugin;
    exports org.superpose.core.problem;
    exports org.superpose.core.random;
    exports org.superpose.core.verify;

    uses org.superpose.core.construction.Construction;
    uses org.superpose.core.problem.Problem;
    uses org.superpose.core.verify.Verifier;

    provides org.superpose.core.verify.Verifier with
            org.superpose.core.verify.argument.AdditiveVerifier,
            org.superpose.core.verify.AutoVerifier,
            org.superpose.core.verify.enumeration.BranchAndBoundVerifier,
            org.superpose.core.verify.chain.CompositionalVerifier,
            org.superpose.core.verify.enumeration.ExhaustiveVerifier,
            org.superpose.core.verify.monotone.MonotoneVerifier,
            org.superpose.core.verify.argument.PairwiseVerifier,
            org.superpose.core.verify.SampledVerifier;
}
