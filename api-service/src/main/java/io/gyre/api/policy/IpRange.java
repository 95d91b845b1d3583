package io.gyre.api.policy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Addresses with common first bits. An IPv4 address that is written as IPv6 ({@code ::ffff:10.0.0.1}) is the IPv4 address.
 *
 * @param first whose bits are compared
 * @param prefix how many of them
 */
@SuppressWarnings("ArrayRecordComponent") // Compared bit by bit, here alone.
public record IpRange(byte[] first, int prefix) {
    private static final int LONGEST_TEXT = 64;

    /** Whether the text is an IP address, or one with a number of bits behind a slash. */
    public static boolean isOne(String text) {
        return parse(text).isPresent();
    }

    /** @throws IllegalArgumentException for what {@link #isOne} says no to */
    public static IpRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("This is no range of addresses: " + text));
    }

    /** False also for what is no IP address. */
    public boolean contains(String address) {
        return bytes(address).filter(this::contains).isPresent();
    }

    private boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((address[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return bytes(text).map(address -> new IpRange(address, address.length * Byte.SIZE));
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(bits);
        return bytes(text.substring(0, slash))
                .filter(address -> prefix <= address.length * Byte.SIZE)
                .map(address -> new IpRange(address, prefix));
    }

    private static Optional<byte[]> bytes(String text) {
        byte[] bytes = text.length() > LONGEST_TEXT ? null : NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }
}
