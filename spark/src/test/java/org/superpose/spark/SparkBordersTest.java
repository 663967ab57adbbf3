package org.superpose.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders of this module. */
@AnalyzeClasses(packages = "org.superpose", importOptions = ImportOption.DoNotIncludeTests.class)
class SparkBordersTest {
    private static final String SPARK = "org.superpose.spark..";

    @ArchTest
    static final ArchRule NOBODY_ELSE_KNOWS_SPARK = noClasses()
            .that()
            .resideOutsideOfPackage(SPARK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPARK, "org.apache.spark..", "scala..");

    @ArchTest
    static final ArchRule PLUGINS_AND_COMMANDS_ARE_NOT_KNOWN_BY_NAME = noClasses()
            .that()
            .resideInAPackage(SPARK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.superpose.core.verify.*..",
                    "org.superpose.problems..",
                    "org.superpose.constructions..",
                    "org.superpose.runner.cli..",
                    "org.superpose.runner.experiment.*..");

    @ArchTest
    static final ArchRule NO_PACKAGES_FORM_A_CIRCLE =
            slices().matching("org.superpose.(**)").should().beFreeOfCycles();
}
