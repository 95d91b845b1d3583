package io.gyre.api.console;

import io.gyre.api.tags.Tags;
import io.gyre.rpc.RpcFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a secret that is to be created, with what was typed so far.
 *
 * @param sealed the draft as the form carries it; empty while nothing was typed
 * @param fault why it was not created or tried; empty where nothing was refused
 * @param instances the KMS instances that can be chosen; nothing where the visitor may not list them
 * @param keys those that can be chosen, of the instance that is; nothing where they cannot be listed
 * @param authorization of a RAM secret, the link by which the account lets Gyre replace AccessKeys; empty where it did, or where the
 *     visitor may not see whether
 * @param focus the id of the field that goes on being typed; empty for none
 */
record NewSecretForm(
        NewSecretDraft draft,
        String sealed,
        Optional<RpcFault> fault,
        Seen<List<InstanceLine>> instances,
        Seen<List<NewSecretKeys.Key>> keys,
        String authorization,
        String focus) {
    /** In a refusal: the parameter, and a field within it, as the API words both. */
    private static final Pattern PARAMETER = Pattern.compile("parameter \"?(\\w+)");

    private static final Pattern WITHIN = Pattern.compile("its (?:field |CustomData\\.)(\\w+)");

    /** Refusals that name no parameter, by their codes. */
    private static final Set<String> OF_THE_NAME = Set.of("Rejected.ResourceExist", "Rejected.ResourceInDeleteWindow");

    private static final Set<String> OF_THE_INSTANCE = Set.of("Forbidden.DKMSInstanceNotFound", "Rejected.Unavailable");

    private static final Set<String> OF_THE_KEY = Set.of(
            "Forbidden.KeyNotFound",
            "Forbidden.AliasNotFound",
            "Rejected.Disabled",
            "Rejected.PendingDeletion",
            "Rejected.PendingImport",
            "UnsupportedOperation");

    /** A field as it is shown. */
    record Shown(NewSecretField field, String value, boolean kept, String refusal) {
        public String name() {
            return field.name();
        }

        public String label() {
            return field.label() + (field.required() ? "" : " (optional)");
        }

        public String hint() {
            return kept ? "Typed already, and kept sealed until you leave: leave it empty to use that." : field.hint();
        }

        public boolean large() {
            return field.large();
        }

        /** None where it is typed. */
        public List<Choice> options() {
            return field.options().stream()
                    .map(option -> new Choice(option, option, option.equals(value)))
                    .toList();
        }

        /** Of the input. */
        public String type() {
            return field.secret() ? "password" : "text";
        }

        /** Whether a browser is to ask for it; of what is kept, nothing more is needed. */
        public boolean required() {
            return field.required() && !kept;
        }

        /** The elements that say more of it, for whoever does not see them beside it. */
        public String describedBy() {
            String hinted = hint().isEmpty() ? "" : name() + "-hint";
            return refusal.isEmpty() ? hinted : (name() + "-refusal " + hinted).trim();
        }
    }

    /** What can be chosen. */
    record Choice(String id, String label, boolean chosen) {}

    /**
     * A row of the tags.
     *
     * @param number from 1
     * @param wrong whether it is one of those that the refusal is about
     */
    record ShownTag(int number, String key, String value, boolean wrong, boolean focused) {}

    public NewSecretKind kind() {
        return draft.kind();
    }

    public List<Shown> fields() {
        return kind().fields().stream().map(this::shown).toList();
    }

    private Shown shown(NewSecretField field) {
        boolean kept = field.secret() && draft.has(field.name());
        return new Shown(field, field.secret() ? "" : draft.text(field.name()), kept, refusalAt(field.name()));
    }

    private String refusalAt(String name) {
        return concerned().equals(name) ? fault.map(RpcFault::text).orElse("") : "";
    }

    /** The name of the field that the refusal is about; empty where it is about none. */
    private String concerned() {
        return fault.map(refused -> concerned(kind(), refused)).orElse("");
    }

    static String concerned(NewSecretKind kind, RpcFault fault) {
        if (OF_THE_NAME.contains(fault.code())) {
            return kind == NewSecretKind.RAM ? "user" : "name";
        }
        if (OF_THE_INSTANCE.contains(fault.code())) {
            return NewSecretDraft.INSTANCE;
        }
        if (OF_THE_KEY.contains(fault.code())) {
            return NewSecretDraft.KEY;
        }
        String parameter = found(PARAMETER, fault.text());
        String within = found(WITHIN, fault.text());
        return switch (parameter) {
            case "RotationInterval" -> NewSecretDraft.INTERVAL;
            case "EncryptionKeyId" -> NewSecretDraft.KEY;
            case "DKMSInstanceId" -> NewSecretDraft.INSTANCE;
            case "Tags" -> NewSecretDraft.TAGS;
            default ->
                kind.fields().stream()
                        .filter(field -> field.wireName().equals(within.isEmpty() ? parameter : within))
                        .map(NewSecretField::name)
                        .findFirst()
                        .orElse("");
        };
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** What was refused and is about no field. */
    public String refusal() {
        return concerned().isEmpty() ? fault.map(RpcFault::text).orElse("") : "";
    }

    public boolean refusedAtAField() {
        return !concerned().isEmpty();
    }

    public String instanceRefusal() {
        return refusalAt(NewSecretDraft.INSTANCE);
    }

    public String keyRefusal() {
        return refusalAt(NewSecretDraft.KEY);
    }

    public String tagsRefusal() {
        return refusalAt(NewSecretDraft.TAGS);
    }

    public List<ShownTag> tags() {
        Set<String> before = new HashSet<>();
        List<ShownTag> shown = new ArrayList<>();
        for (NewSecretDraft.Tag tag : draft.tags()) {
            int number = shown.size() + 1;
            boolean right =
                    tag.isEmpty() || (Tags.isKey(tag.key()) && Tags.isValue(tag.value()) && before.add(tag.key()));
            shown.add(new ShownTag(
                    number,
                    tag.key(),
                    tag.value(),
                    !right && !tagsRefusal().isEmpty(),
                    NewSecretDraft.tagKey(number).equals(focus)));
        }
        return shown;
    }

    /** Whether there can be one more. */
    public boolean moreTags() {
        return draft.tags().size() < Tags.LIMIT;
    }

    public int tagLimit() {
        return Tags.LIMIT;
    }

    public String intervalRefusal() {
        return refusalAt(NewSecretDraft.INTERVAL);
    }

    /** Whether there is a list to choose from. */
    public boolean listed() {
        return instances.found().isPresent();
    }

    /** Those that can hold a secret now, and the one that was chosen while it could. */
    public List<Choice> choices() {
        return instances.found().orElse(List.of()).stream()
                .filter(line -> runs(line) || line.id().equals(instance()))
                .map(line -> new Choice(
                        line.id(),
                        line.label() + (runs(line) ? "" : " (" + line.status() + ")"),
                        line.id().equals(instance())))
                .toList();
    }

    private static boolean runs(InstanceLine line) {
        return line.status().equals("running");
    }

    /** Whether there is a list of keys to choose from. */
    public boolean keysListed() {
        return keys.found().isPresent();
    }

    public List<Choice> keyChoices() {
        return keys.found().orElse(List.of()).stream()
                .map(each -> new Choice(each.id(), each.label(), each.isNamed(key())))
                .toList();
    }

    public boolean keyFocused() {
        return NewSecretDraft.KEY.equals(focus);
    }

    /** Where the keys lie that are listed. */
    public String place() {
        return choices().stream()
                .filter(Choice::chosen)
                .findFirst()
                .map(Choice::label)
                .orElse(instance().isEmpty() ? "KMS 1.0" : instance());
    }

    /** Whether it is about a RAM user, for whom the account has to consent. */
    public boolean ofRam() {
        return kind() == NewSecretKind.RAM;
    }

    public String instance() {
        return draft.text(NewSecretDraft.INSTANCE);
    }

    public String key() {
        return draft.text(NewSecretDraft.KEY);
    }

    public boolean rotated() {
        return draft.rotated();
    }

    public String interval() {
        return draft.text(NewSecretDraft.INTERVAL);
    }
}
