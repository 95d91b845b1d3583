package io.gyre.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of the moments at which rotations begin, whatever the policy. */
class TimetableTest {
    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Timetable TIMETABLE = new Timetable(new Spread(LONGEST));

    /** Every day from two o'clock on, by the clocks of a place where they are changed twice a year. */
    private static RotationWindow nightly(Duration length) {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        return from -> {
            ZonedDateTime opens =
                    from.minus(length).atZone(zone).toLocalDate().atTime(2, 0).atZone(zone);
            while (!opens.toInstant().plus(length).isAfter(from)) {
                opens = opens.toLocalDate().plusDays(1).atTime(2, 0).atZone(zone);
            }
            return Optional.of(new Opening(opens.toInstant(), opens.toInstant().plus(length)));
        };
    }

    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<RotationWindow> windows = Arbitraries.of(
                RotationWindow.ALWAYS,
                nightly(Duration.ofMinutes(10)),
                nightly(Duration.ofHours(2)),
                nightly(Duration.ofHours(30)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.longs()
                                .between(
                                        Duration.ofHours(6).toSeconds(),
                                        Duration.ofDays(365).toSeconds()),
                        Arbitraries.longs().between(0, Duration.ofDays(800).toMillis()),
                        Arbitraries.longs().between(1, Duration.ofDays(400).toMillis()),
                        windows)
                .as((secret, interval, date, ahead, window) -> new Policy(
                        "acs:kms:cn-hangzhou:1:secret/" + secret,
                        Duration.ofSeconds(interval),
                        ORIGIN.plusMillis(date),
                        ORIGIN.plusMillis(date).minusMillis(ahead),
                        window));
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs().between(0, Duration.ofDays(900).toMillis()).map(ORIGIN::plusMillis);
    }

    @Property
    void aRotationBeginsNeitherBeforeItsDateNorOutsideItsWindowNorInThePast(
            @ForAll("policies") Policy policy, @ForAll("moments") Instant now) {
        Instant begins = TIMETABLE.begin(policy, now).orElseThrow();
        assertFalse(begins.isBefore(now));
        assertFalse(begins.isBefore(policy.date()));
        assertTrue(policy.window().next(begins).orElseThrow().contains(begins));
    }

    @Property
    void withoutAWindowNoneIsLaterThanTheSpread(@ForAll("policies") Policy given) {
        Policy policy =
                new Policy(given.secret(), given.interval(), given.date(), given.setAt(), RotationWindow.ALWAYS);
        Instant begins = TIMETABLE.begin(policy, policy.setAt()).orElseThrow();
        Duration late = Duration.between(policy.date(), begins);
        assertTrue(late.compareTo(TIMETABLE.spread().of(policy.interval())) <= 0, late.toString());
        assertTrue(late.compareTo(policy.interval().dividedBy(50)) <= 0, late.toString());
        assertTrue(late.compareTo(LONGEST) <= 0, late.toString());
    }

    @Property
    void whatIsDecidedIsDecidedAgainWhoeverLooksAndWhenever(
            @ForAll("policies") Policy policy, @ForAll("moments") Instant now) {
        Instant begins = TIMETABLE.begin(policy, now).orElseThrow();
        assertEquals(begins, TIMETABLE.begin(policy, begins).orElseThrow());
        Instant between = now.plus(Duration.between(now, begins).dividedBy(2));
        Instant again = TIMETABLE.begin(policy, between).orElseThrow();
        assertFalse(again.isAfter(begins), "a look in between only ever finds the window open earlier");
        assertTrue(policy.window().next(again).orElseThrow().contains(again));
    }

    @Property
    void theNextRotationsComeInOrderEachAnIntervalAfterTheOneBefore(
            @ForAll("policies") Policy policy, @ForAll("moments") Instant now) {
        List<Timetable.Coming> coming = TIMETABLE.coming(policy, now, 5);
        assertEquals(5, coming.size());
        assertEquals(policy.date(), coming.get(0).date());
        for (int i = 1; i < coming.size(); i++) {
            assertEquals(
                    coming.get(i - 1).begins().plus(policy.interval()),
                    coming.get(i).date());
            assertFalse(coming.get(i).begins().isBefore(coming.get(i).date()));
        }
    }

    @Property
    void whatIsMissedBeginsInItsOrderAndWithinTheLongest(
            @ForAll("moments") Instant one,
            @ForAll("moments") Instant another,
            @ForAll("moments") Instant third,
            @ForAll("moments") Instant fourth) {
        List<Instant> sorted = IntStream.range(0, 4)
                .mapToObj(i -> List.of(one, another, third, fourth).get(i))
                .sorted()
                .toList();
        CatchUp catchUp = new CatchUp(sorted.get(0), sorted.get(3), LONGEST);
        Instant earlier = catchUp.begin(sorted.get(1));
        Instant later = catchUp.begin(sorted.get(2));
        assertFalse(earlier.isBefore(catchUp.now()));
        assertFalse(later.isBefore(earlier));
        assertFalse(later.isAfter(catchUp.now().plus(LONGEST)));
        assertFalse(later.isAfter(catchUp.now().plus(Duration.between(catchUp.from(), catchUp.now()))));
        assertEquals(catchUp.now(), catchUp.begin(catchUp.from().minusSeconds(1)));
    }

    @Property
    void noneIsLaterThanItsDateAndSpreadAndOutageAndCatchUp(
            @ForAll("policies") Policy given, @ForAll("outages") Duration before, @ForAll("outages") Duration outage) {
        Policy policy =
                new Policy(given.secret(), given.interval(), given.date(), given.setAt(), RotationWindow.ALWAYS);
        Instant down = policy.date().minus(Duration.ofDays(1)).plus(before);
        CatchUp catchUp = new CatchUp(down, down.plus(outage), LONGEST);
        Instant planned = TIMETABLE.begin(policy, policy.date()).orElseThrow();
        Instant begins = planned.isBefore(down) || planned.isAfter(catchUp.now())
                ? planned
                : TIMETABLE.begin(policy, catchUp.begin(planned)).orElseThrow();
        Duration bound = TIMETABLE.spread().of(policy.interval()).plus(outage).plus(catchUp.length());
        assertFalse(begins.isAfter(policy.date().plus(bound)), begins + " is later than " + bound);
        assertFalse(begins.isBefore(policy.date()));
    }

    @Provide
    Arbitrary<Duration> outages() {
        return Arbitraries.longs().between(0, Duration.ofDays(3).toMillis()).map(Duration::ofMillis);
    }

    @Property
    void whatWaitsIsLookedAtWithinAnHourAndNotMoreThanOnceAMinute(
            @ForAll("moments") Instant now, @ForAll("speeds") double speed) {
        Duration waited = Duration.between(ORIGIN, now);
        double wallMillis = LookAgain.after(waited, speed).toMillis() / speed;
        assertTrue(wallMillis >= 59_999 && wallMillis <= 3_600_001, "after " + wallMillis + " ms");
        assertFalse(LookAgain.after(waited.plusHours(1), speed).compareTo(LookAgain.after(waited, speed)) < 0);
    }

    @Provide
    Arbitrary<Double> speeds() {
        return Arbitraries.of(1.0, 60.0, 7200.0);
    }

    @Example
    void aDateThatWasPastWhenItWasSetIsNotSpread() {
        Policy policy = new Policy("a", Duration.ofDays(7), ORIGIN, ORIGIN.plusSeconds(1), RotationWindow.ALWAYS);
        assertTrue(policy.isAtOnce());
        assertEquals(
                ORIGIN.plusSeconds(2),
                TIMETABLE.begin(policy, ORIGIN.plusSeconds(2)).orElseThrow());
    }

    @Example
    void manySecretsOfOneDateFillTheSpreadEvenly() {
        int[] perMinute = new int[60];
        for (int i = 0; i < 60_000; i++) {
            Policy policy = new Policy(
                    "acs:kms:cn-hangzhou:1:secret/" + i,
                    Duration.ofDays(30),
                    ORIGIN,
                    ORIGIN.minusSeconds(1),
                    RotationWindow.ALWAYS);
            Instant begins = TIMETABLE.begin(policy, ORIGIN).orElseThrow();
            perMinute[(int) Duration.between(ORIGIN, begins).toMinutes()]++;
        }
        for (int minute = 15; minute < 45; minute++) {
            assertTrue(perMinute[minute] > 1_000 && perMinute[minute] < 1_700, minute + ": " + perMinute[minute]);
        }
        assertTrue(IntStream.of(perMinute).max().orElseThrow() < 1_700);
    }

    @Example
    void theSameSecretIsNotLateByTheSameEachTime() {
        Policy policy = new Policy("a", Duration.ofDays(30), ORIGIN, ORIGIN.minusSeconds(1), RotationWindow.ALWAYS);
        List<Duration> delays = TIMETABLE.coming(policy, ORIGIN, 5).stream()
                .map(each -> Duration.between(each.date(), each.begins()))
                .distinct()
                .toList();
        assertEquals(5, delays.size());
        Duration range = delays.stream()
                .max(Duration::compareTo)
                .orElseThrow()
                .minus(delays.stream().min(Duration::compareTo).orElseThrow());
        assertTrue(range.compareTo(Duration.ofMinutes(15)) <= 0, "its phase stays: " + range);
    }

    @Example
    void aWindowThatNeverOpensAgainGivesNoMoment() {
        Policy policy = new Policy("a", Duration.ofDays(7), ORIGIN, ORIGIN, from -> Optional.empty());
        assertEquals(Optional.empty(), TIMETABLE.begin(policy, ORIGIN));
        assertEquals(List.of(), TIMETABLE.coming(policy, ORIGIN, 5));
    }
}
