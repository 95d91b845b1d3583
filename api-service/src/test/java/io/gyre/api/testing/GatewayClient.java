package io.gyre.api.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.gyre.api.wire.ApiServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Calls the gateway of KMS instances as its SDKs do, and otherwise where a test wants it. */
@ApplicationScoped
public class GatewayClient {
    private final ApiServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    GatewayClient(ApiServer server) {
        this.server = server;
    }

    /** What a program logs in with. */
    public record Login(String clientKeyId, PrivateKey privateKey) {
        /** @param file as CreateClientKey hands it out, in Base64 */
        public static Login of(String clientKeyId, String file, String password) throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Base64.getDecoder().decode(file)), password.toCharArray());
            String alias = store.aliases().nextElement();
            return new Login(clientKeyId, (PrivateKey) store.getKey(alias, password.toCharArray()));
        }
    }

    /** An answer or an error, its fields by name; bytes are in Base64. */
    public record Answer(int status, Map<String, String> fields, Map<String, String> headers) {
        public String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** A request before it is sent; a test may change it before it is signed, or after. */
    public static final class Call {
        public final SortedMap<String, String> headers = new TreeMap<>();
        public byte[] body;
        public Consumer<Call> afterSigning = call -> {};

        Call(byte[] body) {
            this.body = body;
        }
    }

    public Answer call(Login login, String apiName, Map<String, Object> fields) throws Exception {
        return call(login, apiName, fields, call -> {});
    }

    public Answer call(Login login, String apiName, Map<String, Object> fields, Consumer<Call> change)
            throws Exception {
        Call call = new Call(message(apiName + "Request", fields));
        call.headers.put("accept", "application/x-protobuf");
        call.headers.put("content-type", "application/x-protobuf");
        call.headers.put("date", date(Instant.now()));
        call.headers.put("x-kms-apiversion", "dkms-gcs-0.2");
        call.headers.put("x-kms-apiname", apiName);
        call.headers.put("x-kms-signaturemethod", "RSA_PKCS1_SHA_256");
        call.headers.put("x-kms-acccesskeyid", login.clientKeyId());
        call.headers.put("content-sha256", hash(call.body));
        change.accept(call);
        call.headers.putIfAbsent(
                "authorization", "Bearer " + signature(login.privateKey(), stringToSign(call.headers)));
        call.afterSigning.accept(call);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + server.address() + "/"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body));
        call.headers.forEach(request::setHeader);
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, String> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return new Answer(
                response.statusCode(),
                fields(response.statusCode() == 200 ? apiName + "Response" : "Error", response.body()),
                headers);
    }

    public static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    public static String hash(byte[] body) throws Exception {
        return HexFormat.of()
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    }

    private static String stringToSign(SortedMap<String, String> headers) {
        StringBuilder text = new StringBuilder("POST\n")
                .append(headers.getOrDefault("content-sha256", ""))
                .append('\n')
                .append(headers.getOrDefault("content-type", ""))
                .append('\n')
                .append(headers.getOrDefault("date", ""))
                .append('\n');
        headers.forEach((name, value) -> {
            if (name.startsWith("x-kms-")) {
                text.append(name.toLowerCase(Locale.ROOT))
                        .append(':')
                        .append(value)
                        .append('\n');
            }
        });
        return text.append('/').toString();
    }

    private static String signature(PrivateKey key, String text) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private static byte[] message(String name, Map<String, Object> fields) throws Exception {
        Descriptor type = file().findMessageTypeByName(name);
        if (type == null) {
            return new byte[0];
        }
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        fields.forEach((field, value) -> message.setField(
                type.findFieldByName(field), value instanceof byte[] bytes ? ByteString.copyFrom(bytes) : value));
        return message.build().toByteArray();
    }

    private static Map<String, String> fields(String name, byte[] body) throws Exception {
        Map<String, String> fields = new TreeMap<>();
        DynamicMessage.parseFrom(file().findMessageTypeByName(name), body)
                .getAllFields()
                .forEach((field, value) -> fields.put(
                        field.getName(),
                        field.getJavaType() == JavaType.BYTE_STRING
                                ? Base64.getEncoder().encodeToString(((ByteString) value).toByteArray())
                                : String.valueOf(value)));
        return fields;
    }

    private static FileDescriptor file() throws Exception {
        try (InputStream compiled =
                GatewayClient.class.getResourceAsStream("/io/gyre/api/gateway/instance_gateway.desc")) {
            return FileDescriptor.buildFrom(
                    FileDescriptorSet.parseFrom(compiled).getFile(0), new FileDescriptor[0]);
        }
    }
}
