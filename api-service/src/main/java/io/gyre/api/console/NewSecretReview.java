package io.gyre.api.console;

import io.gyre.api.operations.SecretScheduleView;
import io.gyre.api.workers.OfferCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would be created, and what its target says of it, before it is.
 *
 * @param sealed the draft as the form carries it
 * @param checks what a worker saw; none where nothing was tried
 * @param refusal why it cannot be created as things stand; empty where it can
 * @param authorization the link by which the account lets Gyre replace AccessKeys; empty where that is not what is missing
 * @param schedule when it would be rotated; empty where no policy rotates it
 * @param now on the calendar
 */
record NewSecretReview(
        NewSecretDraft draft,
        String sealed,
        List<OfferCheck> checks,
        String refusal,
        String authorization,
        Optional<SecretScheduleView> schedule,
        Instant now) {
    /** What was looked at, and what a person reads of it. */
    record Line(OfferCheck check) {
        public String what() {
            return check.what();
        }

        /** As the style sheet names them. */
        public String shape() {
            return switch (check.state()) {
                case "works" -> "works";
                case "noted", "open" -> "late";
                default -> "failed";
            };
        }

        /** The same in a word, since a colour is not enough. */
        public String word() {
            return switch (check.state()) {
                case "works" -> "works";
                case "noted" -> "works, with a remark";
                case "open" -> "not found out";
                default -> "refused";
            };
        }

        public String seen() {
            return check.seen();
        }

        public String means() {
            return check.means();
        }

        public String remedy() {
            return check.remedy();
        }
    }

    public NewSecretKind kind() {
        return draft.kind();
    }

    public String name() {
        return draft.name();
    }

    public List<Line> lines() {
        return checks.stream().map(Line::new).toList();
    }

    /** Whether the button that creates it is there. */
    public boolean ready() {
        return draft.verified() && refusal.isEmpty();
    }

    public boolean unauthorized() {
        return !authorization.isEmpty();
    }

    /** Everything that was typed and is not secret, in the form's order. */
    public List<SecretSeen.Fact> facts() {
        List<SecretSeen.Fact> facts = new ArrayList<>();
        facts.add(new SecretSeen.Fact("Name", draft.name()));
        for (NewSecretField field : kind().fields()) {
            if (!field.secret() && !field.name().equals("name") && draft.has(field.name())) {
                facts.add(new SecretSeen.Fact(field.label(), draft.text(field.name())));
            }
        }
        facts.add(new SecretSeen.Fact(
                "KMS instance",
                draft.has(NewSecretDraft.INSTANCE) ? draft.text(NewSecretDraft.INSTANCE) : "none: KMS 1.0"));
        facts.add(new SecretSeen.Fact(
                "Key", draft.has(NewSecretDraft.KEY) ? draft.text(NewSecretDraft.KEY) : "the service's own"));
        List<String> tags = draft.tags().stream()
                .filter(tag -> !tag.isEmpty())
                .map(tag -> tag.key() + " = " + tag.value())
                .toList();
        if (!tags.isEmpty()) {
            facts.add(new SecretSeen.Fact("Tags", String.join(", ", tags)));
        }
        facts.add(new SecretSeen.Fact(
                "Rotation",
                draft.rotated() ? "every " + draft.text(NewSecretDraft.INTERVAL) : "only when it is ordered"));
        return facts;
    }

    public List<RelativeTime> dates() {
        return schedule.map(view -> view.coming().stream()
                        .map(each -> new RelativeTime(each.begins(), now))
                        .toList())
                .orElse(List.of());
    }
}
