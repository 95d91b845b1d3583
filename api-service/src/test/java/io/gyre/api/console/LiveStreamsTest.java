package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromUserRequest;
import com.aliyun.ram20150501.models.UpdateAccessKeyRequest;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.EventStream;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** Pages that are shown anew: what comes, to whom, and when it ends. */
@QuarkusTest
class LiveStreamsTest {
    private static final String MAY_LOOK = "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"gyre:DescribeRotation\",\"Resource\":\"*\"}]}";

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    Clients clients;

    @Inject
    PlayedWorker worker;

    @Inject
    Rows rows;

    @Inject
    Vertx vertx;

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    ConsoleStore store;

    @Inject
    WatchedRows watched;

    @Inject
    ConsoleCalls calls;

    @Inject
    OneRotationPage page;

    private String rotate() throws Exception {
        String secret = secrets.create(secrets.rdsDouble());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(secret).setVersionId("v2"));
        return String.valueOf(rows.activeRotation("rotation_id", secret).get(0));
    }

    private static String stream(String rotation) {
        return "/console/live/rotations/" + rotation;
    }

    @Test
    void whatAWorkerWritesIsShownToWhoeverLooks() throws Exception {
        String id = rotate();
        Browser browser = login.administrator();
        try (EventStream stream = EventStream.open(stream(id), browser.session())) {
            String first = stream.next().data();
            assertTrue(first.contains("Requested by RotateSecret."), first);
            assertFalse(first.contains("name=\"form\""), first);

            worker.step(id, "Running", "Looking at the instance and the account");
            stream.until("Looking at the instance and the account");
            worker.findsLate(id, "Account app_b is absent. Create it again, then retry.");
            stream.until("Account app_b is absent.");
            worker.step(id, "Succeeded", "The new password is current");
            stream.until("succeeded after");
        }
    }

    @Test
    void whereNothingChangesTheLineOfNowMovesOn() throws Exception {
        String id = rotate();
        try (EventStream stream =
                EventStream.open(stream(id), login.administrator().session())) {
            String first = stream.next().data();
            String second = stream.next().data();
            assertFalse(first.equals(second), second);
        }
    }

    @Test
    void aStreamIsToldToTheAuditLogOnce() throws Exception {
        String id = rotate();
        String user = identities.user();
        identities.attachCustom(identities.policy(MAY_LOOK), user);
        Browser browser = login.as(identities.keyOf(user));
        try (EventStream stream = EventStream.open(stream(id), browser.session())) {
            stream.next();
            worker.step(id, "Running", "Looking at the instance and the account");
            stream.until("Looking at the instance and the account");
        }
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM audit_line WHERE event::jsonb #>> '{userIdentity,userName}' = ?"
                                + " AND event::jsonb ->> 'eventType' = 'ConsoleOperation'"
                                + " AND event::jsonb ->> 'eventName' = 'DescribeRotation'",
                        user));
    }

    @Test
    void aStreamEndsAsSomebodyLogsOut() throws Exception {
        String id = rotate();
        Browser browser = login.administrator();
        String form = browser.get("/console/rotations/" + id).field("form");
        try (EventStream stream = EventStream.open(stream(id), browser.session())) {
            stream.next();
            browser.post("/console/logout", Map.of("form", form)).location();
            assertTrue(stream.over().startsWith("You are not logged in any more"));
        }
    }

    @Test
    void aStreamEndsWithTheAccessKeyThatSomebodyCameBy() throws Exception {
        String id = rotate();
        String user = identities.user();
        identities.attachCustom(identities.policy(MAY_LOOK), user);
        Clients.AccessKey key = identities.keyOf(user);
        try (EventStream stream = EventStream.open(stream(id), login.as(key).session())) {
            stream.next();
            clients.ram()
                    .updateAccessKey(new UpdateAccessKeyRequest()
                            .setUserName(user)
                            .setUserAccessKeyId(key.id())
                            .setStatus("Inactive"));
            assertTrue(stream.over().startsWith("You are not logged in any more"));
        }
    }

    /** A page that stays open does not keep its session. */
    @Test
    void aStreamIsNoUseOfItsSession() throws Exception {
        String id = rotate();
        Browser browser = login.administrator();
        try (EventStream stream = EventStream.open(stream(id), browser.session())) {
            stream.next();
            rows.change(
                    "UPDATE console_session SET used_at = used_at - interval '31 minutes'"
                            + " WHERE token_hash = sha256(convert_to(?, 'UTF8'))",
                    browser.session());
            assertTrue(stream.over().startsWith("You are not logged in any more"));
        }
    }

    @Test
    void aStreamEndsAsThePermissionIsTakenAway() throws Exception {
        String id = rotate();
        String user = identities.user();
        String policy = identities.policy(MAY_LOOK);
        identities.attachCustom(policy, user);
        try (EventStream stream =
                EventStream.open(stream(id), login.as(identities.keyOf(user)).session())) {
            stream.next();
            clients.ram()
                    .detachPolicyFromUser(new DetachPolicyFromUserRequest()
                            .setPolicyName(policy)
                            .setPolicyType("Custom")
                            .setUserName(user));
            String why = stream.over();
            assertTrue(why.contains("It needs gyre:DescribeRotation on"), why);
        }
    }

    @Test
    void whoMayNotSeeThePageGetsNoStream() throws Exception {
        String id = rotate();
        assertTrue(new Browser().get(stream(id)).expect(401).shows("You are not logged in any more"));
        assertTrue(login.as(identities.keyOf(identities.user()))
                .get(stream(id))
                .expect(403)
                .shows("It needs gyre:DescribeRotation on"));
        Browser browser = login.administrator();
        browser.get(stream("00000000-0000-4000-8000-000000000000")).expect(404);
        browser.get(stream("1-2")).expect(400);
        browser.get("/console/live/secrets").expect(404);
        browser.get("/console/live/live/rotations/" + id).expect(404);
        browser.send("POST", stream(id), "", Map.of("Sec-Fetch-Site", "same-origin"))
                .expect(405);
    }

    @Test
    void asTheProcessIsStoppedEachStreamSaysSoAndNoneBegins() throws Throwable {
        String id = rotate();
        Visit visit = new Visit(
                "id",
                "/console/rotations/" + id,
                new Query(Map.of()),
                ConsoleToken.of(login.administrator().session()),
                "127.0.0.1",
                false);
        Visitor visitor = new Visitor(Identities.ACCOUNT, "root", "", false, SecretText.of(""));
        LiveStreams streams = new LiveStreams(vertx, sessions, store, watched, calls);
        Answer answer = VertxContextSupport.subscribeAndAwait(() -> streams.begin(visit, visitor, page));
        PlayedResponse browser = new PlayedResponse();
        answer.feed().orElseThrow().accept(browser.response());

        streams.stop(new ShutdownEvent());

        assertTrue(browser.ended);
        String last = browser.written.get(browser.written.size() - 1);
        assertTrue(last.startsWith("event: over\ndata: The console is being stopped"), last);
        assertThrows(RpcFault.class, () -> streams.begin(visit, visitor, page));
    }

    @Test
    void oneSessionHasSoManyStreamsAndNoMore() throws Exception {
        String id = rotate();
        Browser browser = login.administrator();
        List<EventStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                open.add(EventStream.open(stream(id), browser.session()));
            }
            assertTrue(browser.get(stream(id)).expect(503).shows("Too many pages are watched live here"));
            open.forEach(EventStream::next);
            login.administrator().get("/console/rotations/" + id).expect(200);
        } finally {
            open.forEach(EventStream::close);
        }
    }
}
