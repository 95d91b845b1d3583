package io.gyre.worker.simulation;

import io.gyre.rotation.RotationState;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Claimed;
import io.gyre.worker.engine.Transition;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.RamEffect;
import io.gyre.worker.machine.Wake;
import io.gyre.worker.simulation.SimulatedDatabase.RotationRow;
import io.gyre.worker.simulation.SimulatedDatabase.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sees all that happens, keeps books of its own on leases and effects, and says which invariant of the design does not
 * hold. It believes no part that it watches.
 */
final class Witness {
    /** As {@code Patience} has it. */
    private static final int MOST_ATTEMPTS = 12;

    private final VirtualTime time;
    private final SimulatedDatabase database;
    private final Trace trace;
    private final Duration claimLease;
    private final Set<Commit> applied = new HashSet<>();
    private final Coverage coverage;
    private final CallCount calls;
    private final Map<String, SimulatedSecret> secrets = new TreeMap<>();
    private final Map<UUID, Lease> leases = new TreeMap<>();
    private final Map<UUID, List<Flight>> flights = new TreeMap<>();

    /** By identity: the engine performs the very effect that it committed. Never walked through. */
    private final IdentityHashMap<Effect, Flight> intents = new IdentityHashMap<>();

    /** Secrets that an operator left as they were: their only credential may not work until the next rotation. */
    private final Set<String> leftAsTheyWere = new TreeSet<>();

    /** RAM users whose key, made by a call that was given up on, nobody can name until the next rotation looks. */
    private final Set<String> mayHoldNameless = new TreeSet<>();

    /** Keys that a person made at a target. */
    final Set<String> strangers = new TreeSet<>();

    private final Backoffs backoffs = new Backoffs();
    private @Nullable String broken;

    Witness(
            VirtualTime time,
            SimulatedDatabase database,
            Trace trace,
            Duration claimLease,
            Coverage coverage,
            CallCount calls) {
        this.time = time;
        this.database = database;
        this.trace = trace;
        this.claimLease = claimLease;
        this.coverage = coverage;
        this.calls = calls;
    }

    private record Commit(UUID rotation, long fence, int number) {}

    /** The last claim of a rotation, and until when its lease holds by the database's clock. */
    private record Lease(long fence, @Nullable Instant until) {}

    /** An effect under way, from its commit on. */
    static final class Flight {
        private final UUID rotation;
        private final String phase;
        private final long fence;
        private final long leaseEnds;
        private final Duration jumpedForward;
        private long sent;
        private long over;

        Flight(UUID rotation, String phase, long fence, long leaseEnds, Duration jumpedForward) {
            this.rotation = rotation;
            this.phase = phase;
            this.fence = fence;
            this.leaseEnds = leaseEnds;
            this.jumpedForward = jumpedForward;
        }
    }

    void watch(SimulatedSecret secret) {
        secrets.put(secret.name(), secret);
    }

    @Nullable
    String broken() {
        return broken;
    }

    Backoffs backoffs() {
        return backoffs;
    }

    private void breaks(String invariant, Object... details) {
        if (broken == null) {
            broken = invariant + ": " + String.format(details.length == 0 ? "" : "%s".repeat(details.length), details);
            trace.add(time.nanos(), "BROKEN", broken);
        }
    }

    void claimed(String worker, List<Claimed> rotations) {
        for (Claimed each : rotations) {
            UUID id = each.rotation().id();
            trace.add(
                    time.nanos(),
                    "claimed",
                    worker,
                    id,
                    each.fence(),
                    each.rotation().phase());
            Lease before = leases.get(id);
            if (before != null && before.until() != null && before.until().isAfter(database.clocks.operational())) {
                breaks("A rotation whose lease holds is claimed by no other worker", id);
            }
            if (before != null && before.fence() >= each.fence()) {
                breaks("The fence grows with each claim", id);
            }
            leases.put(id, new Lease(each.fence(), database.clocks.operational().plus(claimLease)));
        }
    }

    void committed(String worker, Transition transition) {
        Decision decision = transition.decision();
        UUID id = transition.claimed().rotation().id();
        if (!applied.add(new Commit(
                id, transition.claimed().fence(), transition.claimed().commits()))) {
            trace.add(
                    time.nanos(),
                    "committed before",
                    worker,
                    id,
                    transition.claimed().fence(),
                    decision.phase());
            return;
        }
        String state = decision.state().label();
        trace.add(
                time.nanos(),
                "committed",
                worker,
                id,
                transition.claimed().fence(),
                decision.phase(),
                state,
                note(decision));
        coverage.reached(transition.claimed().type(), decision.phase());
        Instant now = database.clocks.operational();
        Lease lease = leases.get(id);
        if (lease == null || lease.fence() != transition.claimed().fence()) {
            breaks("No commit with an older fence is applied", id, " ", decision.phase());
        } else if (lease.until() == null || !lease.until().isAfter(now)) {
            breaks("No commit is applied once its lease has run out", id, " ", decision.phase());
        }
        Duration until = transition.lease();
        leases.put(id, new Lease(transition.claimed().fence(), until == null ? null : now.plus(until)));
        if (decision.effect() != null && until != null) {
            long ends = time.nanos() + until.toNanos();
            intents.put(
                    decision.effect(),
                    new Flight(
                            id, decision.phase(), transition.claimed().fence(), ends, database.clocks.jumpedForward()));
        }
        checkWhatIsTold(id, decision);
        countTries(id, transition);
        if (decision.state() != RotationState.RUNNING) {
            rests(database.rotation(id), decision);
        }
    }

    /** The store says that the lease is lost. */
    void refused(String worker, Transition transition) {
        coverage.commitRefused();
        UUID id = transition.claimed().rotation().id();
        trace.add(time.nanos(), "refused", worker, id, transition.claimed().fence());
        Lease lease = leases.get(id);
        boolean holds = lease != null
                && lease.fence() == transition.claimed().fence()
                && lease.until() != null
                && lease.until().isAfter(database.clocks.operational());
        if (holds) {
            breaks("A commit is applied while its lease holds", id);
        }
    }

    /** Asked for by a worker that is to end. */
    void gaveBack(String worker, Claimed claimed) {
        UUID id = claimed.rotation().id();
        trace.add(time.nanos(), "gave back", worker, id, claimed.fence());
        boolean isOut = flights.getOrDefault(id, List.of()).stream()
                .anyMatch(flight -> flight.fence == claimed.fence() && flight.over > time.nanos());
        if (isOut) {
            breaks("Nothing is given back while its effect is out", id);
        }
        Lease lease = leases.get(id);
        if (lease != null && lease.fence() == claimed.fence()) {
            coverage.gaveBack();
            leases.put(id, new Lease(claimed.fence(), null));
        }
    }

    private static String note(Decision decision) {
        return decision.telling().note() == null ? "" : decision.telling().note();
    }

    private void checkWhatIsTold(UUID id, Decision decision) {
        String finding = String.valueOf(decision.telling().finding());
        String told = decision.telling().note() + finding + decision.memory().values();
        if (told.contains(Hidden.MARK)) {
            breaks("No plaintext is told", id, " ", decision.phase());
        }
        if (finding.contains("defect of Gyre")) {
            breaks("Every machine has a rule for whatever happens", id, " ", finding);
        }
        boolean needsFinding = decision.state() == RotationState.WAITING || decision.state() == RotationState.FAILED;
        if (needsFinding && decision.telling().finding() == null) {
            breaks("Whoever is waited for is told why", id, " ", decision.phase());
        }
    }

    private void countTries(UUID id, Transition transition) {
        Decision decision = transition.decision();
        Wake wake = decision.wake();
        if (decision.attempt() >= MOST_ATTEMPTS) {
            breaks("Nothing is tried for ever", id, " ", decision.phase());
        }
        if (wake != null
                && decision.attempt() == transition.claimed().rotation().attempt() + 1) {
            backoffs.add(decision.attempt(), wake.after());
        }
    }

    private void rests(RotationRow row, Decision decision) {
        SimulatedSecret secret = secrets.get(row.secret.name);
        boolean givenUp = decision.memory().containsKey("givenUp");
        if (decision.state() == RotationState.SUCCEEDED) {
            leftAsTheyWere.remove(secret.name());
            mayHoldNameless.remove(secret.name());
            Version replaced = secret.subType().equals("DoubleUsers")
                    ? row.version(Credential.IDLE)
                    : row.version(Credential.FORMER);
            if (replaced != null && secret.lets(replaced)) {
                breaks("A replaced credential is refused once the rotation has succeeded", row.id());
            }
        }
        if (givenUp && secret.type().equals("ram")) {
            mayHoldNameless.add(secret.name());
        }
        if (givenUp && !secret.holdsTwo()) {
            leftAsTheyWere.add(secret.name());
        }
        if (decision.state().hasEnded() && !givenUp) {
            agrees(secret);
            if (!mayHoldNameless.contains(secret.name())) {
                nothingIsLeftOver(secret);
            }
        }
    }

    /** Secret and target agree: what is given to programs is let in. */
    private void agrees(SimulatedSecret secret) {
        Version current = database.secret(secret.name()).at(SimulatedDatabase.CURRENT);
        if (!leftAsTheyWere.contains(secret.name()) && (current == null || !secret.lets(current))) {
            breaks("Secret and target agree", secret.name());
        }
    }

    private void nothingIsLeftOver(SimulatedSecret secret) {
        Set<String> there = new TreeSet<>(secret.credentialsThere().get());
        Set<String> orphans = database.secret(secret.name()).orphans();
        if (there.isEmpty()) {
            return;
        }
        // A key of ACSPrevious that was there before may stay where nothing was changed: it is no unknown one.
        for (String stage : List.of(SimulatedDatabase.CURRENT, SimulatedDatabase.PREVIOUS)) {
            Version labelled = database.secret(secret.name()).at(stage);
            if (labelled != null) {
                there.remove(secret.nameThere(labelled.value()));
            }
        }
        there.removeAll(strangers);
        // Keys have no name at an instance: there, their number must do.
        if (secret.type().equals("ecs") ? there.size() > orphans.size() : !orphans.containsAll(there)) {
            breaks("No credential is left over that is not listed as an orphan", secret.name(), " ", there.size());
        }
    }

    Flight sent(String worker, Effect effect, Map<Credential, SecretText> credentials) {
        Flight flight = intents.remove(effect);
        String name = effect.getClass().getSimpleName();
        if (flight == null) {
            breaks("An effect is committed before it is performed", name);
            return new Flight(new UUID(0, 0), "", 0, 0, Duration.ZERO);
        }
        trace.add(time.nanos(), "sent", worker, flight.rotation, flight.phase, name);
        flight.sent = time.nanos();
        flight.over = flight.sent + effect.timeout().toNanos();
        if (flight.over > flight.leaseEnds) {
            breaks("An effect begins only if its lease outlives it", flight.rotation, " ", name);
        }
        List<Flight> others = flights.computeIfAbsent(flight.rotation, id -> new ArrayList<>());
        others.removeIf(other -> other.over <= time.nanos());
        for (Flight other : others) {
            // Where the database's clock was set forward since one of them was committed, its lease was shorter.
            if (database.clocks.jumpedForward().equals(other.jumpedForward)
                    && database.clocks.jumpedForward().equals(flight.jumpedForward)) {
                breaks("Effects of one rotation never overlap", flight.rotation, " ", other.phase, " ", flight.phase);
            }
        }
        others.add(flight);
        isCommitted(flight, effect, credentials);
        isGranted(effect);
        return flight;
    }

    private void isGranted(Effect effect) {
        String over = calls.add(effect.calls());
        if (over != null) {
            breaks("In any second a product is called no more often than its budget grants", over);
        }
    }

    private void isCommitted(Flight flight, Effect effect, Map<Credential, SecretText> credentials) {
        RotationRow row = database.rotation(flight.rotation);
        if (row.fence != flight.fence) {
            return;
        }
        if (!row.phase.equals(flight.phase)) {
            breaks("The committed phase names the effect that is under way", row.id(), " ", row.phase);
        }
        SecretText candidate = credentials.get(Credential.CANDIDATE);
        Version committed = row.version(Credential.CANDIDATE);
        if (candidate != null && (committed == null || !committed.value().equals(candidate))) {
            breaks("A candidate is committed before the target hears of it", row.id(), " ", flight.phase);
        }
        if (effect instanceof RamEffect.CreateKey && !row.phase.equals("CREATE")) {
            breaks("The intent to create a key is committed before it is created", row.id());
        }
    }

    void arrived(Flight flight, Effect effect) {
        trace.add(time.nanos(), "arrived", flight.rotation, effect.getClass().getSimpleName());
    }

    void answered(Flight flight, Outcome outcome) {
        flight.over = Math.min(flight.over, time.nanos());
        trace.add(time.nanos(), "answered", flight.rotation, outcome.getClass().getSimpleName(), outcome.what());
    }

    /** What must hold at every moment. */
    void look() {
        for (SimulatedSecret secret : secrets.values()) {
            long active = database.rotations()
                    .filter(row -> row.isActive() && row.secret.name.equals(secret.name()))
                    .count();
            if (active > 1) {
                breaks("A secret has one active rotation at most", secret.name());
            }
            Version current = database.secret(secret.name()).at(SimulatedDatabase.CURRENT);
            if (current == null || current.pending()) {
                breaks("ACSCurrent names a version that is shown", secret.name());
            } else if (secret.holdsTwo() && !secret.lets(current)) {
                breaks("What ACSCurrent names is let in at every moment", secret.name(), " ", current.id());
            }
        }
    }

    /** What must hold once nothing goes wrong any more and everybody had time. */
    void lookAtTheEnd() {
        database.rotations()
                .filter(RotationRow::isActive)
                .forEach(row ->
                        breaks("Every rotation ends", row.id(), " ", row.phase, " ", row.state, " ", row.finding));
        secrets.values().forEach(this::agrees);
    }
}
