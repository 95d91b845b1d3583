package io.gyre.platform;

import io.gyre.event.Topics;
import io.gyre.platform.kafka.KafkaBroker;
import io.gyre.platform.kafka.KafkaPlan;
import io.gyre.platform.postgres.PostgresPlan;
import io.gyre.platform.postgres.PostgresServer;
import io.gyre.platform.postgres.PostgresSoftware;
import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.gyre.platform.process.ChildProcess;
import io.gyre.platform.process.Supervisor;
import io.gyre.platform.service.ApiService;
import io.gyre.platform.service.CloudSimulator;
import io.gyre.platform.service.GyreStores;
import io.gyre.platform.service.RotationWorker;
import io.gyre.platform.service.ServicePlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All of Gyre on one machine. While it runs, its processes are children of this JVM; when this JVM ends, for whatever
 * reason, so do they.
 */
public final class Platform implements AutoCloseable {

    /** Alone on two slow cores, while a build runs beside it. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    /** Of its three pools, and the one that listens; reads take two for each of its two event loops. */
    private static final int API_SESSIONS = 30;

    private static final int WORKER_SESSIONS = 8;

    /** The simulator reads the calendar, the platform declares roles, and people look in. */
    private static final int OTHER_SESSIONS = 28;

    /** The simulator holds 16; every login that proves a password is one more. */
    private static final int CLOUD_SESSIONS = 60;

    /** The broker's process. */
    public static final String KAFKA = "kafka";

    /** The process of Gyre's own database server. */
    public static final String POSTGRES = "postgres";

    /** The process of the database server behind the simulated RDS instances. */
    public static final String CLOUD_POSTGRES = "cloud-postgres";

    private final PlatformPlan plan;
    private final Home home;
    private final Ports ports;
    private final HomeLock lock;
    private final Supervisor supervisor;
    private final Progress progress;
    private final Object unpacking = new Object();
    private final Health health = new Health();
    /** How each process is started, by its name; returns when it is healthy. */
    private final Map<String, Runnable> starts = new LinkedHashMap<>();

    private final Thread stopWithTheJvm = new Thread(this::stop, "stop-platform");
    private @Nullable PlatformFacts facts;
    private boolean stopped;

    private Platform(PlatformPlan plan, Home home, HomeLock lock, Supervisor supervisor, Progress progress) {
        this.plan = plan;
        this.home = home;
        this.ports = plan.ports();
        this.lock = lock;
        this.supervisor = supervisor;
        this.progress = progress;
    }

    /**
     * Starts every process, and returns when all of them are healthy. Until {@link #close()}, the end of this JVM stops
     * them in order, also by Ctrl-C and also during the start.
     *
     * @throws PlatformException if another process holds the home, a port is taken, a program is not built, or a process
     *     does not become healthy; then nothing is left running
     */
    public static Platform start(PlatformPlan plan, Progress progress) {
        long begin = System.nanoTime();
        Home home = new Home(plan.home());
        HomeLock lock = HomeLock.take(home);
        Platform platform;
        try {
            Supervisor.endLeftovers(home.run());
            plan.ports().requireFree();
            platform = new Platform(plan, home, lock, Supervisor.in(home.run()), progress);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(platform.stopWithTheJvm);
        try {
            PlatformState.of(plan, null).write(home);
            platform.startAll();
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
        Duration healthyAfter = Duration.ofNanos(System.nanoTime() - begin);
        PlatformState.of(plan, healthyAfter).write(home);
        platform.facts = PlatformFacts.of(plan, healthyAfter);
        return platform;
    }

    private void startAll() {
        PlatformSecrets secrets = PlatformSecrets.in(home);
        ServicePlan api = ApiService.plan(home, ports, secrets, plan.speed());
        ServicePlan simulator = CloudSimulator.plan(ports, secrets);
        api.requireBuilt(plan);
        simulator.requireBuilt(plan);
        RotationWorker.plan(home, ports, secrets, 1).requireBuilt(plan);

        StartUp startUp = new StartUp(progress);
        var kafka = step(startUp, KAFKA, this::startKafka);
        var postgres = step(startUp, POSTGRES, () -> startPostgres(software(), secrets));
        var cloudPostgres = step(startUp, CLOUD_POSTGRES, () -> startCloudPostgres(software()));
        step(startUp, simulator.name(), () -> startService(simulator), cloudPostgres, postgres);
        // It keeps what it has to tell Kafka in its outbox, and needs no broker to begin.
        step(startUp, api.name(), () -> startService(api), postgres);
        for (int number = 1; number <= plan.workers(); number++) {
            ServicePlan worker = RotationWorker.plan(home, ports, secrets, number);
            step(startUp, worker.name(), () -> startService(worker), postgres, kafka);
        }
        startUp.await(firstDeath().thenAccept(death -> {
            throw death;
        }));
    }

    private StartUp.Step step(StartUp startUp, String process, Runnable start, StartUp.Step... needs) {
        starts.put(process, start);
        return startUp.step(process, start, needs);
    }

    /** Unpacked by the server that comes first, while Kafka starts; the other one waits for it. */
    private PostgresSoftware software() {
        synchronized (unpacking) {
            return PostgresSoftware.in(plan.software());
        }
    }

    private void startKafka() {
        KafkaBroker.start(
                supervisor,
                new KafkaPlan(KAFKA, home.data(KAFKA), home.log(KAFKA), ports.kafka(), ports.kafkaController(), 0),
                Topics.all());
    }

    private void startPostgres(PostgresSoftware software, PlatformSecrets secrets) {
        PostgresPlan frugal = new PostgresPlan(
                POSTGRES,
                home.data(POSTGRES),
                home.log(POSTGRES),
                ports.postgres(),
                "platform",
                home.secret("postgres-platform"),
                API_SESSIONS + WORKER_SESSIONS * plan.workers() + OTHER_SESSIONS,
                0);
        PostgresSuperuser superuser =
                PostgresServer.start(supervisor, software, plan.isOptimising() ? frugal.withUsualBuffers() : frugal);
        superuser.declareRole(GyreStores.OWNER, secrets.postgres(), Privileges.ORDINARY);
        superuser.declareRole(GyreStores.API, secrets.postgresApi(), Privileges.ORDINARY);
        superuser.declareRole(GyreStores.WORKER, secrets.postgresWorker(), Privileges.ORDINARY);
        superuser.declareRole(GyreStores.SIMULATOR, secrets.postgresSimulator(), Privileges.ORDINARY);
        superuser.declareDatabase(GyreStores.DATABASE, GyreStores.OWNER);
    }

    private void startCloudPostgres(PostgresSoftware software) {
        PostgresSuperuser superuser = PostgresServer.start(
                supervisor,
                software,
                new PostgresPlan(
                        CLOUD_POSTGRES,
                        home.data(CLOUD_POSTGRES),
                        home.log(CLOUD_POSTGRES),
                        ports.cloudPostgres(),
                        "cloud",
                        home.secret("postgres-cloud"),
                        CLOUD_SESSIONS,
                        0));
        superuser.declareDatabase("cloud", "cloud");
    }

    private void startService(ServicePlan service) {
        ChildProcess child = supervisor.start(service.prepare(home, plan));
        Supervisor.awaitReady(child, READY_WITHIN, () -> health.isReady(service.opsPort()));
    }

    /** Where everything is found. */
    public PlatformFacts facts() {
        if (facts == null) {
            throw new IllegalStateException("the platform is not started yet");
        }
        return facts;
    }

    /** Completes when a process ends though nobody asked it to, with the one sentence that says so. */
    public CompletableFuture<PlatformException> firstDeath() {
        return supervisor.firstDeath().thenApply(ChildProcess::death);
    }

    /** The processes, in the order of their start. */
    public List<ChildProcess> processes() {
        return supervisor.children();
    }

    /**
     * Kills one process with all that it started, as a crash would; returns when nothing of it is left. That it ended is
     * no news to {@link #firstDeath()}.
     *
     * @throws PlatformException if no process of this name runs
     */
    public void kill(String process) {
        supervisor.kill(running(process));
    }

    /**
     * Stops one process in order; returns when it has ended.
     *
     * @throws PlatformException if no process of this name runs
     */
    public void stop(String process) {
        supervisor.stop(running(process));
    }

    /**
     * Starts a process that was stopped or killed again, on its data; returns when it is healthy.
     *
     * @throws PlatformException if it is no process of the platform, runs already, or does not become healthy
     */
    public void startAgain(String process) {
        Runnable start = starts.get(process);
        if (start == null) {
            throw new PlatformException("The platform has no process " + process + ": it has " + starts.keySet() + ".");
        }
        if (find(process).isPresent()) {
            throw new PlatformException(process + " runs already: stop it first.");
        }
        start.run();
    }

    /**
     * Starts one more api-service on the same stores; returns when it is healthy.
     *
     * @param told beside what the first one is told, or in place of it: its ports at least
     * @throws PlatformException if it does not become healthy
     */
    public void startApiBeside(String name, int opsPort, Map<String, String> told) {
        startService(ApiService.plan(home, ports, PlatformSecrets.in(home), plan.speed())
                .beside(name, opsPort, told));
    }

    private ChildProcess running(String process) {
        return find(process).orElseThrow(() -> new PlatformException("No process " + process + " runs."));
    }

    private Optional<ChildProcess> find(String process) {
        return supervisor.children().stream()
                .filter(each -> each.name().equals(process) && each.isAlive())
                .findFirst();
    }

    /** Stops every process, the workers first and the stores last; returns when none is left. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithTheJvm);
        } catch (IllegalStateException e) {
            // The JVM is ending: its hook stops the platform, and this call waits for that.
            join();
            return;
        }
        stop();
    }

    private void join() {
        try {
            stopWithTheJvm.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        long begin = System.nanoTime();
        progress.stopping();
        supervisor.close();
        PlatformState.forget(home);
        lock.close();
        progress.stopped(Duration.ofNanos(System.nanoTime() - begin));
    }
}
