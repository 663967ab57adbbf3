import org.superpose.core.problem.Gate
import org.superpose.core.problem.Problems
import org.superpose.runner.Superpose

fun main() {
    val ring = Problems.define("ring").inputs(64)
        .outputs(64) { j -> Gate.of({ x -> x[0] && !x[1] }, j, (j + 3) % 64) }
        .build()
    Superpose.builder().build().use { superpose ->
        println(superpose.verify(superpose.build(ring, "dedicated")))
        superpose.sweep(ring, "trained-gates").widths(32, 40, 48).run().measurements()
            .forEach { row -> println("${row.text("width")} ${row.text("verdict")}") }
    }
}
