package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RpcRequestTest {
    private static RpcRequest with(Map<String, String> parameters) {
        return new RpcRequest(
                "Kms",
                "Echo",
                "2016-01-20",
                new TreeMap<>(parameters),
                new AccessKey("id", SecretText.of("secret"), true, "1", "root"),
                "request",
                "127.0.0.1",
                false);
    }

    @Test
    void whatIsMissingIsNamed() {
        RpcFault fault = assertThrows(
                RpcFault.class, () -> with(Map.of("SecretName", "")).required("SecretName"));

        assertEquals("MissingParameter", fault.code());
        assertEquals("The parameter \"SecretName\" is needed but not provided.", fault.text());
        assertNull(with(Map.of()).text("SecretName"));
        assertEquals("", with(Map.of("SecretName", "")).text("SecretName"));
    }

    @Test
    void flagsAreTheWordsTrueAndFalse() {
        assertTrue(with(Map.of("Force", "True")).flag("Force", false));
        assertFalse(with(Map.of("Force", "false")).flag("Force", true));
        assertTrue(with(Map.of("Force", "")).flag("Force", true));
        RpcFault fault =
                assertThrows(RpcFault.class, () -> with(Map.of("Force", "yes")).flag("Force", true));
        assertEquals("InvalidParameter", fault.code());
    }

    @Test
    void numbersHaveARange() {
        assertEquals(10, with(Map.of()).integer("PageSize", 10, 1, 100));
        assertEquals(100, with(Map.of("PageSize", "100")).integer("PageSize", 10, 1, 100));
        for (String wrong : List.of("0", "101", "ten", "99999999999")) {
            RpcFault fault = assertThrows(
                    RpcFault.class, () -> with(Map.of("PageSize", wrong)).integer("PageSize", 10, 1, 100));
            assertTrue(fault.text().endsWith("it must be a whole number from 1 to 100."));
        }
    }

    @Test
    void listsComeFlattenedOrAsJson() {
        assertEquals(
                List.of("i-1", "i-2"),
                with(Map.of("Id.1", "i-1", "Id.2", "i-2", "Id.4", "i-4")).list("Id"));
        assertEquals(List.of("i-1", "2"), with(Map.of("Id", "[\"i-1\",2]")).list("Id"));
        assertEquals(List.of(), with(Map.of()).list("Id"));
        for (String wrong : List.of("i-1", "{}", "[[]]", "[null]")) {
            assertThrows(RpcFault.class, () -> with(Map.of("Id", wrong)).list("Id"));
        }
    }

    @Test
    void groupsComeFlattened() {
        assertEquals(
                List.of(Map.of("Key", "a", "Value", "1"), Map.of("Key", "b")),
                with(Map.of("Tag.1.Key", "a", "Tag.1.Value", "1", "Tag.2.Key", "b", "Tag.10.Key", "j"))
                        .groups("Tag"));
    }

    @Test
    void aRequestPrintsWithoutItsParameters() {
        assertEquals(
                "RpcRequest[Kms 2016-01-20 Echo, request request]",
                with(Map.of("SecretData", "hunter2")).toString());
    }
}
