package io.gyre.simulator.rds;

import io.gyre.rpc.RpcFault;
import java.util.EnumSet;
import java.util.Set;
import org.postgresql.util.PasswordUtil;

/** The rules of RDS for passwords, and what is kept of one. */
final class AccountPassword {
    static final String SPECIALS = "!@#$&%^*()_+-=";

    private static final int SHORTEST = 8;
    private static final int LONGEST = 32;
    private static final int KINDS_NEEDED = 3;

    private AccountPassword() {}

    private enum Kind {
        UPPER,
        LOWER,
        DIGIT,
        SPECIAL
    }

    /**
     * The SCRAM-SHA-256 verifier, which PostgreSQL takes in the place of the password.
     *
     * @throws RpcFault InvalidAccountPassword.Format
     */
    static String verifier(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw RdsFaults.badPassword();
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        password.chars().forEach(character -> kinds.add(kind((char) character)));
        if (kinds.size() < KINDS_NEEDED) {
            throw RdsFaults.badPassword();
        }
        return PasswordUtil.encodeScramSha256(password.toCharArray());
    }

    private static Kind kind(char character) {
        if (character >= 'A' && character <= 'Z') {
            return Kind.UPPER;
        }
        if (character >= 'a' && character <= 'z') {
            return Kind.LOWER;
        }
        if (character >= '0' && character <= '9') {
            return Kind.DIGIT;
        }
        if (SPECIALS.indexOf(character) >= 0) {
            return Kind.SPECIAL;
        }
        throw RdsFaults.badPassword();
    }
}
