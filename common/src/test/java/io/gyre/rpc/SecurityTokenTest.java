package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a gateway makes of the token of a temporary key, before anyone opens it. */
class SecurityTokenTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String KEY = "STS.testid";

    /** What the keys were looked for by, and which signed. */
    private final List<String> asked = new ArrayList<>();

    private final RpcGateway gateway = new RpcGateway(
            List.of(new RpcApi("Kms", SignedRequests.VERSION, List.of(new Echo()))),
            new AccessKeys() {
                @Override
                public Uni<Optional<AccessKey>> find(String id, String token) {
                    asked.add(id + " by " + token);
                    return Uni.createFrom()
                            .item(Optional.of(
                                    new AccessKey(id, SecretText.of(SignedRequests.SECRET), true, "1", "root")));
                }

                @Override
                public void used(AccessKey key) {
                    asked.add(key.id() + " used");
                }
            },
            new RecentNonces(InstantSource.fixed(NOW)),
            InstantSource.fixed(NOW),
            RefusedCalls.UNTOLD);

    private static final class Echo implements RpcAction {
        @Override
        public String name() {
            return "Echo";
        }

        @Override
        public Uni<ObjectNode> perform(RpcRequest request) {
            return Uni.createFrom().item(Json.MAPPER.createObjectNode());
        }
    }

    @Test
    void bothGenerationsBringIt() throws IOException {
        SignedRequests.Acs3 acs3 = acs3();
        acs3.signed.put("x-acs-security-token", "a token");
        acs3.signed.put("x-acs-accesskey-id", KEY);
        assertEquals("", code(acs3.call()));
        assertEquals("", code(v1(Map.of("SecurityToken", "a token"))));
        assertEquals(List.of(KEY + " by a token", KEY + " used", KEY + " by a token", KEY + " used"), asked);
    }

    @Test
    void theCurrentGenerationMayNameItInTheSignedQuery() throws IOException {
        SignedRequests.Acs3 acs3 = acs3();
        acs3.query = "SecurityToken=a+token";
        assertEquals("", code(acs3.call()));
        acs3.signed.put("x-acs-security-token", "another");
        assertEquals("IncompleteSignature", code(acs3.call()));
    }

    @Test
    void aTokenThatIsNotSignedIsRefused() throws IOException {
        SignedRequests.Acs3 acs3 = acs3();
        acs3.unsigned.put("x-acs-security-token", "a token");
        assertEquals("IncompleteSignature", code(acs3.call()));
    }

    @Test
    void aKeyThatTheHeadersNameOtherwiseIsRefused() throws IOException {
        SignedRequests.Acs3 acs3 = acs3();
        acs3.signed.put("x-acs-security-token", "a token");
        acs3.signed.put("x-acs-accesskey-id", "STS.another");
        assertEquals("IncompleteSignature", code(acs3.call()));
    }

    @Test
    void aTemporaryKeyWithoutOneIsRefusedBeforeItIsLookedFor() throws IOException {
        assertEquals("MissingSecurityToken", code(acs3().call()));
        assertEquals("MissingSecurityToken", code(v1(Map.of())));
        assertEquals("MissingSecurityToken", code(v1(Map.of("SecurityToken", ""))));
        assertEquals(List.of(), asked);
    }

    @Test
    void aTokenBesideAnOrdinaryKeyIsRefused() throws IOException {
        SignedRequests.Acs3 acs3 = acs3();
        acs3.keyId = SignedRequests.KEY_ID;
        acs3.signed.put("x-acs-security-token", "a token");
        assertEquals("InvalidSecurityToken.MismatchWithAccessKey", code(acs3.call()));
        assertEquals(List.of(), asked);
    }

    @Test
    void aKeyIsNotUsedByWhoeverDoesNotHoldItsSecret() throws IOException {
        SignedRequests.Acs3 acs3 = acs3();
        acs3.signed.put("x-acs-security-token", "a token");
        acs3.secret = "another";
        assertEquals("SignatureDoesNotMatch", code(acs3.call()));
        assertEquals(List.of(KEY + " by a token"), asked);
    }

    private static SignedRequests.Acs3 acs3() {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.date = NOW;
        request.keyId = KEY;
        return request;
    }

    private static HttpCall v1(Map<String, String> more) {
        SortedMap<String, String> query = SignedRequests.v1("Echo", NOW);
        query.put("AccessKeyId", KEY);
        query.putAll(more);
        return SignedRequests.v1Call("POST", query, new TreeMap<>());
    }

    /** Empty where the request was answered. */
    private String code(HttpCall call) throws IOException {
        HttpAnswer answer = gateway.answer(call, Runnable::run).await().atMost(Duration.ofSeconds(10));
        return Json.MAPPER.readTree(answer.body()).path("Code").asText();
    }
}
