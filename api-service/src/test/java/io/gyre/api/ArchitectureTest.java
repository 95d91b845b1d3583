package io.gyre.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The arrows between the rooms of the API process. */
@AnalyzeClasses(packages = "io.gyre.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule noTwoRoomsDependOnEachOther =
            slices().matching("io.gyre.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theWireKnowsNoAction = noClasses()
            .that()
            .resideInAPackage("io.gyre.api.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.gyre.api.access..",
                    "io.gyre.api.secrets..",
                    "io.gyre.api.keys..",
                    "io.gyre.api.instances..",
                    "io.gyre.store..");

    @ArchTest
    static final ArchRule whatIsStoredTakesItsTimeFromPostgresql = noClasses()
            .that()
            .resideInAPackage("io.gyre.api..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule whatACampaignDoesNextIsDecidedInPureCode = classes()
            .that()
            .resideInAPackage("io.gyre.api.campaign..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "java.util..", "java.time", "org.jspecify..", "io.gyre.api.campaign..");

    @ArchTest
    static final ArchRule whatCallsOutLooksAtTheAddressFirst = noClasses()
            .that()
            .resideOutsideOfPackage("io.gyre.api.outgoing..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.http.HttpClient")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..");

    @ArchTest
    static final ArchRule jdbcIsForFlywayQuartzAndTheTurnAtStart = noClasses()
            .that()
            .resideInAPackage("io.gyre.api.(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "io.agroal..");
}
