package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.operations.SecretScheduleView;
import io.gyre.api.operations.SecretScheduleView.ComingView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A secret as its page shows it.
 *
 * @param secret as DescribeSecret answers
 * @param versions as ListSecretVersionIds answers
 * @param preview of the policy that somebody thinks about; nothing where nobody does
 * @param rotations the latest request first
 * @param now on the calendar
 */
record SecretSeen(
        JsonNode secret,
        Seen<JsonNode> versions,
        Seen<SecretScheduleView> schedule,
        Seen<SecretScheduleView> preview,
        Seen<List<RotationLine>> rotations,
        OneSecretPage.Outcome outcome,
        Instant now) {
    /** The stages that have a place of their own in the tree; a version that has none is at rest. */
    private static final List<String> KNOWN = List.of("ACSCurrent", "ACSPrevious");

    private static final String NO_POLICY = "No policy rotates it";

    private static final String AT_REST = "without a stage";

    /** A stage with the versions that have it, the latest first. */
    record Branch(String stage, List<Leaf> versions) {}

    /** One version. */
    record Leaf(String id, RelativeTime made) {}

    /** A fact beside the tree. */
    record Fact(String name, String text) {}

    /** A date that comes. */
    record Coming(RelativeTime date, RelativeTime begins) {}

    /** Where what somebody thinks about cannot be, that is the page's status. */
    int status() {
        return preview.refusal().isEmpty() ? 200 : 400;
    }

    public String name() {
        return secret.path("SecretName").asText();
    }

    public boolean managed() {
        return !secret.path("SecretType").asText().equals("Generic");
    }

    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        fact(facts, "Type", secret.path("SecretType").asText());
        fact(facts, "ARN", secret.path("Arn").asText());
        fact(facts, "Description", secret.path("Description").asText());
        fact(facts, "KMS instance", secret.path("DKMSInstanceId").asText());
        fact(facts, "Key", secret.path("EncryptionKeyId").asText());
        fact(facts, "Tags", tags());
        fact(facts, "Target", secret.path("ExtendedConfig").asText());
        fact(facts, "Deleted for good", secret.path("PlannedDeleteTime").asText());
        return facts;
    }

    private String tags() {
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : secret.path("Tags").path("Tag")) {
            tags.add(tag.path("TagKey").asText() + " = " + tag.path("TagValue").asText());
        }
        return String.join(", ", tags);
    }

    private static void fact(List<Fact> facts, String name, String text) {
        if (!text.isEmpty()) {
            facts.add(new Fact(name, text));
        }
    }

    /** ACSCurrent and ACSPrevious first, then other stages by name, then what is at rest. */
    public List<Branch> tree() {
        List<String> stages = new ArrayList<>(KNOWN);
        for (JsonNode version : allVersions()) {
            stages(version).stream()
                    .sorted()
                    .filter(stage -> !stages.contains(stage))
                    .forEach(stages::add);
        }
        List<Branch> tree = new ArrayList<>();
        for (String stage : stages) {
            add(
                    tree,
                    stage,
                    allVersions().stream()
                            .filter(each -> stages(each).contains(stage))
                            .toList());
        }
        add(
                tree,
                AT_REST,
                allVersions().stream().filter(each -> stages(each).isEmpty()).toList());
        return tree;
    }

    private void add(List<Branch> tree, String stage, List<JsonNode> versions) {
        if (!versions.isEmpty()) {
            tree.add(new Branch(stage, versions.stream().map(this::leaf).toList()));
        }
    }

    private Leaf leaf(JsonNode version) {
        return new Leaf(
                version.path("VersionId").asText(),
                new RelativeTime(Instant.parse(version.path("CreateTime").asText()), now));
    }

    private List<JsonNode> allVersions() {
        List<JsonNode> all = new ArrayList<>();
        versions.found()
                .ifPresent(found -> found.path("VersionIds").path("VersionId").forEach(all::add));
        return all;
    }

    private static List<String> stages(JsonNode version) {
        List<String> stages = new ArrayList<>();
        version.path("VersionStages").path("VersionStage").forEach(stage -> stages.add(stage.asText()));
        return stages;
    }

    /** What its policy is, in words. */
    public String policy() {
        return schedule.found()
                .map(found -> found.intervalSeconds() == null
                        ? NO_POLICY + "."
                        : "Every " + span(found.intervalSeconds()) + ".")
                .orElse("");
    }

    /** Whether there is one that can be taken away. */
    public boolean policied() {
        return schedule.found()
                .filter(found -> found.intervalSeconds() != null
                        && !found.rotationStatus().equals("Disabled"))
                .isPresent();
    }

    public List<RotationLine> lines() {
        return rotations.found().orElse(List.of());
    }

    /** Its page without what was asked for. */
    public String address() {
        return OneSecretPage.address(name());
    }

    /** As UpdateSecretRotationPolicy takes it; empty where there is no policy. */
    public String interval() {
        Long seconds = preview.found()
                .or(schedule::found)
                .map(SecretScheduleView::intervalSeconds)
                .orElse(null);
        return seconds == null ? "" : span(seconds).replace(" ", "");
    }

    public List<Coming> coming() {
        return schedule.found().map(this::coming).orElse(List.of());
    }

    public List<Coming> previewed() {
        return preview.found().map(this::coming).orElse(List.of());
    }

    private List<Coming> coming(SecretScheduleView view) {
        return view.coming().stream().map(this::coming).toList();
    }

    private Coming coming(ComingView each) {
        return new Coming(new RelativeTime(each.date(), now), new RelativeTime(each.begins(), now));
    }

    /** Without the one of {@link #policy}: the page has a field for what that says to do. */
    public List<String> notes() {
        return schedule.found().map(SecretScheduleView::notes).orElse(List.of()).stream()
                .filter(note -> !note.startsWith(NO_POLICY))
                .toList();
    }

    public List<String> previewNotes() {
        return preview.found().map(SecretScheduleView::notes).orElse(List.of());
    }

    public boolean previewing() {
        return preview.found().isPresent();
    }

    public String previewSpan() {
        return preview.found()
                .map(SecretScheduleView::intervalSeconds)
                .map(SecretSeen::span)
                .orElse("");
    }

    private static String span(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        if (span.toSeconds() % Duration.ofDays(1).toSeconds() == 0) {
            return span.toDays() + " d";
        }
        return span.toSeconds() % Duration.ofHours(1).toSeconds() == 0 ? span.toHours() + " h" : seconds + " s";
    }

    /** The value that was asked for; empty where none was. Here, and nowhere else, it is text. */
    public String value() {
        return outcome.value().map(value -> value.reveal()).orElse("");
    }

    public boolean valued() {
        return outcome.value().isPresent();
    }

    public boolean tried() {
        return outcome.trial().isPresent();
    }

    public boolean passed() {
        return outcome.trial().filter(trial -> trial.passed()).isPresent();
    }

    public List<String> report() {
        return outcome.trial().map(trial -> trial.report()).orElse(List.of());
    }

    public String finding() {
        return outcome.trial()
                .map(trial -> Objects.requireNonNullElse(trial.finding(), ""))
                .orElse("");
    }
}
