package io.gyre.api.operations;

import io.gyre.api.access.Installation;
import io.gyre.api.schedule.CronWindow;
import io.gyre.api.schedule.InvalidWindow;
import io.gyre.api.schedule.ScheduleSettings;
import io.gyre.api.schedule.ScheduleStore;
import io.gyre.api.schedule.SecretSchedule;
import io.gyre.api.schedule.SecretSchedule.Window;
import io.gyre.api.secrets.SecretNames;
import io.gyre.api.secrets.Spans;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.schedule.Spread;
import io.gyre.schedule.Timetable;
import io.gyre.secret.SecretArn;
import io.gyre.secret.SecretType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The operations GetSecretSchedule and PreviewSecretSchedule, for the operations API and for the console: the same dates, and the
 * same refusals.
 */
@ApplicationScoped
public class ViewedSchedules {
    private final ScheduleStore store;
    private final Installation installation;
    private final Timetable timetable;

    ViewedSchedules(ScheduleStore store, Installation installation, ScheduleSettings settings) {
        this.store = store;
        this.installation = installation;
        this.timetable = new Timetable(new Spread(settings.spread()));
    }

    /**
     * When rotations may begin, as it was given.
     *
     * @param seconds how long it stays open
     */
    public record WantedWindow(
            @Nullable String cron,
            @Nullable String zone,
            @Nullable Long seconds) {
        /** @throws RpcFault InvalidParameter or MissingParameter */
        Window checked(Instant now) {
            if (cron == null || zone == null || seconds == null) {
                throw OperationFaults.missing(
                        cron == null ? "cron" : zone == null ? "zone" : "seconds",
                        "a window has all three: cron, zone and seconds.");
            }
            try {
                CronWindow.of(cron, zone, seconds, now);
            } catch (InvalidWindow e) {
                throw OperationFaults.invalid(e.part(), e.given(), e.rule());
            }
            return new Window(cron, zone, seconds);
        }
    }

    /** @return fails with an {@link RpcFault}: Forbidden.ResourceNotFound, or UnsupportedOperation for Generic */
    public Uni<SecretScheduleView> now(Mutiny.StatelessSession session, String account, String name) {
        return managed(session, account, name).map(schedule -> SecretScheduleView.of(schedule, timetable));
    }

    /**
     * As it would be with another policy, or another window. What is not given is as it is now.
     *
     * @param interval as UpdateSecretRotationPolicy takes it
     * @return fails with an {@link RpcFault} where that cannot be, or as {@link #now}
     */
    public Uni<SecretScheduleView> preview(
            Mutiny.StatelessSession session,
            String account,
            String name,
            @Nullable String interval,
            @Nullable WantedWindow window) {
        Duration wanted = interval == null || interval.isEmpty()
                ? null
                : Spans.interval(interval)
                        .orElseThrow(() -> OperationFaults.invalid(
                                "interval", interval, "it must be from 6h to 365d, for example 7d."));
        return managed(session, account, name).map(now -> {
            Duration chosen = wanted == null ? now.interval() : wanted;
            if (chosen == null) {
                throw OperationFaults.missingQuery(
                        "interval", "the secret has no policy, so name the interval of the one to preview.");
            }
            return SecretScheduleView.wouldBe(
                    now, chosen, window == null ? now.window() : window.checked(now.now()), timetable);
        });
    }

    /**
     * As it would be for a secret that is created now.
     *
     * @param interval one that CreateSecret takes
     */
    public SecretScheduleView ofNew(SecretArn arn, SecretType type, Duration interval, Instant now) {
        return SecretScheduleView.wouldBe(SecretSchedule.ofNew(arn, type, now), interval, null, timetable);
    }

    /** @return fails with an {@link RpcFault}: Forbidden.ResourceNotFound, or UnsupportedOperation for Generic */
    Uni<SecretSchedule> managed(Mutiny.StatelessSession session, String account, String name) {
        return store.find(session, account, name)
                .onItem()
                .ifNull()
                .failWith(KmsFaults::secretNotFound)
                .invoke(schedule -> {
                    if (!schedule.type().isManaged()) {
                        throw KmsFaults.unsupported();
                    }
                });
    }

    /**
     * A secret's name, by itself or by its ARN.
     *
     * @throws RpcFault where it is neither
     */
    public String name(@Nullable String given, String account) {
        if (given == null || given.isEmpty()) {
            throw OperationFaults.missingQuery("secretName", "name the secret whose schedule is meant.");
        }
        return SecretNames.named("secretName", given, account, installation);
    }
}
