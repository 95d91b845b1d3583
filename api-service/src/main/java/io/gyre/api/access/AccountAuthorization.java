package io.gyre.api.access;

import io.gyre.api.ram.Principals;
import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The account itself may do everything; whoever else signs may ask who it is, and nothing more until something permits it.
 */
@ApplicationScoped
public class AccountAuthorization implements Authorization {
    private final String account;

    AccountAuthorization(Installation installation) {
        this.account = installation.account();
    }

    @Override
    public Uni<Void> permit(RpcRequest request) {
        if (request.product().equals("Sts") && request.action().equals("GetCallerIdentity")) {
            return Uni.createFrom().voidItem();
        }
        boolean itself = Principals.isRoot(request.caller().principal())
                && request.caller().accountId().equals(account);
        return itself ? Uni.createFrom().voidItem() : Uni.createFrom().failure(KmsFaults.noPermission());
    }
}
