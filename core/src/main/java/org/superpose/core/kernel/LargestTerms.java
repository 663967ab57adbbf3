package org.superpose.core.kernel;

/** The largest of many numbers above 0, a fixed number of them, as the terms of a sum. Mutable. */
public final class LargestTerms {
    /** Ascending; 0 where there were fewer numbers. */
    private final double[] terms;

    /** @param count how many are kept, at least 1 */
    public LargestTerms(int count) {
        this.terms = new double[count];
    }

    /** Keeps a number if it is one of the largest so far; what is no number counts as infinite. */
    public void add(double number) {
        double value = Double.isNaN(number) ? Double.POSITIVE_INFINITY : number;
        if (value <= terms[0]) {
            return;
        }
        int place = 0;
        while (place + 1 < terms.length && terms[place + 1] < value) {
            terms[place] = terms[place + 1];
            place++;
        }
        terms[place] = value;
    }

    /** {@code start} and the terms, the smallest first. */
    public double sum(double start) {
        double sum = start;
        for (double term : terms) {
            sum += term;
        }
        return sum;
    }
}
