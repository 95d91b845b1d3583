package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.console.OneSecretPage.Outcome;
import io.gyre.api.console.SecretSeen.Branch;
import io.gyre.api.operations.SecretScheduleView;
import io.gyre.api.operations.SecretScheduleView.ComingView;
import io.gyre.secret.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretSeenTest {
    private static final Instant NOW = Instant.parse("2026-12-24T09:14:05Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    private static JsonNode version(String id, String stages) {
        return json("{'VersionId':'" + id + "','CreateTime':'2026-12-24T09:10:05Z','VersionStages':{'VersionStage':["
                + stages + "]}}");
    }

    private static SecretSeen seen(
            JsonNode versions, Seen<SecretScheduleView> schedule, Seen<SecretScheduleView> preview, Outcome outcome) {
        return new SecretSeen(
                json("{'SecretName':'db/orders','SecretType':'Rds','Arn':'acs:kms:x','Description':''}"),
                new Seen<>(Optional.of(versions), ""),
                schedule,
                preview,
                Seen.nothing(),
                outcome,
                NOW);
    }

    private static Seen<SecretScheduleView> schedule(String status, @Nullable Long seconds) {
        return new Seen<>(
                Optional.of(new SecretScheduleView(
                        "db/orders",
                        status,
                        seconds,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        List.of(new ComingView(NOW, NOW.plus(Duration.ofHours(31)))),
                        List.of("It is paused."),
                        NOW)),
                "");
    }

    @Test
    void theTreeBeginsWithWhatIsCurrentAndEndsWithWhatIsAtRest() {
        JsonNode versions = json("{'VersionIds':{'VersionId':[" + version("v4", "") + ',' + version("v3", "'canary'")
                + ',' + version("v2", "'ACSPrevious'") + ',' + version("v1", "'UStage','ACSCurrent'") + "]}}");
        List<Branch> tree =
                seen(versions, Seen.nothing(), Seen.nothing(), Outcome.NOTHING).tree();
        assertEquals(
                List.of("ACSCurrent v1", "ACSPrevious v2", "canary v3", "UStage v1", "without a stage v4"),
                tree.stream()
                        .map(branch ->
                                branch.stage() + " " + branch.versions().get(0).id())
                        .toList());
        assertEquals("4 min 0 s ago", tree.get(0).versions().get(0).made().text());
    }

    @ParameterizedTest
    @CsvSource({"604800, Every 7 d., 7d", "21600, Every 6 h., 6h", "90061, Every 90061 s., 90061s"})
    void anIntervalIsToldAndTakenInItsLargestWholeUnit(long seconds, String policy, String interval) {
        SecretSeen seen = seen(json("{}"), schedule("Enabled", seconds), Seen.nothing(), Outcome.NOTHING);
        assertEquals(policy, seen.policy());
        assertEquals(interval, seen.interval());
        assertTrue(seen.policied());
        assertEquals("in 31 h 0 min", seen.coming().get(0).begins().text());
        assertEquals(List.of("It is paused."), seen.notes());
    }

    @Test
    void withoutAPolicyThereIsNoneToTakeAway() {
        SecretSeen seen = seen(json("{}"), schedule("Disabled", null), Seen.nothing(), Outcome.NOTHING);
        assertEquals("No policy rotates it.", seen.policy());
        assertEquals("", seen.interval());
        assertFalse(seen.policied());
    }

    @Test
    void aPreviewStandsBesideWhatIs() {
        SecretSeen seen = seen(json("{}"), schedule("Enabled", 604800L), schedule("Enabled", 21600L), Outcome.NOTHING);
        assertTrue(seen.previewing());
        assertEquals("Every 7 d.", seen.policy());
        assertEquals("6 h", seen.previewSpan());
        assertEquals("6h", seen.interval());
        assertEquals(200, seen.status());
        assertEquals(
                400,
                seen(json("{}"), schedule("Enabled", 604800L), new Seen<>(Optional.empty(), "No."), Outcome.NOTHING)
                        .status());
    }

    @Test
    void tagsStandAmongTheFacts() {
        SecretSeen seen = new SecretSeen(
                json("{'Tags':{'Tag':[{'TagKey':'team','TagValue':'payments'},"
                        + "{'TagKey':'env','TagValue':'prod'}]}}"),
                Seen.nothing(),
                Seen.nothing(),
                Seen.nothing(),
                Seen.nothing(),
                Outcome.NOTHING,
                NOW);
        assertTrue(seen.facts().contains(new SecretSeen.Fact("Tags", "team = payments, env = prod")));
    }

    @Test
    void aValueIsTextInItsPlaceAloneAndFactsWithoutATextAreLeftOut() {
        SecretSeen seen = seen(json("{}"), Seen.nothing(), Seen.nothing(), Outcome.of(SecretText.of("correct horse")));
        assertEquals("correct horse", seen.value());
        assertFalse(seen.toString().contains("correct horse"), seen.toString());
        assertEquals(
                List.of("Type", "ARN"),
                seen.facts().stream().map(SecretSeen.Fact::name).toList());
    }
}
