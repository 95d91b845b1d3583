package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.SecretStage;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one UpdateSecretVersionStage asks for: to move a stage label to a version wherever it is, to take it away from a
 * version, or to move it from one to another.
 *
 * @param from the version that must have the label; null for any
 * @param to the version that gets it; null for none
 */
record StageMove(
        String stage, @Nullable String from, @Nullable String to) {
    private static final String FROM = "RemoveFromVersion";
    private static final String TO = "MoveToVersion";

    /** What a secret always has once it has had it. */
    private static final Set<String> BUILT_IN = Set.of(SecretStage.CURRENT, SecretStage.PREVIOUS);

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static StageMove of(RpcRequest request) {
        StageMove move = new StageMove(
                StageLabels.required(request),
                VersionIds.optional(FROM, request.text(FROM)),
                VersionIds.optional(TO, request.text(TO)));
        if (move.to == null && (move.from == null || BUILT_IN.contains(move.stage))) {
            throw KmsFaults.missing(TO);
        }
        return move;
    }

    /**
     * The labels after it. Where ACSCurrent moves, ACSPrevious follows to the version that was ACSCurrent.
     *
     * @param stages each label with its version
     * @throws RpcFault Rejected.InvalidRequest where the label is not where it is to be taken from,
     *     Rejected.UnsupportedOperation where one version would be ACSCurrent and ACSPrevious, Rejected.LimitExceeded
     */
    SortedMap<String, String> applied(SortedMap<String, String> stages) {
        String holder = stages.get(stage);
        if (from != null && !from.equals(holder)) {
            throw KmsFaults.stageElsewhere();
        }
        SortedMap<String, String> moved = new TreeMap<>(stages);
        if (to == null) {
            moved.remove(stage);
            return moved;
        }
        if (stage.equals(SecretStage.PREVIOUS) && to.equals(stages.get(SecretStage.CURRENT))) {
            throw KmsFaults.stagesCollide();
        }
        if (stage.equals(SecretStage.CURRENT) && holder != null && !to.equals(holder)) {
            moved.put(SecretStage.PREVIOUS, holder);
        }
        moved.put(stage, to);
        if (moved.size() > StageLabels.LIMIT) {
            throw KmsFaults.secretLimitExceeded();
        }
        return moved;
    }
}
