package io.gyre.api.secrets;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.Client;
import io.gyre.api.testing.ApiProcess;
import io.gyre.platform.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/**
 * The packaged program against {@link SecretModel}, by the published SDK: whatever is done with a secret, in whatever
 * order, both answer the same and then show the same. jqwik makes the orders up and shortens one that fails; it prints
 * the seed, which {@code @Property(seed = "…")} repeats.
 */
class VersionRulesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** More than a secret keeps. */
    private static final int LAST_VERSION = 13;

    private static final String OUTCOMES = "outcomes";

    private static ApiProcess process;
    private static Client client;
    private static TestPostgres.Database database;

    @BeforeContainer
    static void start() throws Exception {
        database = TestPostgres.freshDatabase();
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "version-rules");
        process = new ApiProcess(database, folder, folder.resolve("process"))
                .with("GYRE_SECRETS_VERIFY_ACCOUNTS", "false")
                .start();
        await().atMost(PATIENCE).until(() -> process.isReady() || !process.isAlive());
        client = process.client("http");
    }

    @AfterContainer
    static void stop() {
        process.close();
    }

    @Property(tries = 40)
    void aGenericSecretKeepsTheRules(@ForAll("steps") List<Step> steps) throws Exception {
        SecretModel model = new SecretModel(false);
        expectAgreement(model, secret(false), steps);
        Statistics.label("a version was dropped").collect(model.hasDropped()).coverage(met -> met.check(true)
                .count(count -> count > 0));
        expectMet(
                "404 Forbidden.ResourceNotFound",
                "409 Rejected.ResourceExist",
                "409 Rejected.ResourceInDeleteWindow",
                "400 Rejected.InvalidRequest");
    }

    @Property(tries = 20)
    void aManagedSecretKeepsTheRules(@ForAll("steps") List<Step> steps) throws Exception {
        expectAgreement(new SecretModel(true), secret(true), steps);
        expectMet("409 Rejected.ResourceInUse", "409 Rejected.ResourceInDeleteWindow", "400 UnsupportedOperation");
    }

    private static SecretInPractice secret(boolean managed) {
        return new SecretInPractice(client, database, "rules/" + UUID.randomUUID(), managed);
    }

    /** Rules that no order of steps came by are not tested: over all tries each of these outcomes is to be seen. */
    private static void expectMet(String... outcomes) {
        Statistics.label(OUTCOMES).coverage(met -> List.of(outcomes)
                .forEach(outcome -> met.check(outcome).count(count -> count > 0)));
    }

    private static void expectAgreement(SecretModel model, SecretInPractice practice, List<Step> steps)
            throws Exception {
        expectAgreement(model, practice, new Step.Create());
        for (Step step : steps) {
            expectAgreement(model, practice, step);
        }
    }

    private static void expectAgreement(SecretModel model, SecretInPractice practice, Step step) throws Exception {
        String outcome = step.doneTo(model);
        Statistics.label(OUTCOMES).collect(outcome);
        assertEquals(outcome, step.doneTo(practice), step::toString);
        if (!model.exists()) {
            assertEquals("404 Forbidden.ResourceNotFound", practice.restore(), step::toString);
            return;
        }
        assertEquals(model.versions(), practice.versions(), step::toString);
        assertEquals(model.isPlannedForDeletion(), practice.isPlannedForDeletion(), step::toString);
        if (!model.isPlannedForDeletion()) {
            assertEquals(practice.valueOf(model.currentValue()), practice.currentValue(), step::toString);
        }
    }

    /** Some begin with a secret that is nearly full, or full: at random they would hardly come there. */
    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, LAST_VERSION).map(VersionRulesIT::filledUpTo),
                        anything().list().ofMaxSize(40).withSizeDistribution(RandomDistribution.uniform()))
                .as((filling, rest) ->
                        Stream.concat(filling.stream(), rest.stream()).toList());
    }

    private static List<Step> filledUpTo(int last) {
        return IntStream.rangeClosed(2, last)
                .<Step>mapToObj(number -> new Step.Put("v" + number, "a", null))
                .toList();
    }

    private static Arbitrary<Step> anything() {
        return Arbitraries.frequencyOf(
                Tuple.of(12, puts()),
                Tuple.of(8, moves()),
                Tuple.of(2, Arbitraries.of(true, false, false, false).map(Step.Delete::new)),
                Tuple.of(3, Arbitraries.of(new Step.Restore())),
                Tuple.of(3, versions().map(Step.Rotate::new)),
                Tuple.of(2, Arbitraries.of(new Step.GiveUp())),
                Tuple.of(3, Arbitraries.of(new Step.Create())));
    }

    private static Arbitrary<Step> puts() {
        Arbitrary<List<String>> stages = Arbitraries.of(
                List.of("ACSCurrent"), List.of("Blue"), List.of("Blue", "Green"), List.of("ACSCurrent", "Green"));
        return Combinators.combine(versions(), Arbitraries.of("a", "a", "b"), stages.injectNull(0.5))
                .as(Step.Put::new);
    }

    private static Arbitrary<Step> moves() {
        return Combinators.combine(
                        Arbitraries.of("ACSCurrent", "ACSPrevious", "Blue", "Green"),
                        versions().injectNull(0.7),
                        versions().injectNull(0.2))
                .as(Step.Move::new);
    }

    private static Arbitrary<String> versions() {
        return Arbitraries.integers().between(1, LAST_VERSION).map(number -> "v" + number);
    }
}
