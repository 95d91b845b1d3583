package io.gyre.simulator.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.store.Transaction;

/**
 * One action of a product.
 *
 * @param name as requests name it
 */
public record CloudAction(String name, Work work) {
    /** What it does, in one transaction on a worker thread; refusals are thrown. */
    @FunctionalInterface
    public interface Work {
        ObjectNode perform(Transaction transaction, RpcRequest request);
    }
}
