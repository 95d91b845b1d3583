package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From what is typed to what CreateSecret is given, and from its refusals to the field that they are about. */
class NewSecretDraftTest {
    private static final String REGION = "cn-hangzhou";

    private static Form form(String... namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Form(fields, Optional.empty());
    }

    private static NewSecretDraft draft(NewSecretKind kind, String... namesAndValues) {
        return NewSecretDraft.typed(kind, form(namesAndValues), Optional.empty());
    }

    private static Map<String, String> parameters(NewSecretKind kind, String... namesAndValues) {
        Map<String, String> parameters = draft(kind, namesAndValues).parameters(REGION);
        assertEquals(36, parameters.remove("VersionId").length());
        return parameters;
    }

    @Test
    void aGenericSecretIsItsValueWithPlainLineBreaks() {
        assertEquals(
                Map.of("SecretName", "a/b", "SecretType", "Generic", "SecretData", " one\ntwo "),
                parameters(NewSecretKind.GENERIC, "name", " a/b ", "value", " one\r\ntwo "));
    }

    @Test
    void binaryDataIsItsBase64WithoutLineBreaks() {
        NewSecretDraft binary = draft(NewSecretKind.GENERIC, "dataType", "binary", "value", "aGVs\r\nbG8=\n");
        binary.requireData();
        assertEquals("aGVsbG8=", binary.parameters(REGION).get("SecretData"));
        assertEquals("binary", binary.parameters(REGION).get("SecretDataType"));
    }

    @Test
    void whatIsNoBase64IsRefusedAsBinaryDataAndNotAsText() {
        RpcFault refusal =
                assertThrows(RpcFault.class, () -> draft(NewSecretKind.GENERIC, "dataType", "binary", "value", "hush!")
                        .requireData());
        assertEquals("value", NewSecretForm.concerned(NewSecretKind.GENERIC, refusal));
        assertFalse(refusal.text().contains("hush"), refusal.text());
        draft(NewSecretKind.GENERIC, "dataType", "text", "value", "hush!").requireData();
        assertEquals(
                "text",
                draft(NewSecretKind.GENERIC, "dataType", "text")
                        .parameters(REGION)
                        .get("SecretDataType"));
    }

    @Test
    void tagsAreTheRowsInWhichSomethingStands() {
        NewSecretDraft tagged = draft(
                NewSecretKind.GENERIC,
                "tagKey1",
                " team ",
                "tagValue1",
                "pay \"ments\"",
                "tagKey2",
                "",
                "tagValue2",
                "",
                "tagKey3",
                "env",
                "tagValue3",
                "");
        assertEquals(
                "[{\"TagKey\":\"team\",\"TagValue\":\"pay \\\"ments\\\"\"},{\"TagKey\":\"env\",\"TagValue\":\"\"}]",
                tagged.parameters(REGION).get("Tags"));
        assertEquals(3, tagged.tags().size());
        assertEquals(4, tagged.withAnotherTag().tags().size());
        assertEquals(
                tagged.parameters(REGION).get("Tags"),
                tagged.withAnotherTag().parameters(REGION).get("Tags"));
    }

    @Test
    void aFormWithoutTagsHasOneEmptyRowAndAsksForNone() {
        NewSecretDraft blank = NewSecretDraft.blank(NewSecretKind.GENERIC, "");
        assertEquals(List.of(new NewSecretDraft.Tag("", "")), blank.tags());
        assertEquals(2, blank.withAnotherTag().tags().size());
        assertFalse(blank.parameters(REGION).containsKey("Tags"));
    }

    @Test
    void aRamSecretIsNamedByTheApiAndMayHaveTwoKeys() {
        assertEquals(
                Map.of(
                        "SecretName", "$Auto",
                        "SecretType", "RAMCredentials",
                        "ExtendedConfig", "{\"SecretSubType\":\"RamUserAccessKey\",\"UserName\":\"payments\"}",
                        "SecretData", "{\"AccessKeys\":[{\"AccessKeyId\":\"LTAI1\",\"AccessKeySecret\":\"s1\"}]}"),
                parameters(NewSecretKind.RAM, "user", "payments", "keyId", "LTAI1", "keySecret", "s1"));
        NewSecretDraft two = draft(
                NewSecretKind.RAM,
                "user",
                "payments",
                "keyId",
                "LTAI1",
                "keySecret",
                "s1",
                "otherKeyId",
                "LTAI2",
                "otherKeySecret",
                "s2");
        assertTrue(two.parameters(REGION)
                .get("SecretData")
                .endsWith(",{\"AccessKeyId\":\"LTAI2\",\"AccessKeySecret\":\"s2\"}]}"));
        assertEquals("acs/ram/user/payments", two.name());
        assertEquals("payments LTAI1,LTAI2", two.target());
    }

    @Test
    void aPairOfRdsAccountsIsRotatedAsItWasAskedFor() {
        assertEquals(
                Map.of(
                        "SecretName", "db/orders",
                        "SecretType", "Rds",
                        "Description", "of orders",
                        "DKMSInstanceId", "kst-1",
                        "EncryptionKeyId", "alias/orders",
                        "EnableAutomaticRotation", "true",
                        "RotationInterval", "30d",
                        "ExtendedConfig", "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\"}",
                        "SecretData",
                                "{\"Accounts\":[{\"AccountName\":\"a\",\"AccountPassword\":\"pa\"},"
                                        + "{\"AccountName\":\"b\",\"AccountPassword\":\"pb\"}]}"),
                parameters(
                        NewSecretKind.RDS_DOUBLE,
                        "name",
                        "db/orders",
                        "description",
                        "of orders",
                        "instance",
                        "kst-1",
                        "key",
                        "alias/orders",
                        "rotate",
                        "true",
                        "interval",
                        "30d",
                        "rdsInstance",
                        "rm-1",
                        "account",
                        "a",
                        "password",
                        "pa",
                        "otherAccount",
                        "b",
                        "otherPassword",
                        "pb"));
    }

    @Test
    void anIntervalCountsOnlyWhereRotationIsAskedFor() {
        assertFalse(parameters(NewSecretKind.RDS_SINGLE, "interval", "30d").containsKey("RotationInterval"));
    }

    @Test
    void anEcsSecretGetsItsPrefixAndItsRegion() {
        Map<String, String> parameters = parameters(
                NewSecretKind.ECS_KEY,
                "name",
                "bastion",
                "ecsInstance",
                "i-1",
                "user",
                "ops",
                "publicKey",
                " ssh-ed25519 AAAA\r\n",
                "privateKey",
                "-----BEGIN X-----\r\nA\r\n-----END X-----\r\n",
                "port",
                "2222");
        assertEquals("acs/ecs/bastion", parameters.get("SecretName"));
        assertEquals(
                "{\"SecretSubType\":\"SSHKey\",\"RegionId\":\"cn-hangzhou\",\"InstanceId\":\"i-1\","
                        + "\"CustomData\":{\"SshPort\":\"2222\"}}",
                parameters.get("ExtendedConfig"));
        assertEquals(
                "{\"UserName\":\"ops\",\"PublicKey\":\"ssh-ed25519 AAAA\","
                        + "\"PrivateKey\":\"-----BEGIN X-----\\nA\\n-----END X-----\\n\"}",
                parameters.get("SecretData"));
        assertEquals(
                "acs/ecs/x",
                draft(NewSecretKind.ECS_PASSWORD, "name", "acs/ecs/x").name());
    }

    @Test
    void whatIsSecretMayBeLeftEmptyWhereItWasTypedBeforeAndWhatIsNotMayNot() {
        NewSecretDraft before = draft(NewSecretKind.RDS_SINGLE, "account", "app", "password", "kept");
        NewSecretDraft after = NewSecretDraft.typed(
                NewSecretKind.RDS_SINGLE, form("account", "", "password", ""), Optional.of(before));
        assertEquals("kept", after.text("password"));
        assertEquals("", after.text("account"));
    }

    @Test
    void aChangeHasToBeVerifiedAnew() {
        NewSecretDraft verified =
                draft(NewSecretKind.RDS_SINGLE, "password", "right").afterVerification();
        assertTrue(verified.verified());
        assertFalse(NewSecretDraft.typed(NewSecretKind.RDS_SINGLE, form("password", ""), Optional.of(verified))
                .verified());
    }

    @ParameterizedTest
    @EnumSource(NewSecretKind.class)
    void aDraftDoesNotPrintWhatIsSecret(NewSecretKind kind) {
        String[] all = kind.fields().stream()
                .flatMap(field -> Stream.of(field.name(), "hush-" + field.name()))
                .toArray(String[]::new);
        NewSecretDraft draft = draft(kind, all);
        assertFalse(draft.toString().contains("hush"), draft.toString());
        assertTrue(kind.fields().stream().filter(NewSecretField::secret).noneMatch(field -> draft.target()
                .contains("hush-" + field.name())));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(NewSecretKind.GENERIC, KmsFaults.missing("SecretName"), "name"),
                Arguments.of(NewSecretKind.GENERIC, KmsFaults.invalid("SecretData", "it must be shorter."), "value"),
                Arguments.of(NewSecretKind.RDS_SINGLE, KmsFaults.secretExists(), "name"),
                Arguments.of(NewSecretKind.RAM, KmsFaults.secretExists(), "user"),
                Arguments.of(
                        NewSecretKind.RDS_SINGLE,
                        KmsFaults.invalid("SecretData", "its field AccountPassword must be a text that is not empty."),
                        "password"),
                Arguments.of(
                        NewSecretKind.RDS_DOUBLE,
                        KmsFaults.invalid("SecretData", "its field Accounts must not list one name twice."),
                        "otherAccount"),
                Arguments.of(
                        NewSecretKind.ECS_KEY,
                        KmsFaults.invalid("ExtendedConfig", "its CustomData.SshPort must be a number from 1 to 65535."),
                        "port"),
                Arguments.of(
                        NewSecretKind.RAM,
                        KmsFaults.invalid("ExtendedConfig", "its field UserName must have 1 to 64 letters."),
                        "user"),
                Arguments.of(NewSecretKind.RDS_SINGLE, KmsFaults.invalidRotationInterval(), "interval"),
                Arguments.of(NewSecretKind.ECS_KEY, KmsFaults.nameInDeleteWindow(), "name"),
                Arguments.of(NewSecretKind.GENERIC, KmsFaults.instanceNotFound(), "instance"),
                Arguments.of(NewSecretKind.RDS_SINGLE, KmsFaults.keyNotFound(), "key"),
                Arguments.of(NewSecretKind.RDS_SINGLE, KmsFaults.aliasNotFound(), "key"),
                Arguments.of(NewSecretKind.RDS_SINGLE, KmsFaults.keyIs("Disabled"), "key"),
                Arguments.of(NewSecretKind.RDS_SINGLE, KmsFaults.unsupported(), "key"),
                Arguments.of(
                        NewSecretKind.ECS_KEY, KmsFaults.invalid("Tags", "each key may stand there once."), "tags"),
                Arguments.of(
                        NewSecretKind.GENERIC, KmsFaults.invalid("SecretDataType", "it must be text."), "dataType"),
                Arguments.of(NewSecretKind.RDS_SINGLE, KmsFaults.noPermission("It needs kms:CreateSecret."), ""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalStandsAtTheFieldThatItIsAbout(NewSecretKind kind, RpcFault fault, String field) {
        assertEquals(field, NewSecretForm.concerned(kind, fault), fault.text());
    }
}
