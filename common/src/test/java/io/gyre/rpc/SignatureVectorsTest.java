package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Vectors that the published SDKs produce themselves, recomputed independently. */
class SignatureVectorsTest {
    private static final String SECRET = "testsecret";
    private static final String EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final List<String> SIGNED = List.of(
            "host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version");

    private static SortedMap<String, String> createKey() {
        return new TreeMap<>(Map.of(
                "AccessKeyId", "testid",
                "Action", "CreateKey",
                "Format", "json",
                "SignatureMethod", "HMAC-SHA1",
                "SignatureVersion", "1.0",
                "Timestamp", "2016-03-28T03:13:08Z",
                "Version", "2016-01-20"));
    }

    @Test
    void theOlderGenerationSignsGetAndPostApart() {
        assertEquals(
                "41wk2SSX1GJh7fwnc5eqOfiJPFg=",
                RpcV1Signature.sign(RpcV1Signature.stringToSign("GET", createKey()), SECRET));
        assertEquals(
                "Fi0klWyYLE4Wy22gxatiAP51JFE=",
                RpcV1Signature.sign(RpcV1Signature.stringToSign("POST", createKey()), SECRET));
    }

    @Test
    void anEmptyValueMayBeSignedOrLeftOut() {
        SortedMap<String, String> sent = createKey();
        sent.put("Description", "");
        String asLegacyCore = RpcV1Signature.sign(RpcV1Signature.stringToSign("POST", sent), SECRET);
        String asTea = "Fi0klWyYLE4Wy22gxatiAP51JFE=";

        assertDoesNotThrow(() -> RpcV1Signature.verify("POST", sent, asLegacyCore, SECRET));
        assertDoesNotThrow(() -> RpcV1Signature.verify("POST", sent, asTea, SECRET));
    }

    @Test
    void aValueThatWasNotSignedIsRefusedWithTheStringToSignAtTheEnd() {
        SortedMap<String, String> sent = createKey();
        sent.put("Description", "added on the way");

        RpcFault fault = assertThrows(
                RpcFault.class, () -> RpcV1Signature.verify("POST", sent, "Fi0klWyYLE4Wy22gxatiAP51JFE=", SECRET));

        assertEquals("SignatureDoesNotMatch", fault.code());
        assertEquals(400, fault.status());
        assertTrue(fault.text().endsWith("string to sign is:" + RpcV1Signature.stringToSign("POST", sent)));
    }

    @Test
    void theCurrentGenerationSignsQueryHeadersAndBody() {
        Map<String, String> headers = Map.of(
                "host", "kms.cn-hangzhou.aliyuncs.com",
                "x-acs-action", "GetSecretValue",
                "x-acs-version", "2016-01-20",
                "x-acs-date", "2024-01-02T03:04:05Z",
                "x-acs-signature-nonce", "nonce-1",
                "x-acs-content-sha256", EMPTY_BODY);
        SortedMap<String, String> query = new TreeMap<>(Map.of("SecretName", "a/b c*~", "VersionStage", "ACSCurrent"));

        String canonical = Acs3Signature.canonicalRequest("POST", "/", query, headers::get, SIGNED, EMPTY_BODY);

        assertTrue(canonical.contains("SecretName=a%2Fb%20c%2A~&VersionStage=ACSCurrent"));
        assertEquals("83bccdcc44e39ef586163c7e6cbc5f94edf40bd0aa874940358e8ba81e4ebd1e", Digests.sha256Hex(canonical));
        assertEquals(
                "dbd629a8dc393b0b4e6882ab86c41cb4f70ee5704ed4bb795d1204d694fa163b",
                Acs3Signature.sign(canonical, SECRET));
    }

    @Test
    void theFieldsOfAnAuthorizationAreFoundInAnyOrder() {
        String signed = "content-type;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";

        Acs3Signature.Authorization tea = Acs3Signature.Authorization.parse(
                "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=" + signed + ",Signature=ab",
                Acs3Signature.RPC_HEADERS);
        Acs3Signature.Authorization legacy = Acs3Signature.Authorization.parse(
                "ACS3-HMAC-SHA256 Credential=testid,Signature=ab,SignedHeaders=" + signed, Acs3Signature.RPC_HEADERS);

        assertEquals(tea, legacy);
        assertEquals("testid", legacy.accessKeyId());
        assertEquals("ab", legacy.signature());
    }

    @Test
    void aHeaderThatMustBeSignedIsMissed() {
        RpcFault fault = assertThrows(
                RpcFault.class,
                () -> Acs3Signature.Authorization.parse(
                        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action,Signature=ab",
                        Acs3Signature.RPC_HEADERS));

        assertEquals("IncompleteSignature", fault.code());
        assertTrue(fault.text().contains("x-acs-version"));
    }
}
