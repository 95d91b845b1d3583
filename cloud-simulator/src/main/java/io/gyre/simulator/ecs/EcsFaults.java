package io.gyre.simulator.ecs;

import io.gyre.rpc.RpcFault;

/** The refusals of ECS, as its documents list them. */
final class EcsFaults {
    private EcsFaults() {}

    static RpcFault noSuchInstance() {
        return new RpcFault(404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist.");
    }

    /** What InvokeCommand answers. */
    static RpcFault noInstanceToCommand() {
        return new RpcFault(404, "InvalidInstance.NotFound", "The specified instance does not exist.");
    }

    static RpcFault noSuchCommand() {
        return new RpcFault(404, "InvalidCmdId.NotFound", "The specified command does not exist.");
    }

    static RpcFault tooManyInstances(int limit) {
        return new RpcFault(
                403, "InstanceIds.ExceedLimit", "The number of instances exceeds the upper limit of " + limit + ".");
    }

    static RpcFault parametersNotMatched(String expected) {
        return new RpcFault(
                403, "Parameter.NotMatched", "The parameters of the command do not match: it takes " + expected + ".");
    }

    static RpcFault incorrectStatus(String status) {
        return new RpcFault(
                403,
                "IncorrectInstanceStatus",
                "The current status of the resource does not support this operation: it is " + status + ".");
    }

    static RpcFault noSuchKeyPair() {
        return new RpcFault(404, "InvalidKeyPair.NotFound", "The specified KeyPairName does not exist.");
    }

    static RpcFault keyPairExists() {
        return new RpcFault(400, "KeyPair.AlreadyExist", "The specified KeyPairName already exists.");
    }

    static RpcFault badPublicKey() {
        return new RpcFault(
                400,
                "InvalidPublicKeyBody.Malformed",
                "The specified parameter PublicKeyBody is not valid: it must be an RSA or Ed25519 key as OpenSSH writes"
                        + " it.");
    }

    static RpcFault badPassword() {
        return new RpcFault(
                400,
                "InvalidPassword.Malformed",
                "The specified parameter Password is not valid: it takes 8 to 30 characters of at least three of"
                        + " upper-case letters, lower-case letters, digits and " + LoginPassword.SPECIALS + ".");
    }
}
