package io.gyre.rpc;

/**
 * Thrown by an action to have the connection closed without an answer, whatever was done before. A simulated cloud
 * uses it to show what a lost answer does to its callers.
 */
public final class RpcHangUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RpcHangUp() {
        super("the connection is closed without an answer, as asked", null, false, false);
    }
}
