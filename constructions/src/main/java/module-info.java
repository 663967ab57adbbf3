/**
 * Builders of networks: dedicated, linear decompression (after the paper), clipped channels, trained and universal
 * ones. They are found as services; nothing is exported.
 */
module org.superpose.constructions {
    requires transitive org.superpose.core;

    provides org.superpose.core.construction.Construction with
            org.superpose.constructions.clipped.Clipped,
            org.superpose.constructions.clipped.ClippedAnd,
            org.superpose.constructions.clipped.ClippedPermutation,
            org.superpose.constructions.dedicated.Dedicated,
            org.superpose.constructions.dedicated.ThresholdReadout,
            org.superpose.constructions.layered.KAndTree,
            org.superpose.constructions.layered.Layered,
            org.superpose.constructions.linear.LinearHighInfluenceAnd,
            org.superpose.constructions.linear.LinearKAnd,
            org.superpose.constructions.linear.LinearLowInfluenceAnd,
            org.superpose.constructions.linear.LinearMixedInfluenceAnd,
            org.superpose.constructions.linear.LinearOutputChannels,
            org.superpose.constructions.linear.LinearPartitioned,
            org.superpose.constructions.linear.LinearPermutation,
            org.superpose.constructions.linear.LinearTwoAnd,
            org.superpose.constructions.sequential.Sequential,
            org.superpose.constructions.trained.TrainedGates,
            org.superpose.constructions.trained.TrainedReadout,
            org.superpose.constructions.trained.network.TrainedAnd,
            org.superpose.constructions.trained.network.TrainedAndCodes,
            org.superpose.constructions.trained.TrainedPermutation,
            org.superpose.constructions.universal.TargetedAnd,
            org.superpose.constructions.universal.UniversalAndBernoulli,
            org.superpose.constructions.universal.UniversalAndDense,
            org.superpose.constructions.universal.UniversalAndRademacher;
}
