package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Walk.Place;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
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
        assertTrue(
                places.stream().anyMatch(place -> place.state() == RotationState.SUCCEEDED),
                "a walk that never arrives proves nothing");
        holds(
                "a rotation that succeeded leaves the target tidy",
                places,
                place -> place.state() != RotationState.SUCCEEDED
                        || place.target().isTidy(place.current()));
        holds(
                "a rotation that failed has changed nothing",
                places,
                place -> place.state() != RotationState.FAILED
                        || place.target().lets(place.rotation().former()));
        return places;
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
                new Walk(new EcsRotation())
                        .from("SSHKey", ECS, EcsModel.OLD, null, new EcsModel(Set.of(EcsModel.OLD), ""))));
    }

    @Test
    void theOnlyEcsPasswordWorksAtTheEnd() {
        walked(
                "ECS, password",
                new Walk(new EcsRotation())
                        .from("Password", ECS, EcsModel.OLD, null, new EcsModel(Set.of(EcsModel.OLD), "")));
    }
}
