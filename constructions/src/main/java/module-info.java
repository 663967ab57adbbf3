/** Builders of networks: dedicated, linear decompression (the paper) and clipped channels. */
module org.superpose.constructions {
    requires transitive org.superpose.core;

    exports org.superpose.constructions.code;
    exports org.superpose.constructions.dedicated;
    exports org.superpose.constructions.layered;
    exports org.superpose.constructions.linear;

    provides org.superpose.core.construction.Construction with
            org.superpose.constructions.dedicated.Dedicated,
            org.superpose.constructions.linear.LinearKAnd,
            org.superpose.constructions.linear.LinearLowInfluenceAnd,
            org.superpose.constructions.linear.LinearPermutation;
}
