package io.gyre.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** The way to a cloud by plain HTTP, on which the calls of one action wait until they are let go. */
final class HeldLine implements AutoCloseable {
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final InetSocketAddress far;
    private final String action;
    private final ServerSocket near;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    HeldLine(int port, String action) throws IOException {
        this.far = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.action = action;
        this.near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(this::accept);
    }

    int port() {
        return near.getLocalPort();
    }

    /** Whether a call of the action waits, or has. */
    boolean holds() {
        return held.getCount() == 0;
    }

    void letGo() {
        letGo.countDown();
    }

    @Override
    public void close() throws IOException {
        letGo();
        near.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = near.accept();
                Socket called = new Socket();
                called.connect(far);
                inBackground(() -> copy(caller, called));
                inBackground(() -> copy(called, caller));
            }
        } catch (IOException closed) {
            // Nobody calls any more.
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[MOST_AT_ONCE];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (new String(bytes, 0, read, StandardCharsets.ISO_8859_1).contains(action)) {
                    held.countDown();
                    letGo.await();
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException ended) {
            // Its other half ends with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }
}
