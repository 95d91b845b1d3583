package io.gyre.api.wire;

import io.gyre.rpc.RpcV1Signature;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Requests that no SDK sends: rightly signed with wild parameters, or right ones with their bytes broken. */
final class FuzzedRequest {
    /** Parameters that name what an action is about: without such a thing, little of the action is reached. */
    private static final Set<String> NAMING = Set.of(
            "SecretName", "KeyId", "DestinationKeyId", "UserName", "RoleName", "PolicyName", "PolicyType", "RoleArn");

    private static final int MOST_ODD = 2;
    private static final int MOST_BREAKS = 4;

    private final Random random;
    private final String version;
    private final SortedMap<String, List<String>> parameters;
    private final List<String> actions;
    private final List<String> names;
    private final List<String> known;
    private final String keyId;
    private final String secret;

    /**
     * @param version of the API
     * @param parameters names of those that each action has
     * @param known values that name something which exists
     */
    FuzzedRequest(
            long seed,
            String version,
            SortedMap<String, List<String>> parameters,
            List<String> known,
            String keyId,
            String secret) {
        this.random = new Random(seed);
        this.version = version;
        this.parameters = parameters;
        this.actions = List.copyOf(parameters.keySet());
        this.names = parameters.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
        this.known = known;
        this.keyId = keyId;
        this.secret = secret;
    }

    /** The bytes of a request as HTTP has it; the connection is to be closed after its answer. */
    byte[] whole() {
        return signed();
    }

    /** The bytes of one that was broken on its way. */
    byte[] broken() {
        return broken(signed());
    }

    private byte[] signed() {
        String action = pick(actions);
        SortedMap<String, String> parameters = parameters(action);
        SortedMap<String, String> protocol = new TreeMap<>(Map.of(
                "Action",
                random.nextInt(20) == 0 ? value() : action,
                "Version",
                version,
                "AccessKeyId",
                keyId,
                "SignatureMethod",
                "HMAC-SHA1",
                "SignatureVersion",
                "1.0",
                "SignatureNonce",
                new UUID(random.nextLong(), random.nextLong()).toString(),
                "Timestamp",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        if (random.nextInt(4) == 0) {
            protocol.put("Format", random.nextInt(10) == 0 ? value() : "XML");
        }
        boolean post = random.nextBoolean();
        boolean inBody = post && random.nextBoolean();
        SortedMap<String, String> all = new TreeMap<>(parameters);
        all.putAll(protocol);
        String method = post ? "POST" : "GET";
        String signature = RpcV1Signature.sign(RpcV1Signature.stringToSign(method, all), secret);
        Map<String, String> query = new TreeMap<>(inBody ? protocol : all);
        query.put("Signature", signature);
        return http(method, encoded(query), inBody ? encoded(parameters) : "");
    }

    /** Most of what the action has, and a little that it has not. */
    private SortedMap<String, String> parameters(String action) {
        SortedMap<String, String> given = new TreeMap<>();
        for (String name : parameters.getOrDefault(action, List.of())) {
            if (random.nextInt(20) > 0) {
                given.put(name, NAMING.contains(name) && random.nextInt(3) > 0 ? pick(known) : value());
            }
        }
        for (int i = random.nextInt(MOST_ODD + 1); i > 0; i--) {
            given.put(name(), value());
        }
        return given;
    }

    private static byte[] http(String method, String query, String form) {
        String request = method + " /?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n"
                + form;
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private byte[] broken(byte[] request) {
        List<Byte> bytes = new ArrayList<>();
        for (byte each : request) {
            bytes.add(each);
        }
        for (int i = random.nextInt(MOST_BREAKS) + 1; i > 0; i--) {
            int at = random.nextInt(bytes.size());
            switch (random.nextInt(4)) {
                case 0 -> bytes.set(at, (byte) random.nextInt(256));
                case 1 -> bytes.add(at, (byte) random.nextInt(256));
                case 2 -> bytes.remove(at);
                default ->
                    bytes.subList(at, Math.min(bytes.size(), at + 1 + random.nextInt(200)))
                            .clear();
            }
            if (bytes.isEmpty()) {
                bytes.add((byte) ' ');
            }
        }
        ByteArrayOutputStream broken = new ByteArrayOutputStream();
        bytes.forEach(broken::write);
        return broken.toByteArray();
    }

    private String name() {
        return switch (random.nextInt(12)) {
            case 0 -> value();
            case 1 -> pick(names) + "." + random.nextInt(3);
            case 2 -> pick(names) + "." + random.nextInt(3) + "." + (random.nextBoolean() ? "Key" : "Value");
            default -> pick(names);
        };
    }

    private String value() {
        List<Supplier<String>> kinds = List.of(
                () -> pick(known),
                () -> pick(known),
                () -> pick(
                        List.of("", " ", "true", "FALSE", "null", "0", "-1", "7", "2147483648", "1e9", "NaN", "$Auto")),
                () -> pick(List.of("7d", "604800s", "PT1H", "0d", "-7d", "99999999999999999999d", "6h ")),
                () -> pick(List.of("Generic", "Rds", "RAMCredentials", "ECS", "text", "binary", "ACSCurrent", "XML")),
                this::json,
                this::text,
                () -> text().repeat(1 + random.nextInt(400)),
                () -> Long.toString(random.nextLong()));
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    private String text() {
        return random.ints(random.nextInt(40), 0, 0x2FFFF)
                .mapToObj(point -> random.nextInt(3) > 0
                        ? Character.toString(' ' + point % 95)
                        : Character.isSurrogate((char) point) && point <= 0xFFFF ? "�" : Character.toString(point))
                .collect(Collectors.joining());
    }

    private String json() {
        return switch (random.nextInt(9)) {
            case 0 -> "[".repeat(1 + random.nextInt(3000));
            case 1 -> "{\"a\":".repeat(1 + random.nextInt(2000)) + "1" + "}".repeat(2000);
            case 2 -> "[{\"TagKey\":\"" + pick(known) + "\",\"TagValue\":" + random.nextInt() + "}]";
            case 3 -> "[{\"Key\":\"SecretName\",\"Values\":[\"" + pick(known) + "\",null,1]}]";
            case 4 -> "{\"SecretSubType\":\"Password\",\"RegionId\":\"cn-hangzhou\",\"InstanceId\":\"i-1\"}";
            case 5 -> "{\"UserName\":\"root\",\"Password\":\"\\ud800\"}";
            case 6 -> "{\"a\":1,\"a\":2}";
            case 7 -> "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":null}]}";
            default -> "[\"ACSCurrent\",\"ACSCurrent\",\"\"]";
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
