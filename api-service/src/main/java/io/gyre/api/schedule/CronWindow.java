package io.gyre.api.schedule;

import io.gyre.schedule.Opening;
import io.gyre.schedule.RotationWindow;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * A window that opens as a cron expression says, for a length of time. It opens on the clocks of a place, and stays open for as much time
 * as passes, also where these clocks are changed meanwhile.
 */
public final class CronWindow implements RotationWindow {
    private static final int LONGEST_TEXT = 128;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Of a window that was valid when it was set, and whose zone this JDK does not know. */
    private static final RotationWindow SHUT = from -> Optional.empty();

    private final CronExpression openings;
    private final Duration length;

    private CronWindow(CronExpression openings, Duration length) {
        this.openings = openings;
        this.length = length;
    }

    /**
     * @param cron six or seven fields in Quartz's syntax
     * @param zone of the IANA database
     * @throws InvalidWindow where one of them cannot be, or it does not open after the given moment
     */
    public static CronWindow of(String cron, String zone, long seconds, Instant now) {
        CronWindow window = new CronWindow(expression(cron, zone), length(seconds));
        if (window.next(now).isEmpty()) {
            throw new InvalidWindow("cron", cron, "no such moment comes any more, so the window would never open.");
        }
        return window;
    }

    /** {@link RotationWindow#ALWAYS} where there is none. */
    static RotationWindow stored(@Nullable String cron, @Nullable String zone, @Nullable Long seconds) {
        if (cron == null || zone == null || seconds == null) {
            return ALWAYS;
        }
        try {
            return new CronWindow(expression(cron, zone), length(seconds));
        } catch (InvalidWindow e) {
            return SHUT;
        }
    }

    /** Quartz counts in whole seconds, and gives the first one after that which it is asked for. */
    @Override
    public Optional<Opening> next(Instant from) {
        Date opens = openings.getNextValidTimeAfter(Date.from(from.minus(length)));
        return opens == null
                ? Optional.empty()
                : Optional.of(new Opening(opens.toInstant(), opens.toInstant().plus(length)));
    }

    private static CronExpression expression(String cron, String zone) {
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new InvalidWindow("zone", zone, "give a time zone of the IANA database, as Asia/Shanghai or UTC.");
        }
        if (cron.length() > LONGEST_TEXT) {
            throw new InvalidWindow("cron", cron, "it must have at most " + LONGEST_TEXT + " characters.");
        }
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return expression;
        } catch (ParseException | RuntimeException e) {
            throw new InvalidWindow(
                    "cron",
                    cron,
                    "give the six or seven fields of Quartz's syntax, as 0 0 2 * * ? for 02:00:00 of every day.");
        }
    }

    private static Duration length(long seconds) {
        if (seconds < SHORTEST.toSeconds() || seconds > LONGEST.toSeconds()) {
            throw new InvalidWindow(
                    "seconds",
                    Long.toString(seconds),
                    "give how long it stays open, from " + SHORTEST.toSeconds() + " (1 minute) to "
                            + LONGEST.toSeconds() + " (7 days).");
        }
        return Duration.ofSeconds(seconds);
    }
}
