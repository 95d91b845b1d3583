package io.gyre.api.operations;

import io.gyre.rpc.RpcFault;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;

/** Of bodies as large as backups, one at a time is in memory, whoever sends it, to the operations API or to the console. */
@Singleton
public class RestoreTurn {
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * To be called before the body is read; whoever got the turn ends it with {@link #over}.
     *
     * @throws RpcFault BackupsBusy where another one has it
     */
    public void take() {
        if (!taken.compareAndSet(false, true)) {
            throw OperationFaults.backupsBusy();
        }
    }

    public void over() {
        taken.set(false);
    }
}
