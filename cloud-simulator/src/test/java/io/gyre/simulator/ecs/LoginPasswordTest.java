package io.gyre.simulator.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rpc.RpcFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPasswordTest {
    /** As the C library's crypt makes it. */
    private static final String HELLO_WORLD =
            "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJu" + "esI68u4OTLiBFdcbYEdFCoEOfaS35inz1";

    @Test
    void aHashOfAnyOtherImplementationIsUnderstood() {
        assertTrue(LoginPassword.isHash(HELLO_WORLD));
        assertTrue(LoginPassword.matches("Hello world!", HELLO_WORLD));
        assertFalse(LoginPassword.matches("Hello world?", HELLO_WORLD));
    }

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        String hash = LoginPassword.hash("Correct-Horse-1");
        assertTrue(LoginPassword.isHash(hash));
        assertTrue(LoginPassword.matches("Correct-Horse-1", hash));
        assertFalse(LoginPassword.matches("Correct-Horse-2", hash));
    }

    @Test
    void anAccountWithoutAPasswordIsOpenedByNone() {
        assertFalse(LoginPassword.matches("nobody", null));
        assertFalse(LoginPassword.matches("", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plaintext", "$1$salt$hash", "$6$salt$tooshort", "$6$rounds=99999999$salt$x"})
    void whatIsNoSha512HashIsSeen(String text) {
        assertFalse(LoginPassword.isHash(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sh0rt!", "onlyletters", "ONLYUPPER123", "A-very-long-password-of-31-chars", "Ümlaut-1a"})
    void aPasswordAgainstTheRulesIsRefused(String password) {
        RpcFault refusal = assertThrows(RpcFault.class, () -> LoginPassword.hash(password));
        assertEquals("InvalidPassword.Malformed", refusal.code());
    }
}
