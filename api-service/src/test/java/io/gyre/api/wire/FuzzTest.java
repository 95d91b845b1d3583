package io.gyre.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.tea.NameInMap;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.RawExchange;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.rpc.RpcAction;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client sends is answered, and never by an accident of the server. Another seed or more requests: {@code
 * -Dgyre.fuzz.seed=S -Dgyre.fuzz.requests=N}.
 */
@QuarkusTest
class FuzzTest {
    private static final long SEED = Long.getLong("gyre.fuzz.seed", 1);
    private static final int REQUESTS = Integer.getInteger("gyre.fuzz.requests", 3000);

    /** What the inside of a server looks like to whoever sees it by mistake; one documented code looks like it, too. */
    private static final Pattern INSIDE = Pattern.compile(
            "(?<!ParseRequestParameter)Exception|\\bjava\\.|io\\.gyre|org\\.hibernate|SQLSTATE|\\bat [a-z]+\\.[a-z]+\\.");

    private static final Pattern XML_ERROR =
            Pattern.compile("(?s)<Error>.*<Code>(.+)</Code><Message>(.+)</Message><RequestId>(.+)</RequestId>.*");

    /** What the HTTP layer answers, without a body, to a version of HTTP that there is not; no SDK asks for one. */
    private static final int NO_SUCH_HTTP = 501;

    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    ApiServer server;

    @Inject
    Identities identities;

    @Inject
    Rows rows;

    @Inject
    @All
    @Default
    List<RpcAction> kms;

    @Inject
    @All
    @RamApi
    List<RpcAction> ram;

    @Inject
    @All
    @StsApi
    List<RpcAction> sts;

    @Test
    void everythingIsAnsweredAndNothingIsAnAccident() throws Exception {
        String keyId = clients.current()
                .createKey(new CreateKeyRequest())
                .getBody()
                .getKeyMetadata()
                .getKeyId();
        List<String> known =
                List.of(secrets.create(secrets.generic()), secrets.create(secrets.ecsKey()), keyId, keyId, "v1");
        fuzz(kms, "kms20160120", "2016-01-20", known, REQUESTS, 11);
    }

    @Test
    void norIsItAnywhereInRamAndSts() throws Exception {
        String user = identities.user();
        String role = identities.role(Identities.root());
        identities.keyOf(user);
        List<String> known = List.of(
                user, user, role, role, Identities.roleArn(role), "AdministratorAccess", "System", "Custom", "v1");
        fuzz(ram, "ram20150501", "2015-05-01", known, REQUESTS / 3, 11);
        // Two actions alone: whether a broken request is answered or hung up on is a matter of what arrives first.
        fuzz(sts, "sts20150401", "2015-04-01", known, REQUESTS / 6, 6);
        // Some of them may have made a key of the account itself.
        rows.change(
                "DELETE FROM access_key WHERE principal = 'root' AND access_key_id NOT IN (?, 'LTAI-off')",
                clients.administratorKey().getProperty("AccessKeyId"));
    }

    /** @param kinds how many kinds of answers there are at least */
    private void fuzz(List<RpcAction> actions, String sdk, String version, List<String> known, int requests, int kinds)
            throws Exception {
        Properties key = clients.administratorKey();
        SortedMap<String, List<String>> parameters = new TreeMap<>();
        actions.forEach(action -> parameters.put(action.name(), parameters(sdk, action.name())));
        FuzzedRequest fuzzed = new FuzzedRequest(
                SEED, version, parameters, known, key.getProperty("AccessKeyId"), key.getProperty("AccessKeySecret"));
        Map<String, Integer> seen = new TreeMap<>();
        for (int number = 1; number <= requests; number++) {
            boolean whole = number % 3 != 0;
            byte[] request = whole ? fuzzed.whole() : fuzzed.broken();
            RawExchange answer = RawExchange.send(server.address(), request, whole);
            String told = "request " + number + " of seed " + SEED + ": " + shown(request) + "\nanswer: " + answer;
            assertTrue(answer.status() > 0 || !whole, told);
            seen.merge(code(answer, told), 1, Integer::sum);
            assertTrue(answer.status() < 500 || (answer.status() == NO_SUCH_HTTP && !whole), told);
            assertTrue(!INSIDE.matcher(answer.body()).find() || echoes(answer, request), told);
        }
        assertEquals(
                requests, seen.values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(seen.getOrDefault("200", 0) > requests / 100, "hardly anything got through: " + seen);
        assertTrue(seen.size() >= kinds, "hardly any kind of refusal was met: " + seen);
        System.out.println("Fuzzed " + requests + " requests to " + sdk + " from seed " + SEED + ": " + seen);
    }

    /** What the answer is: 200, the code of a refusal, or that a hopeless connection was closed. */
    private static String code(RawExchange answer, String told) {
        if (answer.status() == 0) {
            return "closed";
        }
        if (answer.status() == 200) {
            return "200";
        }
        if (answer.status() == NO_SUCH_HTTP && answer.body().isEmpty()) {
            return "no such HTTP";
        }
        Matcher xml = XML_ERROR.matcher(answer.body());
        if (xml.find()) {
            return xml.group(1);
        }
        try {
            JsonNode error = JSON.readTree(answer.body());
            for (String field : List.of("Code", "Message", "RequestId")) {
                assertTrue(
                        error.path(field).isTextual()
                                && !error.path(field).asText().isEmpty(),
                        told);
            }
            return error.get("Code").asText();
        } catch (JsonProcessingException e) {
            throw new AssertionError("No error that an SDK can read, " + told, e);
        }
    }

    /** A refusal may quote the caller, who may say anything. */
    private static boolean echoes(RawExchange answer, byte[] request) {
        Matcher inside = INSIDE.matcher(answer.body());
        String sent = URLDecoder.decode(
                new String(request, StandardCharsets.ISO_8859_1).replaceAll("%(?![0-9A-Fa-f]{2})", ""),
                StandardCharsets.ISO_8859_1);
        return inside.find() && sent.contains(inside.group());
    }

    /** The names that the published SDK's request has for them; none for an action without any. */
    private static List<String> parameters(String sdk, String action) {
        try {
            return Arrays.stream(Class.forName("com.aliyun." + sdk + ".models." + action + "Request")
                            .getFields())
                    .flatMap(field -> Arrays.stream(field.getAnnotationsByType(NameInMap.class)))
                    .map(NameInMap::value)
                    .sorted()
                    .toList();
        } catch (ClassNotFoundException e) {
            return List.of();
        }
    }

    private static String shown(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        return String.format(
                Locale.ROOT, "%d bytes, %s", text.length(), text.substring(0, Math.min(2000, text.length())));
    }
}
