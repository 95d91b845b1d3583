package io.gyre.api.operations;

import io.gyre.rpc.RpcFault;
import org.jspecify.annotations.Nullable;

/**
 * What counts as near: 24 hours of the calendar. A number of the overview and the list that it leads to ask by the same condition, so that
 * the list shows what was counted.
 */
final class WithinDay {
    /** Of a rotation {@code r}, however it ended; an index of those that failed bounds it. */
    static final String ENDED = "r.ended_at > calendar_now() - interval '24 hours'";

    /** Of a secret {@code s} whose policy begins a rotation by then, or should have. */
    static final String DUE = "s.secret_id IN (SELECT p.secret_id FROM rotation_plan p"
            + " WHERE p.begins_at <= calendar_now() + interval '24 hours')";

    /** The one span that can be asked for; what else there might be is another condition. */
    private static final String SPAN = "24h";

    private WithinDay() {}

    /**
     * Whether a parameter asks for it; null and the empty text do not.
     *
     * @throws RpcFault InvalidParameter
     */
    static boolean asked(String name, @Nullable String given) {
        if (given == null || given.isEmpty()) {
            return false;
        }
        if (!given.equals(SPAN)) {
            throw OperationFaults.invalid(name, given, "it must be " + SPAN + ".");
        }
        return true;
    }
}
