package io.gyre.api.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a server, which can be cut and mended: while it is cut, connections break off and new ones are refused. */
public final class CutLine implements AutoCloseable {
    private final InetSocketAddress far;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket near;

    public CutLine(String host, int port) throws IOException {
        this.far = new InetSocketAddress(host, port);
        this.near = listening(0);
    }

    public int port() {
        return near.getLocalPort();
    }

    public void cut() throws IOException {
        near.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    public void mend() throws IOException {
        near = listening(near.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        inBackground(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket caller = socket.accept();
                Socket called = new Socket();
                open.add(caller);
                open.add(called);
                called.connect(far);
                inBackground(() -> copy(caller, called));
                inBackground(() -> copy(called, caller));
            }
        } catch (IOException cut) {
            // The line was cut.
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // Its other half ends with it.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }
}
