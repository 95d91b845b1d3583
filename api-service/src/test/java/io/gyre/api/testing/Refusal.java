package io.gyre.api.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.aliyun.tea.TeaException;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** What Alibaba's SDK makes of a refusal. */
public record Refusal(int status, String code, String message) {
    /** Expects the call to be refused, with a request id in the answer. */
    public static Refusal of(Executable call) {
        TeaException refusal = assertThrows(TeaException.class, call);
        Map<String, Object> body = refusal.getData();
        assertNotNull(body.get("RequestId"));
        return new Refusal(refusal.getStatusCode(), refusal.getCode(), (String) body.get("Message"));
    }

    /** Expects the call to be refused in these words. */
    public static void expect(int status, String code, String message, Executable call) {
        assertEquals(new Refusal(status, code, message), of(call));
    }

    /** Expects the call to be refused with this code, whatever it says besides. */
    public static void expect(int status, String code, Executable call) {
        Refusal refusal = of(call);
        assertEquals(status + " " + code, refusal.status() + " " + refusal.code(), refusal.message());
    }
}
