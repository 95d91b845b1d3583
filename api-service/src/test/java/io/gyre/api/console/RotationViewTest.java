package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.console.RotationView.Fact;
import io.gyre.api.console.RotationView.Order;
import io.gyre.api.console.RotationView.Said;
import io.gyre.api.operations.RotationDetail;
import io.gyre.api.operations.RotationDetail.AsOf;
import io.gyre.api.operations.RotationDetail.Credentials;
import io.gyre.api.operations.RotationDetail.Entry;
import io.gyre.api.operations.RotationDetail.Version;
import io.gyre.api.operations.RotationSummary;
import io.gyre.api.operations.RotationSummary.Lateness;
import io.gyre.api.operations.RotationSummary.Moment;
import io.gyre.api.operations.RotationSummary.PendingOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotationViewTest {
    private static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");
    private static final UUID ID = new UUID(1, 2);

    /** Ten minutes after its request. */
    private static RotationView view(
            String type,
            String state,
            @Nullable String finding,
            @Nullable Lateness lateness,
            @Nullable PendingOrder order) {
        Instant now = BEGIN.plusSeconds(600);
        boolean ended = state.equals("Succeeded") || state.equals("Failed");
        RotationSummary summary = new RotationSummary(
                ID,
                "db/orders",
                "Rds",
                type,
                "DoubleUsers",
                "automatic",
                state,
                "PROVE",
                "Looking.",
                lateness,
                order,
                new Moment(BEGIN.plusSeconds(4200), "calendar"),
                BEGIN,
                BEGIN,
                ended ? BEGIN.plusSeconds(95) : null,
                ended ? BEGIN.plusSeconds(95) : null);
        return new RotationView(new RotationDetail(
                summary,
                finding,
                0,
                Map.of(),
                null,
                new Moment(BEGIN.plusSeconds(840), "calendar"),
                null,
                new Credentials(new Version("v2", null), new Version("v1", "orders_a"), null),
                List.of(
                        new Entry(1, "REQUESTED", "Running", "Requested.", null, BEGIN, BEGIN),
                        new Entry(2, "PROVE", state, "Looking.", "worker-1", BEGIN.plusSeconds(588), BEGIN)),
                List.of(),
                "4bf92f3577b34da6a3ce929d0e0e4736",
                new AsOf(now, now)));
    }

    private static List<String> texts(RotationView view) {
        return view.card().stream()
                .map(said -> said.name() + " " + said.text()
                        + said.at()
                                .map(at -> " " + said.before() + " " + at.text())
                                .orElse(""))
                .toList();
    }

    @Test
    void aLateRotationSaysWhatIsSeenWhatItMeansAndWhatToDoEachWithItsTime() {
        RotationView view = view(
                "rds",
                "Running",
                null,
                new Lateness(BEGIN.plusSeconds(120), "A is gone. It cannot be reset. Make A again."),
                null);
        assertEquals("Late by 8 min 0 s", view.trouble());
        assertEquals(
                List.of(
                        "Seen A is gone. told 12 s ago",
                        "Means It cannot be reset. first so 8 min 0 s ago",
                        "Do Make A again. looked at again in 4 min 0 s"),
                texts(view));
        assertEquals(new RotationState("late", "late, rotating for 10 min 0 s"), view.state());
    }

    @Test
    void oneThatWaitsSaysWhatIsAskedOfAPerson() {
        RotationView view = view("rds", "Waiting", "A is locked. Unlock it.", null, null);
        assertEquals("Waiting for a person", view.trouble());
        assertEquals(
                List.of("Seen A is locked. told 12 s ago", "Do Unlock it. looked at again in 4 min 0 s"), texts(view));
    }

    @Test
    void oneThatGoesWellHasNoCard() {
        RotationView view = view("rds", "Running", null, null, null);
        assertEquals("", view.trouble());
        assertEquals(List.<Said>of(), view.card());
        assertEquals("RDS · automatic", view.kind());
        assertEquals("in 1 h 0 min", view.goesOn().orElseThrow().text());
        assertTrue(
                view.facts().contains(new Fact("Trace", "4bf92f3577b34da6a3ce929d0e0e4736")),
                view.facts().toString());
    }

    @Test
    void whatCanBeOrderedHasAButton() {
        assertEquals(
                List.of("Retry now", "Roll back", "Give up"),
                view("rds", "Running", null, null, null).orders().stream()
                        .map(Order::words)
                        .toList());
        assertEquals(
                new Order("Extend overlap", "/console/rotations/" + ID + "/extend"),
                view("ram", "Running", null, null, null).orders().get(1));
    }

    @Test
    void nothingIsOrderedOfWhatHasEndedOrOfWhatWaitsForAWorker() {
        assertTrue(view("rds", "Succeeded", null, null, null).orders().isEmpty());
        assertTrue(view("rds", "Running", null, null, new PendingOrder("retry", null, "LTAI"))
                .orders()
                .isEmpty());
    }

    @Test
    void theLatestEntryStandsFirst() {
        assertEquals(
                "Looking.",
                view("rds", "Running", null, null, null).timeline().get(0).note());
    }

    @Test
    void howLongItTookIsSaidOnceItHasEnded() {
        assertEquals(
                new RotationState("works", "succeeded after 1 min 35 s"),
                view("rds", "Succeeded", null, null, null).state());
        assertEquals(
                new RotationState("failed", "failed after 1 min 35 s"),
                view("rds", "Failed", null, null, null).state());
    }
}
