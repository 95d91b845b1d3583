package io.gyre.api.ram;

import io.gyre.rpc.RpcFault;

/**
 * Every refusal of RAM and STS, in one place. Codes and statuses are those of RAM's error tables; the texts say what to
 * do where the tables leave it open.
 */
public final class RamFaults {
    private RamFaults() {}

    public static RpcFault invalidCharacters(String parameter, String rule) {
        return new RpcFault(
                400,
                "InvalidParameter." + parameter + ".InvalidChars",
                "The parameter - \"" + parameter + "\" contains invalid chars: it " + rule + ".");
    }

    public static RpcFault invalidLength(String parameter, int limit) {
        return new RpcFault(
                400,
                "InvalidParameter." + parameter + ".Length",
                "The parameter - \"" + parameter + "\" beyond the length limit: it must have at most " + limit
                        + " characters.");
    }

    /** @param rule what a right document looks like, as a clause that ends the sentence */
    public static RpcFault malformedPolicy(String rule) {
        return new RpcFault(400, "MalformedPolicyDocument", "The policy document is not valid: " + rule);
    }

    public static RpcFault noSuchUser() {
        return new RpcFault(404, "EntityNotExist.User", "The user does not exist.");
    }

    public static RpcFault userExists() {
        return new RpcFault(409, "EntityAlreadyExists.User", "The user does already exist.");
    }

    public static RpcFault userHasAccessKeys() {
        return new RpcFault(
                409, "DeleteConflict.User.AccessKey", "The user still has access keys: delete them before the user.");
    }

    public static RpcFault userHasPolicies() {
        return new RpcFault(
                409, "DeleteConflict.User.Policy", "The user still has policies: detach them before the user.");
    }

    public static RpcFault userHasLoginProfile() {
        return new RpcFault(
                409,
                "DeleteConflict.User.LoginProfile",
                "The user still has a login profile: delete it before the user.");
    }

    public static RpcFault noSuchLoginProfile() {
        return new RpcFault(404, "EntityNotExist.User.LoginProfile", "The user login profile does not exist.");
    }

    public static RpcFault loginProfileExists() {
        return new RpcFault(409, "EntityAlreadyExists.User.LoginProfile", "The user login profile does already exist.");
    }

    /** @param rule what it has to be, as a clause that ends the sentence */
    public static RpcFault passwordTooWeak(String rule) {
        return new RpcFault(
                400,
                "InvalidParameter.Password.TooWeak",
                "The parameter - \"Password\" is not compliant with the password policy: " + rule);
    }

    public static RpcFault noSuchAccessKey() {
        return new RpcFault(404, "EntityNotExist.User.AccessKey", "The user access key does not exist.");
    }

    public static RpcFault tooManyAccessKeys() {
        return new RpcFault(
                409,
                "LimitExceeded.User.AccessKey",
                "The access key count of the user access keys beyond the current limits.");
    }

    /** Without it nobody could sign as the account any more; code and text are Gyre's choice. */
    public static RpcFault lastAccountKey() {
        return new RpcFault(
                409,
                "DeleteConflict.Account.AccessKey",
                "This is the account's only active access key: create another one before it is disabled or deleted.");
    }

    public static RpcFault noSuchRole() {
        return new RpcFault(404, "EntityNotExist.Role", "The role does not exist.");
    }

    public static RpcFault roleExists() {
        return new RpcFault(409, "EntityAlreadyExists.Role", "The role does already exist.");
    }

    public static RpcFault roleHasPolicies() {
        return new RpcFault(
                409, "DeleteConflict.Role.Policy", "The role still has policies: detach them before the role.");
    }

    public static RpcFault noSuchPolicy() {
        return new RpcFault(404, "EntityNotExist.Policy", "The policy does not exist.");
    }

    public static RpcFault policyExists() {
        return new RpcFault(409, "EntityAlreadyExists.Policy", "The policy does already exist.");
    }

    public static RpcFault policyOfUsers() {
        return new RpcFault(
                409, "DeleteConflict.Policy.User", "The policy is attached to users: detach it before it is deleted.");
    }

    public static RpcFault policyOfRoles() {
        return new RpcFault(
                409, "DeleteConflict.Policy.Role", "The policy is attached to roles: detach it before it is deleted.");
    }

    public static RpcFault policyHasVersions() {
        return new RpcFault(
                409,
                "DeleteConflict.Policy.Version",
                "The policy has versions beside the default one: delete them before the policy.");
    }

    public static RpcFault noSuchVersion() {
        return new RpcFault(404, "EntityNotExist.Policy.Version", "The policy version does not exist.");
    }

    public static RpcFault tooManyVersions() {
        return new RpcFault(
                409,
                "LimitExceeded.Policy.Version",
                "The count of the policy versions beyond the current limits: delete one of the "
                        + PolicyStore.VERSION_LIMIT
                        + ", or set RotateStrategy to DeleteOldestNonDefaultVersionWhenLimitExceeded.");
    }

    public static RpcFault defaultVersion() {
        return new RpcFault(
                409,
                "DeleteConflict.PolicyVersion.Default",
                "The policy version is the default one: set another as default before it is deleted.");
    }

    /** @param kind {@code User} or {@code Role} */
    public static RpcFault policyAttached(String kind) {
        return new RpcFault(
                409,
                "EntityAlreadyExists." + kind + ".Policy",
                "The policy is already attached to the " + word(kind) + ".");
    }

    /** @param kind {@code User} or {@code Role} */
    public static RpcFault policyNotAttached(String kind) {
        return new RpcFault(
                404, "EntityNotExist." + kind + ".Policy", "The policy is not attached to the " + word(kind) + ".");
    }

    private static String word(String kind) {
        return kind.equals("User") ? "user" : "role";
    }
}
