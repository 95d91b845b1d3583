package io.gyre.api.console;

import io.gyre.rpc.RpcFault;
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
 * @param aliases names of keys, as a help to type one
 * @param authorization of a RAM secret, the link by which the account lets Gyre replace AccessKeys; empty where it did, or where the
 *     visitor may not see whether
 */
record NewSecretForm(
        NewSecretDraft draft,
        String sealed,
        Optional<RpcFault> fault,
        Seen<List<InstanceLine>> instances,
        List<String> aliases,
        String authorization) {
    /** In a refusal: the parameter, and a field within it, as the API words both. */
    private static final Pattern PARAMETER = Pattern.compile("parameter \"?(\\w+)");

    private static final Pattern WITHIN = Pattern.compile("its (?:field |CustomData\\.)(\\w+)");

    /** Refusals that name no parameter, by their codes. */
    private static final Set<String> OF_THE_NAME = Set.of("Rejected.ResourceExist", "Rejected.ResourceInDeleteWindow");

    private static final Set<String> OF_THE_INSTANCE = Set.of("Forbidden.DKMSInstanceNotFound", "Rejected.Unavailable");

    private static final Set<String> OF_THE_KEY = Set.of("Forbidden.KeyNotFound", "Forbidden.AliasNotFound");

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

    /** An instance that can be chosen. */
    record Choice(String id, String label, boolean chosen) {}

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

    public String intervalRefusal() {
        return refusalAt(NewSecretDraft.INTERVAL);
    }

    /** Whether there is a list to choose from. */
    public boolean listed() {
        return instances.found().isPresent();
    }

    /** Those that can hold a secret now. */
    public List<Choice> choices() {
        return instances.found().orElse(List.of()).stream()
                .filter(line -> line.status().equals("running"))
                .map(line -> new Choice(line.id(), line.label(), line.id().equals(draft.text(NewSecretDraft.INSTANCE))))
                .toList();
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
