package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.gyre.trace.Traces;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.observation.CloudTraces;
import io.gyre.worker.observation.RotationTraces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rotations on PostgreSQL, and their traces. */
class TracedRotationsTest {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final EngineSettings SETTINGS =
            new EngineSettings(64, 1_000, 64, 32, Duration.ofSeconds(1), Duration.ofMillis(50), LEASE);

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String REQUEST = "00f067aa0ba902b7";

    private static final AttributeKey<String> PHASE = AttributeKey.stringKey("gyre.rotation.phase");
    private static final AttributeKey<String> WORD = AttributeKey.stringKey("error.type");

    private final World world = new World();
    private final KeptSpans kept = new KeptSpans();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(kept))
            .build();
    private final Traces traces =
            Traces.by(OpenTelemetrySdk.builder().setTracerProvider(provider).build());
    private final CloudTraces cloud = new CloudTraces(traces);

    @AfterEach
    void end() {
        provider.close();
        world.close();
    }

    private Engine engine(String worker, Target target) {
        Runner runner = new Runner(
                world.store(worker, LEASE),
                Map.of("rds", new RotationType("rds", new RdsRotation(), target)),
                recipe -> new Minted(recipe.credentialName(), SecretText.of("the new password")),
                new Unlimited(),
                SETTINGS,
                world.ticks(),
                world.executor,
                new Random(1),
                new RotationTraces(traces, System::nanoTime));
        return new Engine(world.store(worker, LEASE), runner, SETTINGS, world.ticks());
    }

    /** What each effect finds, after a call of the cloud that is answered on another thread. */
    private final Target calling = (effect, credentials) -> called("DescribeAccounts")
            .map(answer -> Done.with(
                    Map.of(RdsRotation.HOST, "127.0.0.1", RdsRotation.PORT, "5432", RdsRotation.LOGIN, "works")));

    private Uni<JsonNode> called(String action) {
        return cloud.observed(
                call(action),
                Uni.createFrom()
                        .<JsonNode>item(JsonNodeFactory.instance.objectNode())
                        .emitOn(world.executor));
    }

    private static RpcCall call(String action) {
        return new RpcCall(
                URI.create("https://rds.example.com:8443"),
                "2014-08-15",
                action,
                new TreeMap<>(Map.of("AccountPassword", "the new password")),
                new RpcCredentials("LTAIown", SecretText.of("the secret of Gyre's key")),
                Duration.ofSeconds(4));
    }

    private UUID rotation() {
        return world.rotation(world.secret("payments"), "immediate");
    }

    private void begunBy(UUID rotation, String traceParent) {
        world.sql("UPDATE rotation SET trace_parent = $2 WHERE rotation_id = $1", rotation, traceParent);
    }

    private void awaitEnd(UUID rotation, String state) {
        world.await(state, () -> world.text("SELECT state FROM rotation WHERE rotation_id = $1", rotation)
                .equals(state));
    }

    private void drained(Engine engine) {
        engine.drain();
        world.await("the engine to be empty", engine::isDrained);
    }

    private List<SpanData> named(String name) {
        return kept.all().stream().filter(span -> span.getName().equals(name)).toList();
    }

    private static Set<String> phases(List<SpanData> spans) {
        return spans.stream()
                .map(span -> span.getAttributes().get(PHASE))
                .filter(phase -> phase != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itIsOneTraceThoughAnotherWorkerGoesOn() {
        UUID rotation = rotation();
        begunBy(rotation, "00-" + TRACE + "-" + REQUEST + "-01");
        Engine dead = engine(
                "worker-1",
                (effect, credentials) -> effect instanceof ResetPassword
                        ? called("ResetAccountPassword")
                                .chain(answer -> Uni.createFrom().<Outcome>nothing())
                        : calling.perform(effect, credentials));
        dead.start();
        world.await("a call whose outcome worker-1 never learns", () -> !named("rds/ResetAccountPassword")
                .isEmpty());
        dead.drain();
        world.leaseRunsOut(rotation);
        Engine other = engine("worker-2", calling);
        other.start();
        awaitEnd(rotation, "Succeeded");
        drained(other);

        List<SpanData> spans = kept.all();
        assertEquals(Set.of(TRACE), spans.stream().map(SpanData::getTraceId).collect(Collectors.toSet()));
        assertTrue(
                phases(spans).containsAll(Set.of("INSPECT", "REACH", "SETTLE", "PROVE", "PROVE_REFUSED")),
                () -> phases(spans).toString());
        List<SpanData> steps = spans.stream()
                .filter(span -> span.getAttributes().get(PHASE) != null)
                .toList();
        assertTrue(steps.stream().allMatch(step -> step.getParentSpanId().equals(REQUEST)), steps.toString());
        Set<String> ids = steps.stream().map(SpanData::getSpanId).collect(Collectors.toSet());
        List<SpanData> calls = named("rds/DescribeAccounts");
        assertFalse(calls.isEmpty());
        for (SpanData made : calls) {
            assertEquals(SpanKind.CLIENT, made.getKind());
            assertTrue(ids.contains(made.getParentSpanId()), "a call belongs to the step that made it");
        }
    }

    @Test
    void whatIsCalledIsToldAndNothingOfWhatIsSent() {
        UUID rotation = rotation();
        begunBy(rotation, "00-" + TRACE + "-" + REQUEST + "-01");
        Engine engine = engine("worker-1", calling);
        engine.start();
        awaitEnd(rotation, "Succeeded");
        drained(engine);

        SpanData reset = named("rds RESET").get(0);
        assertEquals(rotation.toString(), reset.getAttributes().get(AttributeKey.stringKey("gyre.rotation.id")));
        assertEquals("rds", reset.getAttributes().get(AttributeKey.stringKey("gyre.rotation.type")));
        assertEquals("immediate", reset.getAttributes().get(AttributeKey.stringKey("gyre.rotation.trigger")));
        assertEquals("done", reset.getAttributes().get(AttributeKey.stringKey("gyre.rotation.outcome")));
        SpanData call = named("rds/DescribeAccounts").get(0);
        assertEquals("rds", call.getAttributes().get(AttributeKey.stringKey("rpc.service")));
        assertEquals("DescribeAccounts", call.getAttributes().get(AttributeKey.stringKey("rpc.method")));
        assertEquals("rds.example.com", call.getAttributes().get(AttributeKey.stringKey("server.address")));
        assertEquals(8443, call.getAttributes().get(AttributeKey.longKey("server.port")));
        for (SpanData span : kept.all()) {
            assertFalse(span.toString().contains("password"), span.toString());
            assertFalse(span.toString().contains("the secret of Gyre's key"), span.toString());
            assertFalse(span.toString().contains("LTAIown"), span.toString());
        }
    }

    @Test
    void theWholeRotationIsASpanFromItsRequestToItsEnd() {
        UUID rotation = rotation();
        begunBy(rotation, "00-" + TRACE + "-" + REQUEST + "-01");
        world.sql(
                "UPDATE rotation SET requested_at_wall = clock_timestamp() - interval '47 hours' WHERE rotation_id = $1",
                rotation);
        Engine engine = engine("worker-1", calling);
        engine.start();
        awaitEnd(rotation, "Succeeded");
        drained(engine);

        SpanData whole = named("rds rotation").get(0);
        assertEquals(1, named("rds rotation").size());
        assertEquals(REQUEST, whole.getParentSpanId());
        assertEquals(
                47,
                Duration.ofNanos(whole.getEndEpochNanos() - whole.getStartEpochNanos())
                        .toHours());
        assertEquals("Succeeded", whole.getAttributes().get(AttributeKey.stringKey("gyre.rotation.state")));
        assertEquals(StatusCode.UNSET, whole.getStatus().getStatusCode());
    }

    @Test
    void aRotationThatWasBegunWhileNobodyTracedIsOneTraceAllTheSame() {
        UUID rotation = rotation();
        Engine engine = engine("worker-1", calling);
        engine.start();
        awaitEnd(rotation, "Succeeded");
        drained(engine);
        assertEquals(
                Set.of(rotation.toString().replace("-", "")),
                kept.all().stream().map(SpanData::getTraceId).collect(Collectors.toSet()));
    }

    @Test
    void aRotationThatWasNotSampledIsNotTraced() {
        UUID rotation = rotation();
        begunBy(rotation, "00-" + TRACE + "-" + REQUEST + "-00");
        Engine engine = engine("worker-1", calling);
        engine.start();
        awaitEnd(rotation, "Succeeded");
        drained(engine);
        assertEquals(List.of(), kept.all());
    }

    @Test
    void aRefusalIsToldByItsCodeAndNotInTheCloudsWords() {
        UUID rotation = rotation();
        Engine engine = engine("worker-1", (effect, credentials) -> cloud.observed(
                        call("DescribeDBInstanceAttribute"),
                        Uni.createFrom()
                                .failure(new RpcFault(404, "InvalidDBInstanceId.NotFound", "No: the new password")))
                .<Outcome>map(answer -> Done.plain())
                .onFailure()
                .recoverWithItem(new Refused(Remedy.ROLL_BACK, "InvalidDBInstanceId.NotFound", "It is not there.")));
        engine.start();
        awaitEnd(rotation, "Failed");
        drained(engine);
        SpanData call = named("rds/DescribeDBInstanceAttribute").get(0);
        assertEquals("InvalidDBInstanceId.NotFound", call.getAttributes().get(WORD));
        assertEquals(StatusCode.ERROR, call.getStatus().getStatusCode());
        assertEquals(List.of(), call.getEvents());
        SpanData step = named("rds INSPECT").get(0);
        assertEquals("refused", step.getAttributes().get(AttributeKey.stringKey("gyre.rotation.outcome")));
        assertEquals(StatusCode.ERROR, named("rds rotation").get(0).getStatus().getStatusCode());
        for (SpanData span : kept.all()) {
            assertFalse(span.toString().contains("password"), span.toString());
        }
    }

    @Test
    void aLookThatBelongsToNoRotationIsNotFollowed() {
        called("DescribeAccounts").await().atMost(World.PATIENCE);
        assertEquals(List.of(), kept.all());
    }
}
