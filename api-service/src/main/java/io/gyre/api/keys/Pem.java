package io.gyre.api.keys;

import java.util.Base64;

/** Keys as text (RFC 7468). */
final class Pem {
    private Pem() {}

    static String text(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
