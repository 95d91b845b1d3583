package io.gyre.api.testing;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers who read a secret without a pause, each time at a process that said that it is ready when it was asked last: by turns, where
 * more than one did. They keep their connections.
 */
public final class SteadyCallers implements AutoCloseable {
    private static final int CALLERS = 4;

    private final Map<ApiProcess, Client> clients = new LinkedHashMap<>();
    private final Map<ApiProcess, AtomicInteger> answered = new LinkedHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final GetSecretValueRequest get;
    private volatile List<ApiProcess> ready;
    private volatile boolean ended;

    /** @param processes all of them ready */
    public SteadyCallers(List<ApiProcess> processes, String secret) throws Exception {
        this.get = new GetSecretValueRequest().setSecretName(secret);
        this.ready = processes;
        for (ApiProcess process : processes) {
            clients.put(process, process.client("http"));
            answered.put(process, new AtomicInteger());
        }
        begin(() -> ready = processes.stream().filter(ApiProcess::isReady).toList());
        for (int i = 0; i < CALLERS; i++) {
            AtomicInteger turn = new AtomicInteger(i);
            begin(() -> call(turn.getAndIncrement()));
        }
    }

    private void begin(Runnable again) {
        Thread thread = new Thread(
                () -> {
                    while (!ended) {
                        again.run();
                    }
                },
                "caller");
        threads.add(thread);
        thread.start();
    }

    private void call(int turn) {
        List<ApiProcess> among = ready;
        if (among.isEmpty()) {
            return;
        }
        ApiProcess process = among.get(Math.floorMod(turn, among.size()));
        try {
            clients.get(process).getSecretValue(get);
            answered.get(process).incrementAndGet();
        } catch (Exception e) {
            failures.add(e.toString());
        }
    }

    public int answeredBy(ApiProcess process) {
        return answered.get(process).get();
    }

    /** What callers were told instead of the secret. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
