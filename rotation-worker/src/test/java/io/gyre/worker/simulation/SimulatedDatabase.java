package io.gyre.worker.simulation;

import io.gyre.event.RotationStepped;
import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Claimed;
import io.gyre.worker.engine.Transition;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Order;
import io.gyre.worker.machine.Orphan;
import io.gyre.worker.machine.Rotation;
import io.gyre.worker.machine.VersionMove;
import io.gyre.worker.machine.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL holds, and what its statements make of it; every method is one transaction. */
class SimulatedDatabase {
    static final String CURRENT = "ACSCurrent";
    static final String PREVIOUS = "ACSPrevious";

    private static final int VERSIONS_KEPT = 10;

    final SimulatedClocks clocks;
    private final Map<String, SecretRow> secrets = new TreeMap<>();
    private final Map<UUID, RotationRow> rotations = new TreeMap<>();
    private final List<Event> outbox = new ArrayList<>();

    SimulatedDatabase(SimulatedClocks clocks) {
        this.clocks = clocks;
    }

    record Version(String id, String credentialName, SecretText value, boolean pending, Instant createdAt) {}

    record Event(UUID rotation, String type, String phase, String note) {}

    record StepRow(int step, String phase, String note, String worker) {}

    static final class SecretRow {
        final String name;
        final Map<String, Version> versions = new TreeMap<>();
        final Map<String, String> stages = new TreeMap<>();
        final Map<OrphanKey, Boolean> orphansRemoved = new TreeMap<>();
        String rotationStatus = "Enabled";

        SecretRow(String name) {
            this.name = name;
        }

        void add(String id, String credentialName, SecretText value, String stage, Instant at) {
            versions.put(id, new Version(id, credentialName, value, false, at));
            stages.put(stage, id);
        }

        @Nullable
        Version at(String stage) {
            String id = stages.get(stage);
            return id == null ? null : versions.get(id);
        }

        /** With its labels. */
        void remove(@Nullable String version) {
            versions.remove(String.valueOf(version));
            stages.values().removeIf(labelled -> labelled.equals(version));
        }

        Set<String> orphans() {
            return orphansRemoved.entrySet().stream()
                    .filter(each -> !each.getValue())
                    .map(each -> each.getKey().credentialName())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    record OrphanKey(UUID rotation, String credentialName) implements Comparable<OrphanKey> {
        @Override
        public int compareTo(OrphanKey other) {
            return Comparator.comparing(OrphanKey::rotation)
                    .thenComparing(OrphanKey::credentialName)
                    .compare(this, other);
        }
    }

    /** A request, as the API leaves it. */
    record Request(
            UUID id,
            String secret,
            String type,
            String subType,
            Trigger trigger,
            Map<String, String> target,
            Duration overlap,
            String targetKey) {}

    static final class RotationRow {
        final Request request;
        final SecretRow secret;
        final String candidateVersion;
        final String formerVersion;
        final @Nullable String idleVersion;

        /** Of the rotations of all secrets, the how many-eth it is. */
        final int begun;

        String phase = "REQUESTED";
        Map<String, String> memory = Map.of();
        int attempt;
        RotationState state = RotationState.RUNNING;

        @Nullable
        String finding;

        long fence;

        /** Since the claim. */
        int commits;

        @Nullable
        String leaseHolder;

        @Nullable
        Instant leaseUntil;

        Wake.@Nullable Clock wakeClock = Wake.Clock.OPERATIONAL;

        @Nullable
        Instant wakeAt;

        @Nullable
        Order ordered;

        String orderedBy = "";
        final List<StepRow> steps = new ArrayList<>();

        RotationRow(Request request, SecretRow secret, String candidateVersion, int begun, Instant now) {
            this.request = request;
            this.secret = secret;
            this.candidateVersion = candidateVersion;
            this.formerVersion = String.valueOf(secret.stages.get(CURRENT));
            this.idleVersion = secret.stages.get(PREVIOUS);
            this.begun = begun;
            this.wakeAt = now;
            steps.add(new StepRow(1, phase, "Requested.", ""));
        }

        UUID id() {
            return request.id();
        }

        boolean isActive() {
            return !state.hasEnded();
        }

        @Nullable
        Version version(Credential which) {
            String id = which == Credential.CANDIDATE
                    ? candidateVersion
                    : which == Credential.FORMER ? formerVersion : String.valueOf(idleVersion);
            return secret.versions.get(id);
        }

        private @Nullable String name(Credential which) {
            Version version = version(which);
            return version == null ? null : version.credentialName();
        }

        Rotation seen() {
            return new Rotation(
                    request.id(),
                    request.trigger(),
                    request.subType(),
                    request.target(),
                    request.overlap(),
                    phase,
                    memory,
                    attempt,
                    String.valueOf(name(Credential.FORMER)),
                    name(Credential.IDLE),
                    name(Credential.CANDIDATE),
                    secret.orphans());
        }
    }

    SecretRow newSecret(String name) {
        SecretRow row = new SecretRow(name);
        secrets.put(name, row);
        return row;
    }

    SecretRow secret(String name) {
        return present(secrets.get(name), name);
    }

    RotationRow rotation(UUID id) {
        return present(rotations.get(id), id);
    }

    private static <T> T present(@Nullable T row, Object key) {
        if (row == null) {
            throw new IllegalArgumentException("There is no " + key + " in the database.");
        }
        return row;
    }

    /** In an order that is always the same. */
    Stream<RotationRow> rotations() {
        return rotations.values().stream();
    }

    List<Event> outbox() {
        return outbox;
    }

    @Nullable
    RotationRow active(String secret) {
        return rotations()
                .filter(row -> row.isActive() && row.secret.name.equals(secret))
                .findFirst()
                .orElse(null);
    }

    boolean admits(String secret) {
        return active(secret) == null;
    }

    /** @return false where the index that admits one active rotation refuses */
    boolean request(Request request) {
        if (!admits(request.secret())) {
            return false;
        }
        SecretRow secret = secret(request.secret());
        String candidate = "v-" + request.id();
        rotations.put(
                request.id(), new RotationRow(request, secret, candidate, rotations.size(), clocks.operational()));
        return true;
    }

    /** As the API writes an operator's order. */
    void order(UUID rotation, Order order, String by) {
        RotationRow row = rotation(rotation);
        row.ordered = order;
        row.orderedBy = by;
        if (!isLeased(row)) {
            row.wakeClock = Wake.Clock.OPERATIONAL;
            row.wakeAt = clocks.operational();
        }
    }

    /** As the API opens an ended rotation again to have it remove what it left. @return false where it is refused */
    boolean reopen(UUID rotation, String by) {
        RotationRow row = rotation(rotation);
        if (!admits(row.secret.name)) {
            return false;
        }
        row.state = RotationState.RUNNING;
        order(rotation, new Order.RollBack(), by);
        return true;
    }

    private boolean isLeased(RotationRow row) {
        return row.leaseUntil != null && row.leaseUntil.isAfter(clocks.operational());
    }

    private boolean isDue(RotationRow row, Set<String> types, Set<String> busyTargets) {
        if (!row.isActive()
                || row.wakeAt == null
                || isLeased(row)
                || !types.contains(row.request.type())
                || busyTargets.contains(row.request.targetKey())) {
            return false;
        }
        Instant now = row.wakeClock == Wake.Clock.CALENDAR ? clocks.calendar() : clocks.operational();
        return !row.wakeAt.isAfter(now);
    }

    List<RotationRow> due(List<UUID> among, Set<String> types, Set<String> busyTargets) {
        return among.stream()
                .distinct()
                .map(rotations::get)
                .filter(row -> row != null && isDue(row, types, busyTargets))
                .toList();
    }

    List<RotationRow> due(int limit, int perTarget, Set<String> types, Set<String> busyTargets) {
        Map<String, Integer> places = new TreeMap<>();
        return Stream.of(Wake.Clock.OPERATIONAL, Wake.Clock.CALENDAR)
                .flatMap(clock -> rotations()
                        .filter(row -> row.wakeClock == clock && isDue(row, types, busyTargets))
                        .sorted(Comparator.comparing((RotationRow row) -> row.wakeAt))
                        .limit(limit))
                .limit(limit)
                .filter(row -> places.merge(row.request.targetKey(), 1, Integer::sum) <= perTarget)
                .toList();
    }

    void lease(RotationRow row, String worker, Duration lease) {
        row.fence++;
        row.commits = 0;
        row.leaseHolder = worker;
        row.leaseUntil = clocks.operational().plus(lease);
        row.wakeClock = Wake.Clock.OPERATIONAL;
        row.wakeAt = row.leaseUntil;
    }

    void giveBack(Claimed claimed) {
        RotationRow row = rotations.get(claimed.rotation().id());
        if (row != null && row.fence == claimed.fence() && row.leaseUntil != null) {
            row.leaseHolder = null;
            row.leaseUntil = null;
            row.wakeClock = Wake.Clock.OPERATIONAL;
            row.wakeAt = clocks.operational();
        }
    }

    /** Whether the lease under which it was decided still holds. */
    boolean mayCommit(RotationRow row, Transition transition) {
        return row.fence == transition.claimed().fence() && isLeased(row);
    }

    /** Whether it is sent again because its answer was lost. */
    private static boolean isCommitted(RotationRow row, Claimed claimed) {
        return row.fence == claimed.fence() && row.commits == claimed.commits() + 1;
    }

    boolean commit(Transition transition, String worker) {
        RotationRow row = rotations.get(transition.claimed().rotation().id());
        if (row != null && isCommitted(row, transition.claimed())) {
            return true;
        }
        if (row == null || !mayCommit(row, transition)) {
            return false;
        }
        row.commits++;
        Decision decision = transition.decision();
        row.phase = decision.phase();
        row.state = decision.state();
        row.memory = decision.memory();
        row.attempt = decision.attempt();
        row.finding = decision.telling().finding();
        setTimer(row, transition);
        tell(row, decision, worker);
        if (transition.candidate() != null) {
            keepCandidate(row, transition.candidate());
        }
        for (VersionMove move : VersionMove.values()) {
            if (decision.does(move)) {
                move(row, move);
            }
        }
        if (decision.state() == RotationState.FAILED
                && row.request.trigger() == Trigger.AUTOMATIC
                && row.secret.rotationStatus.equals("Enabled")) {
            row.secret.rotationStatus = "Invalid";
        }
        if (decision.orphan() != null) {
            noteOrphan(row, decision.orphan());
        }
        return true;
    }

    private void setTimer(RotationRow row, Transition transition) {
        Decision decision = transition.decision();
        boolean answers =
                transition.claimed().order() != null || decision.state().hasEnded();
        boolean orderWaits = row.ordered != null && !answers;
        Duration lease = transition.lease();
        Wake wake = decision.wake();
        row.leaseHolder = lease == null ? null : row.leaseHolder;
        row.leaseUntil = lease == null ? null : clocks.operational().plus(lease);
        if (lease != null) {
            row.wakeClock = Wake.Clock.OPERATIONAL;
            row.wakeAt = row.leaseUntil;
        } else if (orderWaits) {
            row.wakeClock = Wake.Clock.OPERATIONAL;
            row.wakeAt = clocks.operational();
        } else if (wake != null) {
            row.wakeClock = wake.clock();
            row.wakeAt = (wake.clock() == Wake.Clock.CALENDAR ? clocks.calendar() : clocks.operational())
                    .plusMillis(wake.after().toMillis());
        } else {
            row.wakeClock = null;
            row.wakeAt = null;
        }
        if (answers) {
            row.ordered = null;
        }
    }

    private void tell(RotationRow row, Decision decision, String worker) {
        String note = decision.telling().note();
        if (note == null) {
            return;
        }
        row.steps.add(new StepRow(row.steps.size() + 1, decision.phase(), note, worker));
        String type = decision.telling().warning()
                ? RotationStepped.WARNED
                : RotationStepped.typeFor(decision.state().label());
        outbox.add(new Event(row.id(), type, decision.phase(), note));
    }

    void keepCandidate(RotationRow row, Minted candidate) {
        Version there = row.secret.versions.get(row.candidateVersion);
        if (there == null || there.pending()) {
            row.secret.versions.put(
                    row.candidateVersion,
                    new Version(row.candidateVersion, candidate.name(), candidate.value(), true, clocks.calendar()));
        }
    }

    private void move(RotationRow row, VersionMove move) {
        SecretRow secret = row.secret;
        switch (move) {
            case PROMOTE -> {
                show(secret, row.candidateVersion);
                secret.stages.put(CURRENT, row.candidateVersion);
                secret.stages.put(PREVIOUS, row.formerVersion);
                if (secret.rotationStatus.equals("Invalid")) {
                    secret.rotationStatus = "Enabled";
                }
                prune(secret);
            }
            case DEMOTE -> {
                secret.stages.put(CURRENT, row.formerVersion);
                secret.stages.put(PREVIOUS, row.candidateVersion);
            }
            case FORGET_FORMER -> secret.remove(row.formerVersion);
            case DROP_CANDIDATE -> {
                if (!row.candidateVersion.equals(secret.stages.get(CURRENT))) {
                    secret.remove(row.candidateVersion);
                }
            }
            case KEEP_CANDIDATE -> show(secret, row.candidateVersion);
        }
    }

    private static void show(SecretRow secret, String version) {
        secret.versions.computeIfPresent(
                version,
                (id, hidden) -> new Version(id, hidden.credentialName(), hidden.value(), false, hidden.createdAt()));
    }

    private static void prune(SecretRow secret) {
        Comparator<Version> labelledFirst = Comparator.comparing(version -> !secret.stages.containsValue(version.id()));
        secret.versions.values().stream()
                .filter(version -> !version.pending())
                .sorted(labelledFirst.thenComparing(
                        Comparator.comparing(Version::createdAt).reversed()))
                .skip(VERSIONS_KEPT)
                .map(Version::id)
                .filter(id -> !secret.stages.containsValue(id))
                .toList()
                .forEach(secret::remove);
    }

    private void noteOrphan(RotationRow row, Orphan orphan) {
        if (orphan.removed()) {
            row.secret.orphansRemoved.replaceAll(
                    (key, removed) -> removed || key.credentialName().equals(orphan.credentialName()));
        } else {
            row.secret.orphansRemoved.put(new OrphanKey(row.id(), orphan.credentialName()), false);
        }
    }
}
