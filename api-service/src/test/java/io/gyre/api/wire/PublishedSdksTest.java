package io.gyre.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.kms.model.v20160120.CreateSecretRequest;
import com.aliyuncs.kms.model.v20160120.CreateSecretResponse;
import com.aliyuncs.kms.model.v20160120.DescribeKeyRequest;
import com.aliyuncs.kms.model.v20160120.DescribeSecretRequest;
import com.aliyuncs.kms.model.v20160120.DescribeSecretResponse;
import com.aliyuncs.kms.model.v20160120.GetRandomPasswordRequest;
import com.aliyuncs.kms.model.v20160120.GetSecretValueResponse;
import com.aliyuncs.kms.model.v20160120.ListSecretVersionIdsRequest;
import com.aliyuncs.kms.model.v20160120.ListSecretsRequest;
import com.aliyuncs.kms.model.v20160120.ListSecretsResponse;
import com.aliyuncs.kms.model.v20160120.PutSecretValueRequest;
import com.aliyuncs.kms.model.v20160120.RotateSecretRequest;
import com.aliyuncs.kms.model.v20160120.UpdateSecretRotationPolicyRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SDKs in use, each with its own signature, its own encoding and its own reader of answers. */
@QuarkusTest
class PublishedSdksTest {
    private static final String VALUE = "é<&>\"'\\ ~*+%=; {\"a\":[1]}";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Test
    void theOldSignatureIsUnderstoodFromTheCurrentSdk() throws Exception {
        String name = secrets.create(
                secrets.generic().setSecretData(VALUE).setDescription("").setTags("[]"));
        assertEquals(
                VALUE,
                clients.currentWithOldSignature()
                        .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                        .getBody()
                        .getSecretData());
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void theLegacySdkReadsEveryAnswer(FormatType format) throws Exception {
        DefaultAcsClient legacy = clients.legacy();
        CreateSecretRequest create = clients.here(new CreateSecretRequest(), format);
        create.setSecretName("legacy/" + format);
        create.setVersionId("v1");
        create.setSecretData(VALUE);
        create.setDescription("");
        CreateSecretResponse created = legacy.getAcsResponse(create);
        assertEquals("Generic", created.getSecretType());

        PutSecretValueRequest put = clients.here(new PutSecretValueRequest(), format);
        put.setSecretName(created.getSecretName());
        put.setVersionId("v2");
        put.setSecretData(VALUE + "2");
        assertEquals(List.of("ACSCurrent"), legacy.getAcsResponse(put).getVersionStages());

        GetSecretValueResponse value = legacy.getAcsResponse(get(created.getSecretName(), format));
        assertEquals(VALUE + "2", value.getSecretData());
        assertEquals("text", value.getSecretDataType());
        assertEquals(List.of("ACSCurrent"), value.getVersionStages());

        ListSecretVersionIdsRequest versions = clients.here(new ListSecretVersionIdsRequest(), format);
        versions.setSecretName(created.getSecretName());
        assertEquals(
                List.of("v2", "v1"),
                legacy.getAcsResponse(versions).getVersionIds().stream()
                        .map(version -> version.getVersionId())
                        .toList());

        ListSecretsRequest list = clients.here(new ListSecretsRequest(), format);
        list.setFilters("[{\"Key\":\"SecretName\",\"Values\":[\"" + created.getSecretName() + "\"]}]");
        ListSecretsResponse listed = legacy.getAcsResponse(list);
        assertEquals(1, listed.getTotalCount());
        assertEquals(created.getSecretName(), listed.getSecretList().get(0).getSecretName());

        GetRandomPasswordRequest password = clients.here(new GetRandomPasswordRequest(), format);
        assertEquals(32, legacy.getAcsResponse(password).getRandomPassword().length());
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void theLegacySdkReadsHowASecretIsRotated(FormatType format) throws Exception {
        DefaultAcsClient legacy = clients.legacy();
        String name = secrets.create(secrets.rdsDouble().setTags("[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]"));
        UpdateSecretRotationPolicyRequest policy = clients.here(new UpdateSecretRotationPolicyRequest(), format);
        policy.setSecretName(name);
        policy.setEnableAutomaticRotation(true);
        policy.setRotationInterval("7d");
        legacy.getAcsResponse(policy);

        DescribeSecretRequest describe = clients.here(new DescribeSecretRequest(), format);
        describe.setSecretName(name);
        describe.setFetchTags("true");
        DescribeSecretResponse described = legacy.getAcsResponse(describe);
        assertEquals("Enabled", described.getAutomaticRotation());
        assertEquals("604800s", described.getRotationInterval());
        assertEquals(
                "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"" + Secrets.instanceOf("rm", name)
                        + "\",\"CustomData\":{\"team\":\"payments\"}}",
                described.getExtendedConfig());
        assertEquals("payments", described.getTags().get(0).getTagValue());

        DescribeKeyRequest key = clients.here(new DescribeKeyRequest(), format);
        key.setKeyId(described.getEncryptionKeyId());
        assertEquals("Enabled", legacy.getAcsResponse(key).getKeyMetadata().getKeyState());

        RotateSecretRequest rotate = clients.here(new RotateSecretRequest(), format);
        rotate.setSecretName(name);
        rotate.setVersionId("v2");
        assertEquals("v2", legacy.getAcsResponse(rotate).getVersionId());
        rotate.setVersionId("v3");
        ClientException refusal = assertThrows(ClientException.class, () -> legacy.getAcsResponse(rotate));
        assertEquals("Rejected.ResourceInUse", refusal.getErrCode());
        assertEquals("Your secret is being rotated, please try again later", refusal.getErrMsg());
    }

    private com.aliyuncs.kms.model.v20160120.GetSecretValueRequest get(String name, FormatType format) {
        var request = clients.here(new com.aliyuncs.kms.model.v20160120.GetSecretValueRequest(), format);
        request.setSecretName(name);
        // As the caching client sends it for every secret, whatever its type.
        request.setFetchExtendedConfig(true);
        request.setVersionStage("ACSCurrent");
        return request;
    }
}
