package io.gyre.simulator.ram;

import io.gyre.rpc.RpcFault;

/** The refusals of RAM, as its documents list them. */
final class RamFaults {
    private RamFaults() {}

    static RpcFault noSuchUser() {
        return new RpcFault(404, "EntityNotExist.User", "The user does not exist.");
    }

    static RpcFault userExists() {
        return new RpcFault(409, "EntityAlreadyExists.User", "The user does already exist.");
    }

    static RpcFault noSuchAccessKey() {
        return new RpcFault(404, "EntityNotExist.User.AccessKey", "The user access key does not exist.");
    }

    static RpcFault tooManyAccessKeys() {
        return new RpcFault(
                409,
                "LimitExceeded.User.AccessKey",
                "The access key count of the user access keys beyond the current limits.");
    }

    static RpcFault userHasAccessKeys() {
        return new RpcFault(
                409, "DeleteConflict.User.AccessKey", "The user still has access keys: delete them before the user.");
    }

    static RpcFault userHasPolicies() {
        return new RpcFault(
                409, "DeleteConflict.User.Policy", "The user still has policies: detach them before the user.");
    }

    static RpcFault userNameLength() {
        return new RpcFault(
                400, "InvalidParameter.UserName.Length", "The parameter UserName must have 1 to 64 characters.");
    }

    static RpcFault userNameCharacters() {
        return new RpcFault(
                400,
                "InvalidParameter.UserName.InvalidChars",
                "The parameter UserName may hold letters, digits, periods, underscores and hyphens.");
    }

    static RpcFault noSuchPolicy() {
        return new RpcFault(404, "EntityNotExist.Policy", "The policy does not exist.");
    }

    static RpcFault policyAttached() {
        return new RpcFault(409, "EntityAlreadyExists.User.Policy", "The policy is already attached to the user.");
    }

    static RpcFault policyNotAttached() {
        return new RpcFault(404, "EntityNotExist.User.Policy", "The policy is not attached to the user.");
    }
}
