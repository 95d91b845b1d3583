package io.gyre.envelope;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a root key is called: 64 bits derived from it, from which nobody comes back to it. Two root keys of one
 * installation never share one but by a chance that does not count.
 *
 * @param hex 16 digits, small letters
 */
public record RootKeyId(String hex) {
    static final int BYTES = 8;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    public RootKeyId {
        if (!isOne(hex)) {
            throw new IllegalArgumentException("\"" + hex + "\" is no id of a root key.");
        }
    }

    static RootKeyId of(byte[] bytes) {
        return new RootKeyId(HexFormat.of().formatHex(bytes));
    }

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
