package io.gyre.worker.target;

import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFailure;
import io.gyre.rpc.RpcFault;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.Set;
import java.util.TreeMap;

/** Tries an AccessKey with GetCallerIdentity of STS, which every valid key may call and which changes nothing. */
final class KeyTrial {
    private static final String VERSION = "2015-04-01";
    private static final String ACTION = "GetCallerIdentity";

    /** What says that the key itself is refused. */
    private static final Set<String> REFUSALS = Set.of("InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive");

    private static final String WRONG_SECRET = "SignatureDoesNotMatch";

    private final RpcClient rpc;
    private final URI endpoint;

    KeyTrial(RpcClient rpc, URI endpoint) {
        this.rpc = rpc;
        this.endpoint = endpoint;
    }

    Uni<Trial> of(StoredValue key) {
        String id = key.name("AccessKeyId");
        RpcCall call = new RpcCall(
                endpoint,
                VERSION,
                ACTION,
                new TreeMap<>(),
                new RpcCredentials(id, key.secret("AccessKeySecret")),
                CloudApi.CHANGE_TIMEOUT);
        return rpc.call(call)
                .map(answer -> (Trial) new Trial.LetIn("A call signed with AccessKey " + id + " is still answered."))
                .onFailure(RpcFailure.class)
                .recoverWithItem(failure -> failed(id, failure));
    }

    /** A stored secret that is not the cloud's is no reason not to replace the key: it counts as refused here. */
    Uni<Outcome> reach(StoredValue key) {
        return of(key).map(tried -> tried instanceof Trial.Undecided undecided
                        && undecided.outcome() instanceof Refused refused
                        && refused.code().equals(WRONG_SECRET)
                ? new Trial.TurnedAway(refused.what()).asReach(RamRotation.CALL)
                : tried.asReach(RamRotation.CALL));
    }

    private static Trial failed(String id, RpcFailure failure) {
        if (failure instanceof RpcFault fault && REFUSALS.contains(fault.code())) {
            return new Trial.TurnedAway("A call signed with AccessKey " + id + " is refused: " + fault.code() + ".");
        }
        if (failure instanceof RpcFault fault && fault.code().equals(WRONG_SECRET)) {
            // The cloud knows the key, so this proves neither that it works nor that it is gone.
            return new Trial.Undecided(new Refused(
                    Remedy.ASK_PERSON,
                    WRONG_SECRET,
                    "The stored secret of AccessKey " + id + " is not the one that the cloud has: rotate again after"
                            + " having deleted this AccessKey at RAM."));
        }
        return new Trial.Undecided(Refusals.of(failure, new Asked("STS", ACTION, "AccessKey " + id, false)));
    }
}
