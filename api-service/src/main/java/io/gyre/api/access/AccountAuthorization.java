package io.gyre.api.access;

import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The account itself may do everything; whoever else signs may do nothing until something permits it. */
@ApplicationScoped
public class AccountAuthorization implements Authorization {
    /** The principal that the account's own AccessKeys identify. */
    static final String ROOT = "root";

    private final String account;

    AccountAuthorization(Installation installation) {
        this.account = installation.account();
    }

    @Override
    public Uni<Void> permit(RpcRequest request) {
        boolean itself = request.caller().principal().equals(ROOT)
                && request.caller().accountId().equals(account);
        return itself ? Uni.createFrom().voidItem() : Uni.createFrom().failure(KmsFaults.noPermission());
    }
}
