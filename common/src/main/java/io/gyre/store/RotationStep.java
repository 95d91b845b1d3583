package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One entry of a rotation's timeline. It never changes. */
@Entity
@Table(name = "rotation_step")
@IdClass(RotationStep.Key.class)
public class RotationStep {
    /** Steps are counted within their rotation. */
    public record Key(UUID rotationId, int step) {}

    @Id
    @Column(name = "rotation_id")
    private UUID rotationId;

    @Id
    @Column(name = "step")
    private int step;

    @Column(name = "phase")
    private String phase;

    @Column(name = "state")
    private String state;

    @Column(name = "note")
    private String note;

    @Column(name = "worker")
    private @Nullable String worker;

    @Column(name = "at")
    private Instant at;

    @Column(name = "at_wall")
    private Instant atWall;

    @Column(name = "event_id")
    private UUID eventId;

    protected RotationStep() {}

    /**
     * An entry for what the API did: it names no worker.
     *
     * @param at the calendar's time
     * @param atWall the wall clock's time
     * @param eventId of the event that tells of it
     */
    public RotationStep(
            UUID rotationId,
            int step,
            String phase,
            String state,
            String note,
            Instant at,
            Instant atWall,
            UUID eventId) {
        this.rotationId = rotationId;
        this.step = step;
        this.phase = phase;
        this.state = state;
        this.note = note;
        this.at = at;
        this.atWall = atWall;
        this.eventId = eventId;
    }

    public UUID rotationId() {
        return rotationId;
    }

    public int step() {
        return step;
    }

    public String phase() {
        return phase;
    }

    public String state() {
        return state;
    }

    public String note() {
        return note;
    }

    public @Nullable String worker() {
        return worker;
    }

    public Instant at() {
        return at;
    }

    public Instant atWall() {
        return atWall;
    }

    public UUID eventId() {
        return eventId;
    }
}
