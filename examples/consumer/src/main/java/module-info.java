/** A program of somebody else. */
module com.example.consumer {
    requires org.superpose.core;

    uses org.superpose.core.construction.Construction;
    uses org.superpose.core.problem.Problem;
}
