package io.gyre.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyuncs.http.FormatType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.PlatformFacts;
import io.gyre.platform.testing.InstalledNode;
import io.gyre.platform.testing.TestPlatform;
import io.gyre.rpc.Acs3Signer;
import io.gyre.rpc.RpcCredentials;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every published SDK against a whole platform. The page is compared with what they got; {@code
 * -Dgyre.write-documents=true} writes it.
 */
class CompatibilityTest {
    private static final Path MODULE = TestPlatform.checkout().resolve("compatibility");
    private static final Path PAGE = TestPlatform.checkout().resolve("docs/compatibility.md");
    private static final String NPM = "npm @alicloud/kms20160120 1.2.0";

    @TempDir
    private static Path folder;

    private static TestPlatform running;
    private static Endpoint endpoint;
    private static CurrentSdk current;
    private static String instance;
    private static final List<PublishedSdk> sdks = new ArrayList<>();

    @BeforeAll
    static void startEverything() throws Exception {
        running = TestPlatform.start(folder.resolve("home"), 1);
        PlatformFacts facts = running.platform().facts();
        trust(facts.authority());
        RpcCredentials administrator = AccessKeyFile.read(facts.administratorKeyFile());
        endpoint = new Endpoint(
                facts.secureEndpoint().getAuthority(),
                "cn-hangzhou",
                administrator.accessKeyId(),
                administrator.accessKeySecret().reveal());
        instance = newInstance();
        current = new CurrentSdk(endpoint);
        sdks.add(current);
        LegacySdk legacy = new LegacySdk(endpoint, FormatType.JSON);
        sdks.add(legacy);
        sdks.add(new LegacySdk(endpoint, FormatType.XML));
        sdks.add(new FormBodySdk(endpoint, legacy));
        sdks.add(new CachingClient(endpoint));
        if (InstalledNode.isThere()) {
            sdks.add(new NodeSdk(
                    endpoint, MODULE.resolve("src/test/node"), MODULE.resolve("target/node"), facts.authority()));
        }
    }

    @AfterAll
    static void stopEverything() throws Exception {
        for (PublishedSdk sdk : sdks) {
            sdk.close();
        }
        running.platform().close();
    }

    @Test
    void everySdkGetsWhatThePageSays() throws Exception {
        Findings findings = new Findings(sdks, Map.of("instance", instance));
        for (Story story : Stories.all()) {
            for (PublishedSdk sdk : sdks) {
                findings.tell(story, sdk);
            }
        }
        assertEquals("", String.join("\n", findings.wrong()), "calls that did not end as they must");

        Set<String> served = new TreeSet<>(FormBodySdk.newerActions());
        Set<String> absent = new TreeSet<>();
        for (String action : current.actions()) {
            (current.isServed(action) ? served : absent).add(action);
        }
        assertEquals("", String.join("\n", findings.untold(served)), "what no story sends");
        expectPage(findings, served, absent);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSdksOfRamAndStsManageIdentitiesAndKmsTakesTheirSessions(boolean oldSignature) throws Exception {
        new IdentityStory(endpoint, oldSignature).tell();
    }

    @Test
    void theSdkOfKmsInstancesAndTheCachingClientLogInByAClientKey() throws Exception {
        new AccessPointStory(endpoint, running.platform().facts().authority(), instance).tell();
    }

    /** Made as operators do. */
    private static String newInstance() throws Exception {
        URI uri = running.platform().facts().ops().get("api-service").resolve("/operations/v1/instances");
        RpcCredentials administrator =
                AccessKeyFile.read(running.platform().facts().administratorKeyFile());
        String body = "{\"name\":\"compatibility\"}";
        SortedMap<String, String> headers = Acs3Signer.headers(
                "POST",
                uri,
                Map.of("content-type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                administrator,
                Instant.now());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.entrySet().stream()
                .filter(header -> !header.getKey().equals("host"))
                .forEach(header -> request.setHeader(header.getKey(), header.getValue()));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return new JsonMapper().readTree(answer.body()).path("instanceId").textValue();
    }

    private static void expectPage(Findings findings, Set<String> served, Set<String> absent) throws Exception {
        CompatibilityPage page = new CompatibilityPage(absent);
        sdks.forEach(sdk -> page.add(sdk.title(), findings.column(sdk, served)));
        if (sdks.stream().noneMatch(sdk -> sdk.title().equals(NPM))) {
            page.add(NPM, CompatibilityPage.column(Files.readAllLines(PAGE), NPM));
        }
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.writeString(PAGE, page.text());
        }
        assertEquals(
                page.text(),
                Files.readString(PAGE),
                "docs/compatibility.md is not what the SDKs got: write it with -Dgyre.write-documents=true");
    }

    /** As a user tells a JVM to trust the platform's authority; the SDKs themselves are told nothing. */
    private static void trust(Path authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "gyre", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        Path store = folder.resolve("trusted.p12");
        try (OutputStream file = Files.newOutputStream(store)) {
            trusted.store(file, "trusted".toCharArray());
        }
        Map.of("trustStore", store.toString(), "trustStorePassword", "trusted", "trustStoreType", "PKCS12")
                .forEach((name, value) -> System.setProperty("javax.net.ssl." + name, value));
    }
}
