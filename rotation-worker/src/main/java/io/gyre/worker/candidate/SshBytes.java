package io.gyre.worker.candidate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the data types of RFC 4251, section 5. */
final class SshBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    SshBytes word(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }

    SshBytes bytes(byte[] value) {
        word(value.length);
        out.writeBytes(value);
        return this;
    }

    SshBytes text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Not negative; two's complement then leads with a zero byte where the highest bit is set, as the RFC wants. */
    SshBytes number(BigInteger value) {
        return bytes(value.toByteArray());
    }

    /** Without its length, and with a zero byte at the end. */
    SshBytes magic(String value) {
        out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
        return this;
    }

    /** Fills the last block with 1, 2, 3, … */
    SshBytes padded(int block) {
        for (int i = 1; out.size() % block != 0; i++) {
            out.write(i);
        }
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
