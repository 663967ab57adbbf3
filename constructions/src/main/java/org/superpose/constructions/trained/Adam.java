package org.superpose.constructions.trained;

/**
 * Gradient descent by the rule of Adam (Kingma and Ba, arXiv 1412.6980) with a rate that is cut twice.
 *
 * <p>Only operations are used whose float results the language fixes, in a fixed order: the same bits on every machine.
 * Mutable: every step moves the weights.
 */
public final class Adam {
    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.99f;
    private static final float EPSILON = 1e-6f;

    /** The part of all steps after which the rate is cut. */
    private static final double FIRST_CUT = 0.6;
    /** The part of all steps after which the rate is cut again. */
    private static final double SECOND_CUT = 0.85;
    /** The factor of a cut. */
    private static final float CUT = 0.3f;

    private final float[] weights;
    private final float rate;
    private final int steps;
    private final float[] firstMoment;
    private final float[] secondMoment;
    private double firstPower = 1;
    private double secondPower = 1;

    /**
     * @param weights what is moved, in place
     * @param rate about the most that a weight moves in a step at first
     * @param steps the number of all steps, which places the cuts
     */
    public Adam(float[] weights, float rate, int steps) {
        this.weights = weights;
        this.rate = rate;
        this.steps = steps;
        this.firstMoment = new float[weights.length];
        this.secondMoment = new float[weights.length];
    }

    /**
     * One step.
     *
     * @param gradient of the loss, one entry for each weight
     * @param step its number, from 1
     */
    public void descend(float[] gradient, int step) {
        float now = rateAt(step);
        firstPower *= FIRST_DECAY;
        secondPower *= SECOND_DECAY;
        float first = (float) (1 / (1 - firstPower));
        float second = (float) (1 / (1 - secondPower));
        for (int x = 0; x < weights.length; x++) {
            float slope = gradient[x];
            float mean = FIRST_DECAY * firstMoment[x] + (1 - FIRST_DECAY) * slope;
            float square = SECOND_DECAY * secondMoment[x] + (1 - SECOND_DECAY) * slope * slope;
            firstMoment[x] = mean;
            secondMoment[x] = square;
            weights[x] -= now * (mean * first) / ((float) Math.sqrt(square * second) + EPSILON);
        }
    }

    private float rateAt(int step) {
        double done = (double) step / steps;
        float now = rate;
        if (done > FIRST_CUT) {
            now *= CUT;
        }
        if (done > SECOND_CUT) {
            now *= CUT;
        }
        return now;
    }
}
