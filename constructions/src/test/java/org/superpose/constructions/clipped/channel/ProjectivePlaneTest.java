package org.superpose.constructions.clipped.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectivePlaneTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "7, 2", "8, 3", "21, 4", "22, 5", "32, 7", "58, 8", "91, 9", "134, 13", "200, 16"})
    void anyTwoPointsLieOnOneLineAndAllLinesAreEquallyLong(int atLeast, int order) {
        ProjectivePlane plane = ProjectivePlane.withPoints(atLeast);

        int points = order * order + order + 1;
        assertEquals(points, plane.points());
        assertEquals(points, ProjectivePlane.linesFor(atLeast));
        assertEquals(order + 1, plane.pointsOnLine());
        boolean[][] isOn = new boolean[points][points];
        for (int a = 0; a < points; a++) {
            for (int b = 0; b < points; b++) {
                if (a != b) {
                    int line = plane.line(a, b);
                    assertEquals(line, plane.line(b, a));
                    isOn[line][a] = true;
                    isOn[line][b] = true;
                }
            }
        }
        for (boolean[] line : isOn) {
            int on = 0;
            for (boolean here : line) {
                on += here ? 1 : 0;
            }
            assertEquals(order + 1, on);
        }
    }

    @Test
    void anOrderThatIsNoPrimePowerIsPassedOver() {
        assertEquals(7 * 7 + 7 + 1, ProjectivePlane.linesFor(5 * 5 + 5 + 2));
        assertTrue(ProjectivePlane.linesFor(10 * 10 + 10 + 1) > 10 * 10 + 10 + 1);
    }
}
