package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Walk.Place;
import io.gyre.worker.machine.WebUserRotation.WebUserEffect;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The machine of the worked example, first by hand, then in every state that it can reach. */
class WebUserRotationTest {
    private static final URI SERVER = URI.create("http://127.0.0.1:8080/");
    private static final Map<String, String> PLACE = Map.of(WebUserRotation.SERVER, SERVER.toString());

    private final Play play = new Play(new WebUserRotation(), "DoubleUsers", PLACE, "reports_a", "reports_b");

    @Test
    void theIdleUserGetsAPasswordIsProvenAndOnlyThenCurrent() {
        play.woken();
        assertEquals(
                new WebUserEffect.SetPassword(SERVER, Credential.CANDIDATE),
                play.done().effect());
        play.done();
        assertEquals(0, play.promotions());
        assertTrue(play.done().does(VersionMove.PROMOTE));
        assertEquals(RotationState.SUCCEEDED, play.done().state());
        assertEquals(List.of("REACH", "SET", "PROVE", "PROVE_REFUSED", "SUCCEEDED"), play.phases());
    }

    @Test
    void beforeThePromotionTheOldPasswordIsSetAgain() {
        play.woken();
        play.done();
        play.done();
        assertEquals(
                new WebUserEffect.SetPassword(SERVER, Credential.IDLE),
                play.ordered(new Order.RollBack()).effect());
        play.done();
        play.done();
        Decision end = play.done();
        assertEquals(RotationState.FAILED, end.state());
        assertEquals(Set.of(VersionMove.DROP_CANDIDATE), end.moves());
    }

    @Test
    void afterThePromotionTheTwoChangePlacesAgain() {
        play.woken();
        play.done();
        play.done();
        play.done();
        assertEquals(
                new WebUserEffect.ProveUser(SERVER, Credential.FORMER),
                play.ordered(new Order.RollBack()).effect());
        assertEquals(Set.of(VersionMove.DEMOTE), play.done().moves());
    }

    /** With a crash, a repetition, a refusal and a lost answer at every effect, and any order at any moment. */
    @Test
    void whatIsCurrentWorksInEveryStateThatItCanReach() {
        Set<Place> places = new Walk(new WebUserRotation())
                .from(
                        "DoubleUsers",
                        PLACE,
                        "reports_a",
                        "reports_b",
                        new WebUserModel(Set.of("reports_a", "reports_b")));
        for (RotationState end : List.of(RotationState.SUCCEEDED, RotationState.FAILED)) {
            assertTrue(
                    places.stream().anyMatch(place -> place.state() == end),
                    "a walk without " + end + " proves nothing");
        }
        holds("what is current works", places, place -> place.target().lets(place.current()));
        holds(
                "a rotation that failed and was not given up is back where it began",
                places,
                place -> !place.isRolledBack() || place.current().equals("reports_a"));
        holds(
                "who gets in at the end has a credential that Gyre knows",
                places,
                place -> !place.state().hasEnded()
                        || !place.target().lets(place.target().candidate(place.rotation()))
                        || place.stored());
    }

    private static void holds(String promise, Set<Place> places, Predicate<Place> holds) {
        places.forEach(place -> assertTrue(holds.test(place), () -> "Not so that " + promise + ": " + place));
    }
}
