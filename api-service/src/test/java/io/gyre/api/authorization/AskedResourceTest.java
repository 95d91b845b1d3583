package io.gyre.api.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedResourceTest {
    private static Optional<AskedResource> asked(String service, String given) {
        return AskedResource.of(service, given, "cn-hangzhou", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "kms, secret/db/orders, '{ResourceId.1=db/orders, ResourceType=secret, SecretName=db/orders}'",
        "kms, acs:kms:cn-hangzhou:1:secret/a, '{ResourceId.1=a, ResourceType=secret, SecretName=a}'",
        "kms, key/4711, '{KeyId=4711, ResourceId.1=4711, ResourceType=key}'",
        "kms, alias/payments, '{AliasName=alias/payments}'",
        "kms, secret, '{ResourceType=secret}'",
        "kms, '', '{}'",
        "kms, applicationaccesspoint/a, '{AapName=a, Name=a}'",
        "ram, user/anna, '{UserName=anna}'",
        "ram, user/*, '{}'",
        "ram, role/deployer, '{RoleArn=acs:ram::1:role/deployer, RoleName=deployer}'",
        "ram, acs:ram::1:policy/readers, '{PolicyName=readers, PolicyType=Custom}'",
        "ram, acs:ram::system:policy/AliyunRAMFullAccess, '{PolicyName=AliyunRAMFullAccess, PolicyType=System}'"
    })
    void itIsNamedAsACallNamesIt(String service, String given, String parameters) {
        assertEquals(
                parameters, asked(service, given).orElseThrow().parameters().toString());
    }

    @ParameterizedTest
    @CsvSource({"gyre, rotations/4711/retry, rotations/4711/retry", "gyre, acs:gyre:cn-hangzhou:1:rotations, rotations"
    })
    void anOperationIsAboutAPath(String service, String given, String path) {
        assertEquals(path, asked(service, given).orElseThrow().path());
    }

    @ParameterizedTest
    @CsvSource({
        "kms, acs:kms:cn-hangzhou:2:secret/a",
        "kms, acs:kms:elsewhere:1:secret/a",
        "kms, acs:ram::1:user/anna",
        "kms, db/orders",
        "kms, orders",
        "ram, group/all",
        "ram, acs:ram::2:user/anna",
        "gyre, acs:kms:cn-hangzhou:1:secret/a"
    })
    void whatIsElsewhereOrOfNoKindIsNothing(String service, String given) {
        assertEquals(Optional.empty(), asked(service, given));
    }
}
