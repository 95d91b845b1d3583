package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.SecretStage;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stage labels as requests give them. The sources name no limits: these are Gyre's. */
final class StageLabels {
    /** How many labels a secret has at most, its own two among them. */
    static final int LIMIT = 20;

    private static final String PARAMETER = "VersionStage";
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_/+=.@-]{1,64}");

    private StageLabels() {}

    /** @throws RpcFault InvalidParameter */
    static @Nullable String optional(@Nullable String given) {
        return given == null || given.isEmpty() ? null : valid(PARAMETER, given);
    }

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static String required(RpcRequest request) {
        return valid(PARAMETER, request.required(PARAMETER));
    }

    /**
     * The labels of a new version; ACSCurrent where none are given. ACSPrevious is not for callers to give: it follows
     * ACSCurrent.
     *
     * @throws RpcFault InvalidParameter
     */
    static Set<String> ofNewVersion(RpcRequest request) {
        String given = request.text("VersionStages");
        if (given == null || given.isEmpty()) {
            return Set.of(SecretStage.CURRENT);
        }
        Set<String> labels = new TreeSet<>();
        for (JsonNode label : WireJson.array("VersionStages", given)) {
            labels.add(valid("VersionStages", label.isTextual() ? label.textValue() : ""));
        }
        if (labels.isEmpty() || labels.size() > LIMIT || labels.contains(SecretStage.PREVIOUS)) {
            throw KmsFaults.invalid(
                    "VersionStages", "it must list 1 to " + LIMIT + " labels, and ACSPrevious is none of them.");
        }
        return labels;
    }

    private static String valid(String parameter, String label) {
        if (!LABEL.matcher(label).matches()) {
            throw KmsFaults.invalid(parameter, "a label has 1 to 64 letters, digits and _ / + = . @ -.");
        }
        return label;
    }
}
