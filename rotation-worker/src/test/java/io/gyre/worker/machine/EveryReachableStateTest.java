package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.Walk.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EveryReachableStateTest {
    private static final Logger LOG = Logger.getLogger(EveryReachableStateTest.class);

    private static final Map<String, String> USER = Map.of("UserName", "payments");
    private static final Map<String, String> DB = Map.of("DBInstanceId", "rm-1");
    private static final Map<String, String> ECS = Map.of("RegionId", "cn-hangzhou", "InstanceId", "i-1");

    private static void holds(String promise, Set<Place> places, Predicate<Place> holds) {
        for (Place place : places) {
            assertTrue(holds.test(place), () -> "Not so that " + promise + ": " + place);
        }
    }

    private static Set<Place> walked(String what, Set<Place> places) {
        LOG.infof("%s: %d reachable states.", what, places.size());
        for (RotationState end : List.of(RotationState.SUCCEEDED, RotationState.FAILED)) {
            assertTrue(
                    places.stream().anyMatch(place -> place.state() == end),
                    "a walk that never arrives at " + end + " proves nothing");
        }
        assertTrue(places.stream().anyMatch(Place::isGivenUp), "a walk without giving up proves nothing of it");
        holds(
                "a rotation that succeeded leaves the target tidy and nothing listed",
                places,
                place -> place.state() != RotationState.SUCCEEDED
                        || (place.target().isTidy(place.current())
                                && place.orphans().isEmpty()));
        holds(
                "a rotation that failed and was not given up is back where it began",
                places,
                place -> !place.isRolledBack()
                        || (place.current().equals(place.rotation().former())
                                && place.target().lets(place.current())
                                && place.orphans().isEmpty()));
        holds(
                "whoever gets in at the end of a rotation has a credential that Gyre knows",
                places,
                place -> !place.state().hasEnded()
                        || !place.target().lets(candidate(place))
                        || place.stored()
                        || whatTheTargetMadeUnheard(place));
        holds(
                "a person is asked with a finding that stays until they have acted",
                places,
                place -> place.state() != RotationState.WAITING
                        || place.rotation().memory().containsKey(Memory.ASKED));
        return places;
    }

    private static String candidate(Place place) {
        return place.target().candidate(place.rotation());
    }

    /** Given up between CreateAccessKey and the listing that would have told of the key: nobody can know of it. */
    private static boolean whatTheTargetMadeUnheard(Place place) {
        return place.isGivenUp()
                && place.rotation().candidate() == null
                && Set.of("CREATE", "RECONCILE", "UNDO_INSPECT", "DISABLE_ORPHAN", "DELETE_ORPHAN")
                        .contains(place.rotation().phase());
    }

    private static void whatIsCurrentAlwaysWorks(Set<Place> places) {
        holds("what is current works", places, place -> place.target().lets(place.current()));
    }

    @Test
    void whatIsCurrentAlwaysWorksAtRam() {
        whatIsCurrentAlwaysWorks(walked(
                "RAM, one key",
                new Walk(new RamRotation())
                        .from("RamUserAccessKey", USER, "LTAIold", null, new RamModel(Map.of("LTAIold", true)))));
    }

    @Test
    void whatIsCurrentAlwaysWorksAtRamWhereTheUserHasTwoKnownKeys() {
        whatIsCurrentAlwaysWorks(walked(
                "RAM, two known keys",
                new Walk(new RamRotation())
                        .from(
                                "RamUserAccessKey",
                                USER,
                                "LTAIold",
                                "LTAIolder",
                                new RamModel(Map.of("LTAIold", true, "LTAIolder", true)))));
    }

    @Test
    void aKeyThatGyreDoesNotKnowIsNeverTouched() {
        Set<Place> places = new Walk(new RamRotation())
                .from(
                        "RamUserAccessKey",
                        USER,
                        "LTAIold",
                        null,
                        new RamModel(Map.of("LTAIold", true, "LTAIforeign", true)));
        LOG.infof("RAM, a foreign key: %d reachable states.", places.size());
        holds(
                "both keys work",
                places,
                place -> place.target().lets("LTAIold") && place.target().lets("LTAIforeign"));
        holds("nothing is changed", places, place -> place.state() != RotationState.SUCCEEDED);
    }

    @Test
    void whatIsCurrentAlwaysWorksForAPairOfRdsAccounts() {
        whatIsCurrentAlwaysWorks(walked(
                "RDS, two accounts",
                new Walk(new RdsRotation())
                        .from("DoubleUsers", DB, "app_a", "app_b", new RdsModel(Set.of("app_a", "app_b"), ""))));
    }

    @Test
    void theOnlyRdsAccountWorksAtTheEnd() {
        walked(
                "RDS, one account",
                new Walk(new RdsRotation()).from("SingleUser", DB, "app", null, new RdsModel(Set.of("app"), "")));
    }

    @Test
    void whatIsCurrentAlwaysWorksForAnSshKey() {
        whatIsCurrentAlwaysWorks(walked(
                "ECS, SSH key",
                new Walk(new EcsRotation()).from("SSHKey", ECS, EcsModel.OLD, null, EcsModel.quiet(EcsModel.OLD))));
    }

    @Test
    void theOnlyEcsPasswordWorksAtTheEnd() {
        walked(
                "ECS, password",
                new Walk(new EcsRotation()).from("Password", ECS, EcsModel.OLD, null, EcsModel.quiet(EcsModel.OLD)));
    }

    /** The target refuses what is current: nothing can hold that needs it to work before another one is current. */
    private static Set<Place> repaired(
            String what, Machine machine, String subType, Map<String, String> target, Broken broken) {
        Set<Place> places = new Walk(machine, Trigger.REPAIR)
                .from(subType, target, broken.former(), broken.idle(), broken.target());
        LOG.infof("%s, repaired: %d reachable states.", what, places.size());
        assertTrue(
                places.stream().anyMatch(place -> place.state() == RotationState.SUCCEEDED),
                "a repair that never arrives mends nothing");
        holds(
                "a repair that succeeded mended the secret and left the target tidy",
                places,
                place -> place.state() != RotationState.SUCCEEDED
                        || (place.target().lets(place.current())
                                && place.target().isTidy(place.current())
                                && place.orphans().isEmpty()));
        holds(
                "whoever gets in at the end of a repair has a credential that Gyre knows",
                places,
                place -> !place.state().hasEnded()
                        || !place.target().lets(candidate(place))
                        || place.stored()
                        || whatTheTargetMadeUnheard(place));
        return places;
    }

    /** Where the target holds two credentials. */
    private static void whatARepairMadeCurrentAlwaysWorks(Set<Place> places) {
        holds(
                "what a repair made current works",
                places,
                place -> place.current().equals(place.rotation().former())
                        || place.target().lets(place.current()));
    }

    private record Broken(String former, @Nullable String idle, TargetModel target) {}

    @Test
    void aRepairGoesAroundAnAccessKeyThatWasDisabledOrDeleted() {
        for (Map<String, Boolean> keys : List.of(Map.of("LTAIold", false), Map.<String, Boolean>of())) {
            whatARepairMadeCurrentAlwaysWorks(repaired(
                    "RAM, keys " + keys,
                    new RamRotation(),
                    "RamUserAccessKey",
                    USER,
                    new Broken("LTAIold", null, new RamModel(keys))));
        }
    }

    @Test
    void aRepairMovesOnToTheOtherOfTwoRdsAccounts() {
        whatARepairMadeCurrentAlwaysWorks(repaired(
                "RDS, two accounts",
                new RdsRotation(),
                "DoubleUsers",
                DB,
                new Broken("app_a", "app_b", new RdsModel(Set.of("app_b"), ""))));
    }

    @Test
    void aRepairGoesAroundThePasswordOfTheOnlyRdsAccount() {
        repaired(
                "RDS, one account",
                new RdsRotation(),
                "SingleUser",
                DB,
                new Broken("app", null, new RdsModel(Set.of(), "")));
    }

    @Test
    void aRepairGoesAroundALoginThatWasChangedOnTheInstance() {
        Broken broken = new Broken(EcsModel.OLD, null, EcsModel.quiet());
        whatARepairMadeCurrentAlwaysWorks(repaired("ECS, SSH key", new EcsRotation(), "SSHKey", ECS, broken));
        repaired("ECS, password", new EcsRotation(), "Password", ECS, broken);
    }
}
