package org.superpose.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superpose.core.feature.FeatureSet;
import org.superpose.core.feature.InputDomain;
import org.superpose.core.kernel.Kernel;
import org.superpose.core.kernel.Kernels;
import org.superpose.core.verify.Deadline;
import org.superpose.core.verify.block.AffineStart;
import org.superpose.core.verify.block.BlockEvaluation;
import org.superpose.core.verify.block.BlockModel;
import org.superpose.core.verify.block.Readout;
import org.superpose.core.verify.block.RoundingBounds;

/**
 * Goes through the inputs of a part of the domain, block by block, and judges every decision. Belongs to one thread.
 *
 * <p>Outputs that should be as in the resting state are judged together: one pass over the values of an input gives the
 * output nearest to leaving it. Only where that is within rounding of its threshold is the input looked at output by
 * output, and only decisions within rounding are evaluated once more, in double.
 */
final class AuditWalk implements PartAudit {
    private final InputDomain domain;
    private final ExpectedOutputs expected;
    private final Readout readout;
    private final AffineStart start;
    private final RoundingBounds bounds;
    private final BlockEvaluation evaluation;
    private final PointEvaluation point;
    private final Deadline deadline;
    private final WorstSoFar worstSoFar;
    private final boolean keepsWrong;
    private final Kernel kernel = Kernels.best();

    private final int[] active;
    private final float[][] sums;
    private int count;

    private final int[] blockActive;
    private final int[] blockCount;
    private int filled;
    private long index;

    private final boolean[] isRestingOn;
    private final float[] signs;
    private final float[] shifts;
    /** The largest signed value less its shift of each output at rest, in this part. */
    private final float[] most;

    private final float[] before;
    private Tally tally;
    private List<WrongDecision> wrong;

    AuditWalk(
            InputDomain domain,
            ExpectedOutputs expected,
            BlockModel model,
            PointEvaluation point,
            Deadline deadline,
            WorstSoFar worstSoFar,
            boolean keepsWrong) {
        this.domain = domain;
        this.expected = expected;
        this.readout = model.readout();
        this.start = model.start();
        this.bounds = model.bounds();
        this.evaluation = new BlockEvaluation(model, kernel);
        this.point = point;
        this.deadline = deadline;
        this.worstSoFar = worstSoFar;
        this.keepsWrong = keepsWrong;
        this.active = new int[domain.maxActive()];
        this.sums = new float[domain.maxActive() + 1][];
        sums[0] = start.rest();
        for (int s = 1; s <= domain.maxActive(); s++) {
            sums[s] = new float[start.width()];
        }
        this.blockActive = new int[BlockEvaluation.INPUTS * domain.maxActive()];
        this.blockCount = new int[BlockEvaluation.INPUTS];
        int outputs = readout.outputs();
        this.isRestingOn = new boolean[outputs];
        this.signs = new float[outputs];
        this.shifts = new float[outputs];
        this.most = new float[outputs];
        this.before = new float[outputs];
        for (int s = 0; s < expected.resting().size(); s++) {
            isRestingOn[expected.resting().get(s)] = true;
        }
        for (int i = 0; i < outputs; i++) {
            signs[i] = isRestingOn[i] ? -1 : 1;
            shifts[i] = isRestingOn[i] ? readout.on(i) : -readout.off(i);
        }
    }

    @Override
    public Part run(int part, long firstIndex) {
        tally = new Tally(domain, readout);
        wrong = new ArrayList<>();
        filled = 0;
        count = 0;
        index = firstIndex;
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        boolean done;
        if (part == domain.features()) {
            evaluation.put(0, sums[0]);
            blockCount[0] = 0;
            filled = 1;
            done = true;
        } else {
            done = extend(part);
        }
        if (!done) {
            return null;
        }
        judgeBlock();
        Tally found = tally;
        return new Part(total -> total.add(found), wrong);
    }

    /** Goes through the input with one more feature and all behind it; false when time ran out. */
    private boolean extend(int feature) {
        float[] base = sums[count];
        active[count++] = feature;
        float[] own = sums[count];
        float[] column = start.column(feature);
        for (int e = 0; e < own.length; e++) {
            own[e] = base[e] + column[e];
        }
        boolean goesOn = (count < domain.minActive() || add(own, null)) && extendFurther(own);
        count--;
        return goesOn;
    }

    private boolean extendFurther(float[] own) {
        if (count == domain.maxActive()) {
            return true;
        }
        boolean isLast = count == domain.maxActive() - 1;
        for (int next = active[count - 1] + 1; next < domain.features(); next++) {
            if (domain.fits(active, count, next)) {
                if (isLast) {
                    active[count++] = next;
                    boolean goesOn = add(own, start.column(next));
                    count--;
                    if (!goesOn) {
                        return false;
                    }
                } else if (!extend(next)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Adds the current input to the block; false when time ran out. */
    private boolean add(float[] base, float[] column) {
        if (column == null) {
            evaluation.put(filled, base);
        } else {
            evaluation.put(filled, base, column);
        }
        System.arraycopy(active, 0, blockActive, filled * active.length, count);
        blockCount[filled++] = count;
        if (filled < BlockEvaluation.INPUTS) {
            return true;
        }
        judgeBlock();
        return !deadline.isOver();
    }

    private FeatureSet input(int place) {
        int from = place * active.length;
        return FeatureSet.ofSorted(Arrays.copyOfRange(blockActive, from, from + blockCount[place]), blockCount[place]);
    }

    private void judgeBlock() {
        float[] values = evaluation.values(filled);
        System.arraycopy(most, 0, before, 0, most.length);
        for (int b = 0; b < filled; b++) {
            judge(input(b), values, b * signs.length);
        }
        for (int i = 0; i < most.length; i++) {
            if (most[i] > before[i]) {
                findExtreme(i, values);
            }
        }
        filled = 0;
    }

    private void judge(FeatureSet input, float[] values, int from) {
        FeatureSet changes = expected.changes(input, index++);
        float[] changedMargins = new float[changes.size()];
        float least = Float.POSITIVE_INFINITY;
        boolean isSure = true;
        for (int s = 0; s < changedMargins.length; s++) {
            int i = changes.get(s);
            float value = values[from + i];
            boolean on = !isRestingOn[i];
            if (tally.isExtreme(i, on, value)) {
                tally.extreme(i, on, value, input);
            }
            changedMargins[s] = on ? value - readout.on(i) : readout.off(i) - value;
            isSure &= changedMargins[s] > bounds.largest();
            least = Math.min(least, changedMargins[s]);
            // The pass over all outputs is to leave it out.
            values[from + i] = on ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        }
        float largest = kernel.raise(most, signs, shifts, values, from);
        isSure &= largest < -bounds.largest();
        least = Math.min(least, -largest);
        tally.margin(least);
        if (!isSure) {
            judgeEach(input, changes, changedMargins, values, from);
        }
        if (tally.isAmongWorst(least) && !(least - bounds.largest() > worstSoFar.margin())) {
            addWorst(input, changes);
        }
    }

    private void judgeEach(FeatureSet input, FeatureSet changes, float[] changedMargins, float[] values, int from) {
        boolean isWrong = false;
        boolean isUndecided = false;
        int next = 0;
        for (int i = 0; i < signs.length; i++) {
            boolean isChanged = next < changedMargins.length && changes.get(next) == i;
            float margin = isChanged ? changedMargins[next++] : 0 - (signs[i] * values[from + i] + shifts[i]);
            if (margin > bounds.of(i)) {
                continue;
            }
            boolean on = isChanged != isRestingOn[i];
            if (isSurelyWrong(input, i, on, margin)) {
                isWrong = true;
                tally.wrongDecision(i, on);
                if (keepsWrong) {
                    wrong.add(new WrongDecision(input, i, margin));
                }
            } else if (!isSurelyRight(input, i, on, margin)) {
                isUndecided = true;
                tally.undecidedDecision(i);
            }
        }
        if (isWrong) {
            tally.wrongInput(input.size());
        } else if (isUndecided) {
            tally.undecidedInput(input.size());
        }
    }

    private boolean isSurelyWrong(FeatureSet input, int output, boolean on, float margin) {
        if (bounds.largest() == 0) {
            return !readout.isRight(output, on, margin);
        }
        if (margin < -bounds.of(output)) {
            return true;
        }
        point.at(input);
        return -point.margin(output, on) > point.error(output);
    }

    private boolean isSurelyRight(FeatureSet input, int output, boolean on, float margin) {
        if (bounds.largest() == 0) {
            return readout.isRight(output, on, margin);
        }
        point.at(input);
        return point.margin(output, on) > point.error(output);
    }

    /** Finds the input of the block that raised the extreme of an output at rest. */
    private void findExtreme(int output, float[] values) {
        for (int b = 0; b < filled; b++) {
            float value = values[b * signs.length + output];
            if (Float.isFinite(value) && tally.isExtreme(output, isRestingOn[output], value)) {
                tally.extreme(output, isRestingOn[output], value, input(b));
            }
        }
    }

    private void addWorst(FeatureSet input, FeatureSet changes) {
        point.at(input);
        double least = Double.POSITIVE_INFINITY;
        int worst = 0;
        int next = 0;
        for (int i = 0; i < signs.length; i++) {
            boolean isChanged = next < changes.size() && changes.get(next) == i;
            next += isChanged ? 1 : 0;
            double margin = point.margin(i, isChanged != isRestingOn[i]);
            if (margin < least) {
                least = margin;
                worst = i;
            }
        }
        tally.worst(new WorstInput(input, worst, least));
    }
}
