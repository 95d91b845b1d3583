package io.gyre.simulator.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcHangUp;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * What happens to one call.
 *
 * @param afterWork whether the action is performed first, so that its effect stays though the answer suffers
 * @param delay for {@link Kind#DELAY}
 * @param error for {@link Kind#ERROR}
 */
public record Fault(Kind kind, boolean afterWork, Duration delay, RpcFault error) {
    /** The four ways to suffer, with their names on the wire. */
    public enum Kind {
        /** The answer comes late. */
        DELAY("Delay"),
        /** An error is answered instead. */
        ERROR("Error"),
        /** The connection is closed without an answer. */
        DROP("Drop"),
        /** No answer ever comes, and the connection stays. */
        HANG("Hang");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    /** The work with this fault before or after it. */
    public Uni<ObjectNode> around(Uni<ObjectNode> work) {
        if (afterWork) {
            return work.chain(
                    answer -> strike().chain(through -> Uni.createFrom().item(answer)));
        }
        return strike().chain(through -> work);
    }

    private Uni<Boolean> strike() {
        Uni<Boolean> through = Uni.createFrom().item(true);
        return switch (kind) {
            case DELAY -> through.onItem().delayIt().by(delay);
            case ERROR -> Uni.createFrom().failure(error);
            case DROP -> Uni.createFrom().failure(new RpcHangUp());
            case HANG -> Uni.createFrom().nothing();
        };
    }
}
