package io.gyre.api.console;

import io.gyre.api.operations.Orphan;
import io.gyre.api.operations.RotationDetail;
import io.gyre.api.operations.RotationDetail.Entry;
import io.gyre.api.operations.RotationDetail.Version;
import io.gyre.api.operations.RotationSummary;
import io.gyre.api.operations.RotationSummary.Lateness;
import io.gyre.api.operations.RotationSummary.Moment;
import io.gyre.api.workers.Verb;
import io.gyre.rotation.Finding;
import io.gyre.rotation.picture.Course;
import io.gyre.rotation.picture.RotationPicture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rotation as its page shows it. */
record RotationView(RotationDetail detail) {
    /**
     * A line of the card.
     *
     * @param at when, in the words before it; empty where nobody knows
     */
    record Said(String name, String text, String before, Optional<RelativeTime> at) {}

    /** What can be ordered: the page that asks once more before it is. */
    record Order(String words, String address) {}

    /** A fact beside the picture. */
    record Fact(String name, String text) {}

    /** One entry of the timeline. */
    record Told(RelativeTime at, String note, String phase, String worker) {}

    private RotationSummary rotation() {
        return detail.rotation();
    }

    public String id() {
        return rotation().rotationId().toString();
    }

    public String secret() {
        return rotation().secretName();
    }

    public String secretAddress() {
        return OneSecretPage.address(secret());
    }

    public RotationState state() {
        return RotationState.of(rotation(), now());
    }

    /** For example {@code RAM · automatic}. */
    public String kind() {
        return rotation().rotationType().toUpperCase(Locale.ROOT) + " · "
                + rotation().trigger();
    }

    /** When it goes on by itself, where that is on the calendar. */
    public Optional<RelativeTime> goesOn() {
        return Optional.ofNullable(calendar(rotation().nextWake())).map(at -> new RelativeTime(at, now()));
    }

    public RelativeTime asOf() {
        return new RelativeTime(now(), now());
    }

    private Instant now() {
        return detail.asOf().calendar();
    }

    private boolean ended() {
        return rotation().endedAt() != null;
    }

    public RotationDrawing drawing() {
        return RotationDrawing.whole(RotationPicture.of(new Course(
                rotation().secretSubType(),
                name(detail.credentials().former()),
                name(detail.credentials().candidate()),
                rotation().requestedAt(),
                Objects.requireNonNullElse(rotation().endedAt(), now()),
                ended(),
                calendar(rotation().nextWake()),
                passed(detail.timeline()))));
    }

    static List<Course.Passed> passed(List<Entry> timeline) {
        return timeline.stream()
                .map(entry -> new Course.Passed(entry.phase(), entry.note(), entry.at()))
                .toList();
    }

    static @Nullable Instant calendar(@Nullable Moment moment) {
        return moment != null && moment.clock().equals("calendar") ? moment.at() : null;
    }

    /** Its heading; empty where it is neither late nor waits. */
    public String trouble() {
        if (waits()) {
            return "Waiting for a person";
        }
        return late().map(late -> "Late by " + new RelativeTime(late.since(), now()).span())
                .orElse("");
    }

    /** What is seen, what it means, what to do: when it was seen, since when that is so, and when Gyre looks again by itself. */
    public List<Said> card() {
        if (trouble().isEmpty()) {
            return List.of();
        }
        Finding finding = Finding.ofRotation(
                waits(),
                Objects.requireNonNullElse(detail.finding(), ""),
                late().map(late -> Objects.requireNonNullElse(late.finding(), ""))
                        .orElse(""));
        Instant told = detail.timeline().isEmpty()
                ? rotation().requestedAt()
                : detail.timeline().get(detail.timeline().size() - 1).at();
        Instant since = late().map(Lateness::since).orElse(told);
        List<Said> lines = new ArrayList<>();
        say(lines, "Seen", finding.seen(), "told", Optional.of(new RelativeTime(told, now())));
        say(lines, "Means", finding.means(), "first so", Optional.of(new RelativeTime(since, now())));
        say(lines, "Do", finding.remedy(), "looked at again", nextLook());
        return lines;
    }

    private Optional<RelativeTime> nextLook() {
        Moment next = ended() ? null : detail.lateAt();
        return Optional.ofNullable(next)
                .map(look -> new RelativeTime(
                        look.at(),
                        look.clock().equals("calendar") ? now() : detail.asOf().wall()))
                .filter(look -> !look.isPast());
    }

    private static void say(List<Said> lines, String name, String text, String before, Optional<RelativeTime> at) {
        if (!text.isEmpty()) {
            lines.add(new Said(name, text, before, at));
        }
    }

    private boolean waits() {
        return rotation().state().equals("Waiting");
    }

    private Optional<Lateness> late() {
        return ended() ? Optional.empty() : Optional.ofNullable(rotation().lateness());
    }

    /** None once it has ended, and none while one waits for a worker. */
    public List<Order> orders() {
        if (ended() || rotation().pendingOrder() != null) {
            return List.of();
        }
        List<Order> orders = new ArrayList<>();
        for (OrderWords words : OrderWords.values()) {
            if (words.verb() != Verb.EXTEND || rotation().rotationType().equals("ram")) {
                orders.add(new Order(words.button(), OrderPage.address(id(), words.verb())));
            }
        }
        return orders;
    }

    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        fact(facts, "Becomes current", named(detail.credentials().candidate()));
        fact(facts, "Was current", named(detail.credentials().former()));
        fact(facts, "Was previous", named(detail.credentials().idle()));
        detail.target().forEach((name, value) -> fact(facts, name, value));
        fact(facts, "At it now", detail.lease() == null ? "" : detail.lease().worker());
        var order = rotation().pendingOrder();
        fact(
                facts,
                "Ordered",
                order == null ? "" : order.verb() + " by " + order.by() + "; no worker has taken it yet");
        detail.orphans().stream()
                .filter(orphan -> orphan.removedAt() == null)
                .forEach(orphan -> fact(facts, "Left behind", left(orphan)));
        String trace = detail.traceId();
        fact(facts, "Trace", trace == null ? "" : trace);
        return facts;
    }

    private static String left(Orphan orphan) {
        return orphan.credentialName() + ": ./gyre orphans remove " + orphan.orphanId();
    }

    private static void fact(List<Fact> facts, String name, String text) {
        if (!text.isEmpty()) {
            facts.add(new Fact(name, text));
        }
    }

    /** What the credential is called at its target, or else the version that it will be. */
    static String name(Version version) {
        return Objects.requireNonNullElse(version.name(), "version " + version.versionId());
    }

    static String named(@Nullable Version version) {
        if (version == null) {
            return "";
        }
        return version.name() == null
                ? "version " + version.versionId()
                : version.name() + ", version " + version.versionId();
    }

    /** The latest first, as somebody wants to know what is new. */
    public List<Told> timeline() {
        List<Told> told = new ArrayList<>();
        for (Entry entry : detail.timeline()) {
            told.add(
                    0,
                    new Told(
                            new RelativeTime(entry.at(), now()),
                            entry.note(),
                            entry.phase(),
                            Objects.requireNonNullElse(entry.worker(), "")));
        }
        return told;
    }
}
