package io.gyre.platform.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** A TCP port of the loopback address: whether someone answers there, whether it is free. */
public final class LoopbackPort {

    /** On one machine an open port answers at once. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

    /**
     * Where {@link #anyFree()} looks: below the ports that the usual kernels give to outgoing connections, so that no connection takes
     * a port between the moment it is found and the moment its server begins to listen.
     */
    private static final int FIRST_OFFERED = 23_000;

    private static final int LAST_OFFERED = 32_000;

    private static final Set<Integer> OFFERED = ConcurrentHashMap.newKeySet();

    private LoopbackPort() {}

    /** Whether a process accepts connections at the port. */
    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(address(port), Math.toIntExact(ANSWERS_WITHIN.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a process could begin to listen at the port now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a connection that was closed a moment ago is no obstacle.
            socket.setReuseAddress(true);
            socket.bind(address(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A port that nobody listens at, for a server that need not be found at a known place. A process is never offered the same port
     * twice: the servers of one plan begin to listen only after all of them have theirs.
     *
     * @throws IllegalStateException if none is left
     */
    public static int anyFree() {
        int size = LAST_OFFERED - FIRST_OFFERED;
        int start = ThreadLocalRandom.current().nextInt(size);
        return IntStream.range(0, size)
                .map(step -> FIRST_OFFERED + (start + step) % size)
                .filter(port -> OFFERED.add(port) && isFree(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No port of the loopback address from " + FIRST_OFFERED
                        + " to " + LAST_OFFERED + " is left: end servers that are not needed."));
    }

    private static InetSocketAddress address(int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
