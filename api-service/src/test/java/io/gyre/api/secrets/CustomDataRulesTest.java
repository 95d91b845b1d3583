package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomDataRulesTest {
    @ParameterizedTest
    @CsvSource({
        "RAM, WhenFormerKeyInUse, later",
        "RAM, WhenFormerKeyInUse, ''",
        "ECS, SshPort, 0",
        "ECS, SshPort, 65536",
        "ECS, SshPort, ssh",
        "ECS, SshKeyType, DSA",
        "ECS, SshHostKeySha256, SHA256:short",
    })
    void whatARotationCouldNotFollowIsRefusedWithItsName(SecretType type, String name, String value) {
        RpcFault fault = assertThrows(RpcFault.class, () -> CustomDataRules.check(type, Map.of(name, value)));
        assertEquals("InvalidParameter", fault.code());
        assertTrue(String.valueOf(fault.getMessage()).contains("CustomData." + name), fault.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "RAM, WhenFormerKeyInUse, extend",
        "ECS, SshPort, 65535",
        "ECS, SshKeyType, ed25519",
        "ECS, SshHostKeySha256, SHA256:abcdefghijklmnopqrstuvwxyz0123456789+/ABCDE",
    })
    void whatARotationFollowsIsTaken(SecretType type, String name, String value) {
        assertDoesNotThrow(() -> CustomDataRules.check(type, Map.of(name, value)));
    }

    @Test
    void otherPairsAreTheirOwnersOwn() {
        assertDoesNotThrow(() -> CustomDataRules.check(SecretType.RAM, Map.of("SshPort", "none", "Team", "payments")));
    }
}
