package io.gyre.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** The arrows between the worker's rooms. */
@AnalyzeClasses(packages = "io.gyre.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule machinesArePure = classes()
            .that()
            .resideInAPackage("io.gyre.worker.machine..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.gyre.worker.machine..",
                    "io.gyre.secret..",
                    "io.gyre.rotation..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule verdictsArePure = classes()
            .that()
            .resideInAPackage("io.gyre.worker.verdict..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.gyre.worker.verdict..",
                    "io.gyre.worker.machine..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule theEngineKnowsNothingOfDriftAndOffers = noClasses()
            .that()
            .resideInAnyPackage("io.gyre.worker.engine..", "io.gyre.worker.machine..", "io.gyre.worker.target..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gyre.worker.verdict..", "io.gyre.worker.drift..", "io.gyre.worker.offer..");

    @ArchTest
    static final ArchRule machinesReadNoClockAndThrowNoDice = noClasses()
            .that()
            .resideInAPackage("io.gyre.worker.machine..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(RandomGenerator.class);

    @ArchTest
    static final ArchRule theEngineKnowsNoSecretType = noClasses()
            .that()
            .resideInAPackage("io.gyre.worker.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.gyre.worker.target..", "io.gyre.worker.candidate..", "io.gyre.worker.process..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(".*machine\\.(Ram|Rds|Ecs).*");

    @ArchTest
    static final ArchRule theEngineIsGivenItsClock = noClasses()
            .that()
            .resideInAPackage("io.gyre.worker.engine..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule targetsKnowThePortAndNothingElseOfTheEngine = noClasses()
            .that()
            .resideInAPackage("io.gyre.worker.target..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.gyre\\.worker\\.engine\\.(?!Target$).*");
}
