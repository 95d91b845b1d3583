package io.gyre.worker.simulation;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.Order;
import io.gyre.worker.simulation.Faults.Kind;
import io.gyre.worker.simulation.SimulatedDatabase.Request;
import io.gyre.worker.simulation.SimulatedDatabase.RotationRow;
import io.gyre.worker.simulation.SimulatedDatabase.Version;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Who acts besides the workers: callers of the API, programs that use their credentials, strangers, operators. */
final class People {
    private static final String UNKNOWN_KEYS = "unknownKeys";

    private final Dice dice;
    private final VirtualTime time;
    private final Faults faults;
    private final Trace trace;
    private final Witness witness;
    private final SimulatedDatabase database;
    private final SimulatedAccount account;
    private final List<SimulatedWorker> workers;
    private boolean stopped;

    People(
            Dice dice,
            VirtualTime time,
            Faults faults,
            Trace trace,
            Witness witness,
            SimulatedDatabase database,
            SimulatedAccount account,
            List<SimulatedWorker> workers) {
        this.dice = dice;
        this.time = time;
        this.faults = faults;
        this.trace = trace;
        this.witness = witness;
        this.database = database;
        this.account = account;
        this.workers = workers;
    }

    void begin() {
        for (SimulatedSecret secret : account.secrets) {
            again(Duration.ZERO, Duration.ofSeconds(120), () -> rotate(secret));
            again(Duration.ofSeconds(3), Duration.ofSeconds(40), () -> use(secret));
        }
        again(Duration.ofSeconds(20), Duration.ofSeconds(90), this::operate);
        again(Duration.ofSeconds(30), Duration.ofSeconds(120), this::setTheClock);
        again(Duration.ofSeconds(30), Duration.ofSeconds(120), this::addStrangersKey);
    }

    /** From now on nobody does anything. */
    void stop() {
        stopped = true;
    }

    private void again(Duration least, Duration most, Runnable act) {
        var unused = time.after(dice.between(least, most), () -> {
            if (stopped) {
                return;
            }
            act.run();
            again(least, most, act);
        });
    }

    private void rotate(SimulatedSecret secret) {
        if (!faults.areOver()) {
            request(secret);
        }
    }

    /** Asks for a rotation once more, also after the faults. */
    void request(SimulatedSecret secret) {
        UUID id = new UUID(
                ((long) dice.anyNumber() << 32) | (dice.anyNumber() & 0xffffffffL),
                ((long) dice.anyNumber() << 32) | (dice.anyNumber() & 0xffffffffL));
        Request request = new Request(
                id,
                secret.name(),
                secret.type(),
                secret.subType(),
                dice.oneOf(List.of(Trigger.values())),
                secret.target(),
                secret.overlap(),
                secret.targetKey());
        boolean begun = database.request(request);
        trace.add(time.nanos(), begun ? "requested" : "refused", secret.name(), id);
        if (begun) {
            tellKafka(id);
        }
    }

    /** Records are lost, late, repeated, and out of order among each other. */
    private void tellKafka(UUID rotation) {
        if (faults.strike(Kind.RECORD_IS_LOST)) {
            return;
        }
        Duration most = faults.strike(Kind.RECORD_IS_LATE) ? Duration.ofMinutes(2) : Duration.ofMillis(500);
        var unused = time.after(dice.upTo(most), () -> dice.oneOf(workers).wake(rotation));
        if (faults.strike(Kind.RECORD_IS_REPEATED)) {
            tellKafka(rotation);
        }
    }

    /** A program uses what it is given; another one has not moved yet to what is current. */
    private void use(SimulatedSecret secret) {
        String stage = dice.happens(0.8) ? SimulatedDatabase.CURRENT : SimulatedDatabase.PREVIOUS;
        Version version = database.secret(secret.name()).at(stage);
        if (secret.type().equals("ram") && version != null) {
            account.ram.use(version.value());
        }
    }

    private void operate() {
        database.rotations()
                .filter(row -> row.state == RotationState.WAITING)
                .toList()
                .forEach(this::mend);
        if (faults.strike(Kind.OPERATOR_MEDDLES)) {
            meddle();
        }
        account.secrets.forEach(this::removeOrphans);
    }

    /** Does what the finding asks for, then retries. */
    private void mend(RotationRow row) {
        String unknown = row.memory.getOrDefault(UNKNOWN_KEYS, "");
        if (row.phase.equals("FOREIGN_KEY") && !unknown.isEmpty()) {
            for (String key : unknown.split(",", -1)) {
                account.ram.deleteKey(row.request.target().get("UserName"), key);
            }
        }
        order(row, new Order.Retry());
    }

    private void order(RotationRow row, Order order) {
        trace.add(time.nanos(), "ordered", row.id(), order.words());
        database.order(row.id(), order, "an operator");
        tellKafka(row.id());
    }

    private void meddle() {
        List<RotationRow> active =
                database.rotations().filter(RotationRow::isActive).toList();
        if (!active.isEmpty()) {
            Duration longer = dice.between(Duration.ofMinutes(1), Duration.ofMinutes(30));
            order(
                    dice.oneOf(active),
                    dice.oneOf(List.of(
                            new Order.Retry(), new Order.RollBack(), new Order.GiveUp(), new Order.Extend(longer))));
        }
    }

    /** Of rotations that have ended: opened again to remove what they left. */
    private void removeOrphans(SimulatedSecret secret) {
        database.secret(secret.name()).orphansRemoved.entrySet().stream()
                .filter(each -> !each.getValue())
                .map(each -> each.getKey().rotation())
                .filter(id -> !database.rotation(id).isActive())
                .toList()
                .forEach(id -> {
                    boolean opened = dice.happens(0.5) && database.reopen(id, "an operator");
                    trace.add(time.nanos(), opened ? "opened again" : "left", id);
                });
    }

    private void setTheClock() {
        if (faults.strike(Kind.CLOCK_JUMPS)) {
            Duration by = dice.upTo(Duration.ofNanos((long) (40e9 / database.clocks.speed())));
            Duration jump = dice.happens(0.5) ? by : by.negated();
            trace.add(time.nanos(), "clock jumps", jump);
            database.clocks.jump(jump);
        }
    }

    private void addStrangersKey() {
        SimulatedSecret secret = dice.oneOf(account.secrets);
        if (secret.type().equals("ram")
                && faults.strike(Kind.STRANGER_ADDS_KEY)
                && account.ram.keyIds(secret.name()).size() < 2) {
            String key = account.ram.addKey(secret.name()).name();
            witness.strangers.add(key);
            trace.add(time.nanos(), "stranger's key", key);
        }
    }
}
