package org.superpose.runner;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;

/** The borders between the modules, and what each may depend on. */
@AnalyzeClasses(packages = "org.superpose", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleBordersTest {
    private static final String CORE = "org.superpose.core..";
    private static final String PROBLEMS = "org.superpose.problems..";
    private static final String CONSTRUCTIONS = "org.superpose.constructions..";
    private static final String BOUNDS = "org.superpose.bounds..";
    private static final String RUNNER = "org.superpose.runner..";
    private static final String[] LIBRARIES = {CORE, PROBLEMS, CONSTRUCTIONS, BOUNDS};

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROBLEMS, CONSTRUCTIONS, BOUNDS, RUNNER);

    @ArchTest
    static final ArchRule PROBLEMS_KNOW_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage(PROBLEMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONSTRUCTIONS, BOUNDS, RUNNER);

    @ArchTest
    static final ArchRule CONSTRUCTIONS_KNOW_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage(CONSTRUCTIONS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROBLEMS, BOUNDS, RUNNER);

    @ArchTest
    static final ArchRule BOUNDS_KNOW_ONLY_CORE = noClasses()
            .that()
            .resideInAPackage(BOUNDS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROBLEMS, CONSTRUCTIONS, RUNNER);

    @ArchTest
    static final ArchRule THE_RUNNER_FINDS_PLUGINS_BY_SERVICE_LOADER_NOT_BY_NAME = noClasses()
            .that()
            .resideInAPackage(RUNNER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROBLEMS, CONSTRUCTIONS);

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_KNOWS_THE_VECTOR_API = noClasses()
            .that()
            .resideOutsideOfPackage("org.superpose.core.kernel.simd..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jdk.incubator.vector..", "org.superpose.core.kernel.simd..");

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_PULL_IN_THE_APPLICATION = noClasses()
            .that()
            .resideInAnyPackage(LIBRARIES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.inject..", "picocli..", "org.slf4j..", "me.tongfei..");

    @ArchTest
    static final ArchRule LIBRARIES_DO_NOT_WRITE_TO_STANDARD_STREAMS =
            noClasses().that().resideInAnyPackage(LIBRARIES).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule ONLY_THE_LAUNCHER_ENDS_THE_PROCESS = noClasses()
            .that()
            .haveNameNotMatching("org\\.superpose\\.runner\\.cli\\.Main")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule NOTHING_BUT_THE_COMMAND_LINE_WRITES_TO_STANDARD_STREAMS = noClasses()
            .that()
            .resideOutsideOfPackage("org.superpose.runner.cli..")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule ONLY_THE_LAUNCHER_SENDS_WHAT_OTHERS_PRINT_ELSEWHERE = noClasses()
            .that()
            .haveNameNotMatching("org\\.superpose\\.runner\\.cli\\.Main")
            .should()
            .callMethod(System.class, "setOut", PrintStream.class);

    @ArchTest
    static final ArchRule NOBODY_INSTALLS_HANDLERS = noClasses()
            .should()
            .callMethod(System.class, "setErr", PrintStream.class)
            .orShould()
            .callMethod(Thread.class, "setDefaultUncaughtExceptionHandler", Thread.UncaughtExceptionHandler.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "sun.misc..");

    @ArchTest
    static final ArchRule LIBRARIES_ADD_NO_SHUTDOWN_HOOKS = noClasses()
            .that()
            .resideInAnyPackage(LIBRARIES)
            .should()
            .callMethod(Runtime.class, "addShutdownHook", Thread.class);

    @ArchTest
    static final ArchRule PACKAGES_OF_CORE_HAVE_NO_CYCLES =
            slices().matching("org.superpose.core.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule VERIFIERS_ARE_ASKED_FOR_BY_ID_AND_ONLY_CORE_KNOWS_THEIR_SLICES = noClasses()
            .that()
            .resideOutsideOfPackages("org.superpose.core.verify..", "org.superpose.core.audit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.superpose.core.verify.*..");

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_CONSTRUCTIONS_HAVE_NO_CYCLES =
            slices().matching("org.superpose.constructions.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_CLIPPED_CONSTRUCTIONS_KNOW_THEIR_SLICES = noClasses()
            .that()
            .resideOutsideOfPackage("org.superpose.constructions.clipped..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.superpose.constructions.clipped.*..");

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_RUNNER_HAVE_NO_CYCLES =
            slices().matching("org.superpose.runner.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule FIGURES_KNOW_NOTHING_OF_WHAT_THEY_SHOW = noClasses()
            .that()
            .resideInAPackage("org.superpose.runner.figure")
            .should()
            .dependOnClassesThat(resideInAPackage(RUNNER)
                    .and(not(resideInAnyPackage("org.superpose.runner.figure", "org.superpose.runner.text"))));

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_COMMAND_LINE = noClasses()
            .that()
            .resideOutsideOfPackage("org.superpose.runner.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.superpose.runner.cli..");

    @ArchTest
    static final ArchRule BUILT_IN_EXPERIMENTS_ARE_PLUGINS_LIKE_ANY_OTHER = noClasses()
            .that()
            .resideOutsideOfPackage("org.superpose.runner.experiment.builtin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.superpose.runner.experiment.builtin..");

    @ArchTest
    static final ArchRule ONLY_THE_PLANNER_READS_EXPERIMENT_FILES = noClasses()
            .that()
            .resideOutsideOfPackage("org.superpose.runner.experiment.file..")
            .and()
            .doNotHaveSimpleName("Planner")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.superpose.runner.experiment.file..");
}
