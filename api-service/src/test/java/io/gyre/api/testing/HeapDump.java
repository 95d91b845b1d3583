package io.gyre.api.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a process holds in its heap, as the JDK dumps it after a full collection (HPROF 1.0.2, as the JDK's own {@code
 * heapDumper.cpp} describes it): only what something still refers to.
 */
final class HeapDump {
    private static final int SEGMENT = 0x1c;
    private static final int WHOLE = 0x0c;
    private static final int TYPE_BYTE = 8;

    /** In bytes, by basic type: object, boolean, char, float, double, byte, short, int, long. */
    private static final Map<Integer, Integer> SIZES =
            Map.of(2, Long.BYTES, 4, 1, 5, 2, 6, 4, 7, 8, TYPE_BYTE, 1, 9, 2, 10, 4, 11, 8);

    private final ByteBuffer dump;
    private final List<byte[]> sought;

    private final List<String> found = new ArrayList<>();

    private HeapDump(ByteBuffer dump, Collection<String> values) {
        this.dump = dump;
        this.sought = values.stream()
                .map(value -> value.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** The arrays of bytes that hold one of these texts, as every text of the JVM does; empty where none does. */
    static List<String> holding(ProcessHandle process, Path file, Collection<String> values)
            throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.heap_dump",
                        "-overwrite",
                        file.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!jcmd.waitFor(60, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
            throw new AssertionError("The heap could not be dumped: " + told);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            HeapDump heap = new HeapDump(channel.map(MapMode.READ_ONLY, 0, channel.size()), values);
            heap.read();
            return List.copyOf(heap.found);
        } finally {
            Files.delete(file);
        }
    }

    private void read() {
        while (dump.get() != 0) {
            // The format's name and version, up to a zero.
        }
        if (dump.getInt() != Long.BYTES) {
            throw new AssertionError("Ids of this dump are no 64 bits.");
        }
        dump.getLong();
        while (dump.hasRemaining()) {
            int tag = Byte.toUnsignedInt(dump.get());
            dump.getInt();
            int length = dump.getInt();
            int end = dump.position() + length;
            if (tag == SEGMENT || tag == WHOLE) {
                while (dump.position() < end) {
                    object();
                }
            }
            dump.position(end);
        }
    }

    private void object() {
        int kind = Byte.toUnsignedInt(dump.get());
        switch (kind) {
            case 0xff, 0x05, 0x07 -> skip(Long.BYTES);
            case 0x01 -> skip(2 * Long.BYTES);
            case 0x02, 0x03, 0x08 -> skip(Long.BYTES + 2 * Integer.BYTES);
            case 0x04, 0x06 -> skip(Long.BYTES + Integer.BYTES);
            case 0x20 -> type();
            case 0x21 -> {
                skip(Long.BYTES + Integer.BYTES + Long.BYTES);
                skip(dump.getInt());
            }
            case 0x22 -> {
                skip(Long.BYTES + Integer.BYTES);
                int elements = dump.getInt();
                skip(Long.BYTES + elements * Long.BYTES);
            }
            case 0x23 -> array();
            default -> throw new AssertionError("An object of kind " + kind + " in a heap dump.");
        }
    }

    private void type() {
        skip(Long.BYTES + Integer.BYTES + 6 * Long.BYTES + Integer.BYTES);
        for (int left = dump.getShort(); left > 0; left--) {
            skip(Short.BYTES);
            skip(SIZES.get((int) dump.get()));
        }
        for (int left = dump.getShort(); left > 0; left--) {
            skip(Long.BYTES);
            skip(SIZES.get((int) dump.get()));
        }
        for (int left = dump.getShort(); left > 0; left--) {
            skip(Long.BYTES + 1);
        }
    }

    private void array() {
        skip(Long.BYTES + Integer.BYTES);
        int elements = dump.getInt();
        int type = dump.get();
        int begin = dump.position();
        int length = elements * SIZES.get(type);
        if (type == TYPE_BYTE) {
            for (byte[] value : sought) {
                int at = indexOf(value, begin, length);
                if (at >= 0) {
                    byte[] before = new byte[Math.min(60, at)];
                    dump.get(begin + at - before.length, before);
                    found.add("byte[" + length + "] at " + at + " after \""
                            + new String(before, StandardCharsets.ISO_8859_1) + "\"");
                }
            }
        }
        dump.position(begin + length);
    }

    private int indexOf(byte[] value, int begin, int length) {
        for (int at = 0; at <= length - value.length; at++) {
            int same = 0;
            while (same < value.length && dump.get(begin + at + same) == value[same]) {
                same++;
            }
            if (same == value.length) {
                return at;
            }
        }
        return -1;
    }

    private void skip(int bytes) {
        dump.position(dump.position() + bytes);
    }
}
