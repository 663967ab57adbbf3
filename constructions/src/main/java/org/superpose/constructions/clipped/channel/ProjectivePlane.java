package org.superpose.constructions.clipped.channel;

import java.util.Arrays;

/**
 * A projective plane of prime power order q: q^2 + q + 1 points and as many lines, any two points on exactly one line
 * (theory, section 5, where to look next).
 *
 * <p>After Singer: the points are the powers of a generator of GF(q^3) up to factors in GF(q), the lines are the shifts
 * of the points of trace zero. So a line is known by its shift, and the line through two points by the difference of
 * their exponents.
 */
final class ProjectivePlane {
    private final int order;
    private final int points;

    /** At d, the place in line 0 of the point a for which a - d is in line 0 too, modulo the number of points. */
    private final int[] firstOfDifference;

    private ProjectivePlane(int order, int[] lineZero) {
        this.order = order;
        this.points = size(order);
        this.firstOfDifference = new int[points];
        Arrays.fill(firstOfDifference, -1);
        for (int a : lineZero) {
            for (int b : lineZero) {
                firstOfDifference[Math.floorMod(a - b, points)] = a;
            }
        }
    }

    /**
     * The smallest plane that has a number of points.
     *
     * @param atLeast the number of points, from 1 to 100,000
     */
    static ProjectivePlane withPoints(int atLeast) {
        int order = smallestOrder(atLeast);
        int prime = smallestDivisor(order);
        int degree = 0;
        for (int rest = order; rest > 1; rest /= prime) {
            degree += 3;
        }
        int[][] powers = powersOfGenerator(prime, degree);
        int points = size(order);
        int[] lineZero = new int[order + 1];
        int found = 0;
        for (int point = 0; point < points; point++) {
            if (hasTraceZero(point, order, prime, powers)) {
                lineZero[found++] = point;
            }
        }
        return new ProjectivePlane(order, lineZero);
    }

    /** The number of lines of the smallest plane that has a number of points. */
    static int linesFor(int atLeast) {
        return size(smallestOrder(atLeast));
    }

    private static int size(int order) {
        return order * order + order + 1;
    }

    private static int smallestOrder(int atLeast) {
        int order = 2;
        while (size(order) < atLeast || !isPrimePower(order)) {
            order++;
        }
        return order;
    }

    private static boolean isPrimePower(int number) {
        int prime = smallestDivisor(number);
        int rest = number;
        while (rest % prime == 0) {
            rest /= prime;
        }
        return rest == 1;
    }

    private static int smallestDivisor(int number) {
        int divisor = 2;
        while (divisor * divisor <= number && number % divisor != 0) {
            divisor++;
        }
        return number % divisor == 0 ? divisor : number;
    }

    /**
     * All powers of x modulo a polynomial for which they are all nonzero elements of the field; coefficients from the
     * lowest.
     */
    private static int[][] powersOfGenerator(int prime, int degree) {
        int elements = 1;
        for (int t = 0; t < degree; t++) {
            elements = Math.multiplyExact(elements, prime);
        }
        for (int polynomial = 1; polynomial < elements; polynomial++) {
            int[] reduction = new int[degree]; // x^degree is this
            for (int t = 0, rest = polynomial; t < degree; t++, rest /= prime) {
                reduction[t] = rest % prime;
            }
            if (reduction[0] != 0) {
                int[][] powers = powers(reduction, prime, elements - 1);
                if (powers.length == elements - 1) {
                    return powers;
                }
            }
        }
        throw new AssertionError("a finite field has a generator");
    }

    /** x^0, x^1, ... until 1 comes again. */
    private static int[][] powers(int[] reduction, int prime, int most) {
        int degree = reduction.length;
        int[][] powers = new int[most][];
        int[] power = new int[degree];
        power[0] = 1;
        int[] one = power;
        int count = 0;
        do {
            powers[count++] = power;
            int[] next = new int[degree];
            int carried = power[degree - 1];
            for (int t = 0; t < degree; t++) {
                next[t] = ((t == 0 ? 0 : power[t - 1]) + carried * reduction[t]) % prime;
            }
            power = next;
        } while (count < most && !Arrays.equals(power, one));
        return Arrays.copyOf(powers, count);
    }

    /** Whether y + y^q + y^(q^2) = 0 for the power y of the generator. */
    private static boolean hasTraceZero(int exponent, int order, int prime, int[][] powers) {
        int[] first = powers[exponent];
        int[] second = powers[(int) ((long) exponent * order % powers.length)];
        int[] third = powers[(int) ((long) exponent * order * order % powers.length)];
        for (int t = 0; t < first.length; t++) {
            if ((first[t] + second[t] + third[t]) % prime != 0) {
                return false;
            }
        }
        return true;
    }

    /** The number of points, and of lines. */
    int points() {
        return points;
    }

    /** q + 1, the number of points on each line. */
    int pointsOnLine() {
        return order + 1;
    }

    /** The line through two different points. */
    int line(int point, int other) {
        return Math.floorMod(point - firstOfDifference[Math.floorMod(point - other, points)], points);
    }
}
