package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rpc.RpcFault;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormTest {
    private static final String TYPE = "multipart/form-data; boundary=xyz";

    private static String part(String disposition, String content) {
        return "--xyz\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private static Form read(String... parts) {
        return FileForm.of((String.join("", parts) + "--xyz--\r\n").getBytes(StandardCharsets.ISO_8859_1), TYPE);
    }

    private static String file(String content) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"backup\"; filename=\"a.backup\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    }

    @Test
    void fieldsAndTheFileAreReadAsTheyWereSent() {
        Form form = read(part("name=\"name\"", "payments"), file("\u0000\u00ff\r\n--x\u0001"));
        assertEquals("payments", form.text("name"));
        assertArrayEquals(
                "\u0000\u00ff\r\n--x\u0001".getBytes(StandardCharsets.ISO_8859_1),
                form.file().orElseThrow());
    }

    @Test
    void aFileThatWasNotChosenIsNone() {
        assertTrue(read(part("name=\"name\"", "x"), file("")).file().isEmpty());
    }

    @Test
    void whatStandsThereTwiceIsRefused() {
        assertThrows(RpcFault.class, () -> read(part("name=\"a\"", "1"), part("name=\"a\"", "2")));
        assertThrows(RpcFault.class, () -> read(file("1"), file("2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no form",
                "--other\r\n\r\n",
                "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut"
            })
    void whatIsNoFormIsRefusedOrEmptyAndNeverAnAccident(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        try {
            assertTrue(FileForm.of(bytes, TYPE).file().isEmpty());
        } catch (RpcFault refusal) {
            assertEquals("UnreadableForm", refusal.code());
        }
    }
}
