package io.gyre.platform.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** A TCP port of the loopback address: whether someone answers there, whether it is free. */
public final class LoopbackPort {

    /** On one machine an open port answers at once. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

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

    /** A port that nobody listens at, for a server that need not be found at a known place. */
    public static int anyFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("the loopback address has no free port", e);
        }
    }

    private static InetSocketAddress address(int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
