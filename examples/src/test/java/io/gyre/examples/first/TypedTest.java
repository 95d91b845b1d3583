package io.gyre.examples.first;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.tea.TeaException;
import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import io.gyre.platform.PlatformException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypedTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private int run(Typed.Program program, String... arguments) {
        return Typed.run(arguments, program, new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    private String failed(Exception failure) {
        told.reset();
        assertEquals(
                1,
                run(
                        name -> {
                            throw failure;
                        },
                        "my/first"));
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSecretHasToBeNamed() {
        assertEquals(2, run(name -> {}));
        assertEquals(
                "gyre: Name one secret behind the program, for example my/first.\n",
                told.toString(StandardCharsets.UTF_8));
        told.reset();
        assertEquals(0, run(name -> assertEquals("my/first", name), "my/first"));
        assertEquals("", told.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatGoesWrongIsOneSentenceThatQuotesNothingThatWasSent() {
        assertEquals("gyre: No platform runs.\n", failed(new PlatformException("No platform runs.")));
        String refused = failed(new TeaException(Map.of("code", "409", "message", "The resource already exists.")));
        assertTrue(refused.startsWith("gyre: The secret \"my/first\" was refused: "), refused);
        assertTrue(refused.contains("The resource already exists."), refused);
        String unread = failed(new CacheSecretException("plaintext"));
        assertTrue(unread.startsWith("gyre: The secret \"my/first\" cannot be read: "), unread);
        assertFalse(unread.contains("plaintext"), unread);
        assertEquals(
                "gyre: It was not done: IllegalStateException. See ./gyre logs.\n",
                failed(new IllegalStateException("plaintext")));
    }
}
