package org.superpose.runner.guest;

import org.superpose.core.construction.BlockConstruction;
import org.superpose.core.construction.Construction;
import org.superpose.core.network.BuiltNetwork;
import org.superpose.core.network.Codes;
import org.superpose.core.network.SuperposedNetwork;
import org.superpose.core.parameter.ParameterValues;
import org.superpose.core.plugin.Acceptance;
import org.superpose.core.plugin.Catalog;
import org.superpose.core.plugin.ChoosesAmong;
import org.superpose.core.plugin.Guest;
import org.superpose.core.problem.ProblemInstance;
import org.superpose.core.random.Seed;
import org.superpose.core.verify.Deadline;

/** A construction that is not Superpose's own. */
class GuestConstruction extends GuestPlugin implements Construction {
    private final Construction inner;

    private GuestConstruction(Guest guest, Construction inner) {
        super(guest, inner);
        this.inner = inner;
    }

    static Construction of(Guest guest, Construction inner) {
        boolean chooses = inner instanceof ChoosesAmong;
        if (inner instanceof BlockConstruction block) {
            return chooses ? new ChoosingBlock(guest, block) : new Block(guest, block);
        }
        return chooses ? new Choosing(guest, inner) : new GuestConstruction(guest, inner);
    }

    /** The guard around the same construction with another choice. */
    final Construction choosing(Catalog<Construction> catalog) {
        @SuppressWarnings("unchecked") // a plugin chooses among its own kind
        ChoosesAmong<Construction> chooser = (ChoosesAmong<Construction>) inner;
        Construction choosing = guest().call("choosingAmong", () -> chooser.choosingAmong(catalog));
        if (choosing.getClass() != inner.getClass()) {
            throw guest().fault("came back from choosingAmong as a "
                    + choosing.getClass().getName());
        }
        return of(guest(), choosing);
    }

    @Override
    public Acceptance accepts(ProblemInstance instance) {
        Acceptance acceptance = guest().call("accepts", () -> inner.accepts(instance));
        if (acceptance.reason() == null) {
            throw guest().fault("returned nothing from accepts");
        }
        return acceptance;
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed) {
        return fitting(instance, guest().call("build", () -> inner.build(instance, parameters, seed)));
    }

    @Override
    public SuperposedNetwork build(ProblemInstance instance, ParameterValues parameters, Seed seed, Deadline deadline) {
        return fitting(instance, guest().call("build", () -> inner.build(instance, parameters, seed, deadline)));
    }

    final SuperposedNetwork fitting(ProblemInstance instance, SuperposedNetwork network) {
        return guest().call("build", () -> new BuiltNetwork(instance, network).network());
    }

    /** One whose networks can be put one after another. */
    private static class Block extends GuestConstruction implements BlockConstruction {
        private final BlockConstruction inner;
        private final boolean readsOnlyIdentityCodes;
        private final int rank;

        Block(Guest guest, BlockConstruction inner) {
            super(guest, inner);
            this.inner = inner;
            this.readsOnlyIdentityCodes = guest.call("readsOnlyIdentityCodes", inner::readsOnlyIdentityCodes);
            this.rank = guest.call("rank", inner::rank);
        }

        @Override
        public SuperposedNetwork buildBlock(
                ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed) {
            return fitting(
                    instance,
                    guest().call("buildBlock", () -> inner.buildBlock(instance, inputCodes, parameters, seed)));
        }

        @Override
        public SuperposedNetwork buildBlock(
                ProblemInstance instance, Codes inputCodes, ParameterValues parameters, Seed seed, Deadline deadline) {
            return fitting(
                    instance,
                    guest().call(
                                    "buildBlock",
                                    () -> inner.buildBlock(instance, inputCodes, parameters, seed, deadline)));
        }

        @Override
        public boolean readsOnlyIdentityCodes() {
            return readsOnlyIdentityCodes;
        }

        @Override
        public int rank() {
            return rank;
        }
    }

    /** One that leaves the work to others. */
    private static final class Choosing extends GuestConstruction implements ChoosesAmong<Construction> {
        Choosing(Guest guest, Construction inner) {
            super(guest, inner);
        }

        @Override
        public Construction choosingAmong(Catalog<Construction> catalog) {
            return choosing(catalog);
        }
    }

    /** One that is both. */
    private static final class ChoosingBlock extends Block implements ChoosesAmong<Construction> {
        ChoosingBlock(Guest guest, BlockConstruction inner) {
            super(guest, inner);
        }

        @Override
        public Construction choosingAmong(Catalog<Construction> catalog) {
            return choosing(catalog);
        }
    }
}
