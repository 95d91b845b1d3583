package io.gyre.api.secrets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules of versions, labels, deletion and rotation as the documentation tells them, kept in maps. */
final class SecretModel implements Step.EitherSecret {
    static final String FIRST_VERSION = "v1";
    static final String FIRST_VALUE = "first value";

    private static final int VERSIONS = 10;
    private static final String CURRENT = "ACSCurrent";
    private static final String PREVIOUS = "ACSPrevious";

    private static final String NOT_FOUND = "404 Forbidden.ResourceNotFound";
    private static final String EXISTS = "409 Rejected.ResourceExist";
    private static final String IN_WINDOW = "409 Rejected.ResourceInDeleteWindow";
    private static final String IN_USE = "409 Rejected.ResourceInUse";
    private static final String UNSUPPORTED = "400 UnsupportedOperation";

    private final boolean managed;

    /** Values by version, the oldest first. */
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Versions by label. */
    private final Map<String, String> labels = new TreeMap<>();

    private boolean planned;
    private boolean hasDropped;
    private @Nullable String candidate;

    SecretModel(boolean managed) {
        this.managed = managed;
    }

    boolean exists() {
        return !values.isEmpty();
    }

    boolean isPlannedForDeletion() {
        return planned;
    }

    /** Whether it has had more versions than a secret keeps. */
    boolean hasDropped() {
        return hasDropped;
    }

    /** The newest first, each with its labels. */
    List<String> versions() {
        List<String> versions = new ArrayList<>();
        values.keySet().forEach(version -> versions.add(version + " " + labelsOf(version)));
        Collections.reverse(versions);
        return versions;
    }

    String currentValue() {
        return String.valueOf(values.get(labels.get(CURRENT)));
    }

    @Override
    public String create() {
        if (exists()) {
            return planned ? IN_WINDOW : EXISTS;
        }
        values.put(FIRST_VERSION, FIRST_VALUE);
        labels.put(CURRENT, FIRST_VERSION);
        return DONE;
    }

    @Override
    public String giveUp() {
        candidate = null;
        return DONE;
    }

    @Override
    public String put(Step.Put put) {
        if (values.isEmpty()) {
            return NOT_FOUND;
        }
        if (managed) {
            return UNSUPPORTED;
        }
        if (planned) {
            return IN_WINDOW;
        }
        String former = values.get(put.version());
        if (former != null) {
            return former.equals(put.data()) ? DONE : EXISTS;
        }
        List<String> stages = put.stages() == null ? List.of(CURRENT) : put.stages();
        values.put(put.version(), put.data());
        if (stages.contains(CURRENT)) {
            labels.put(PREVIOUS, String.valueOf(labels.get(CURRENT)));
        }
        stages.forEach(stage -> labels.put(stage, put.version()));
        if (values.size() > VERSIONS) {
            hasDropped = true;
            values.remove(values.keySet().stream()
                    .filter(version -> labelsOf(version).isEmpty())
                    .findFirst()
                    .orElseThrow());
        }
        return DONE;
    }

    private static boolean isIncomplete(Step.Move move) {
        boolean builtIn = move.stage().equals(CURRENT) || move.stage().equals(PREVIOUS);
        return move.to() == null && (move.from() == null || builtIn);
    }

    @Override
    public String move(Step.Move move) {
        if (isIncomplete(move)) {
            return "400 MissingParameter";
        }
        if (values.isEmpty()) {
            return NOT_FOUND;
        }
        if (planned) {
            return IN_WINDOW;
        }
        if (candidate != null) {
            return IN_USE;
        }
        if (managed) {
            return UNSUPPORTED;
        }
        if (move.to() != null && !values.containsKey(move.to())) {
            return NOT_FOUND;
        }
        String holder = labels.get(move.stage());
        if (move.from() != null && !move.from().equals(holder)) {
            return "400 Rejected.InvalidRequest";
        }
        if (move.to() == null) {
            labels.remove(move.stage());
            return DONE;
        }
        if (move.stage().equals(PREVIOUS) && move.to().equals(labels.get(CURRENT))) {
            return "400 Rejected.UnsupportedOperation";
        }
        if (move.stage().equals(CURRENT) && !move.to().equals(holder)) {
            labels.put(PREVIOUS, String.valueOf(holder));
        }
        labels.put(move.stage(), move.to());
        return DONE;
    }

    @Override
    public String delete(Step.Delete delete) {
        if (values.isEmpty()) {
            return NOT_FOUND;
        }
        if (planned) {
            return IN_WINDOW;
        }
        if (candidate != null) {
            return IN_USE;
        }
        if (delete.force()) {
            values.clear();
            labels.clear();
        } else {
            planned = true;
        }
        return DONE;
    }

    @Override
    public String restore() {
        if (values.isEmpty()) {
            return NOT_FOUND;
        }
        if (!planned) {
            return IN_USE;
        }
        planned = false;
        return DONE;
    }

    /** The version is a token: where the secret has it, or is being rotated towards it, there is nothing to do. */
    @Override
    public String rotate(Step.Rotate rotate) {
        if (values.isEmpty()) {
            return NOT_FOUND;
        }
        if (!managed) {
            return UNSUPPORTED;
        }
        if (values.containsKey(rotate.version())) {
            return DONE;
        }
        if (planned) {
            return IN_WINDOW;
        }
        if (candidate != null) {
            return candidate.equals(rotate.version()) ? DONE : IN_USE;
        }
        candidate = rotate.version();
        return DONE;
    }

    private List<String> labelsOf(String version) {
        return labels.entrySet().stream()
                .filter(label -> label.getValue().equals(version))
                .map(Map.Entry::getKey)
                .toList();
    }
}
