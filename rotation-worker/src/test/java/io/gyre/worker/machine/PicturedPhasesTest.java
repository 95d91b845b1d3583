package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.rotation.picture.Course;
import io.gyre.rotation.picture.Course.Passed;
import io.gyre.rotation.picture.RotationPicture;
import io.gyre.rotation.picture.RotationPicture.Station;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pictures of rotations know phases by name: they are those of the machines, in their order. */
class PicturedPhasesTest {
    private static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");

    private static Machine machine(String kind) {
        return switch (kind) {
            case "RamUserAccessKey" -> new RamRotation();
            case "DoubleUsers", "SingleUser" -> new RdsRotation();
            default -> new EcsRotation();
        };
    }

    /** Through the phases of a machine as they are listed, up to one of them. */
    private static List<String> words(String kind, String last) {
        List<Passed> passed = new ArrayList<>();
        for (Enum<?> phase : machine(kind).table().phases().getEnumConstants()) {
            passed.add(new Passed(phase.name(), "", BEGIN.plusSeconds(passed.size())));
            if (phase.name().equals(last)) {
                break;
            }
        }
        RotationPicture picture = RotationPicture.of(new Course(
                kind, "former", "candidate", BEGIN, BEGIN.plusSeconds(100), true, null, List.copyOf(passed)));
        List<String> words = new ArrayList<>();
        words.addAll(picture.candidate().stations().stream().map(Station::word).toList());
        words.addAll(picture.former().stations().stream().map(Station::word).toList());
        return words;
    }

    @ParameterizedTest
    @CsvSource({
        "RamUserAccessKey, SUCCEEDED, 'created, current, disabled, deleted'",
        "RamUserAccessKey, ROLLED_BACK, 'created, current, rolling back, disabled, disabled, deleted, enabled, current, alone'",
        "DoubleUsers, SUCCEEDED, 'set, current'",
        "DoubleUsers, ROLLED_BACK, 'set, current, rolling back, current'",
        "SingleUser, SUCCEEDED, 'being set, current, proven'",
        "SSHKey, SUCCEEDED, 'added, current, removed'",
        "Password, SUCCEEDED, 'being set, current, proven'",
        "Password, ROLLED_BACK, 'being set, current, proven, rolling back, current'"
    })
    void eachKindHasItsStations(String kind, String last, String words) {
        assertEquals(words, String.join(", ", words(kind, last)));
    }
}
