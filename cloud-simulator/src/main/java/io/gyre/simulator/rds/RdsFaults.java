package io.gyre.simulator.rds;

import io.gyre.rpc.RpcFault;

/** The refusals of RDS, as its API metadata lists them. */
final class RdsFaults {
    private RdsFaults() {}

    /** What account actions answer. */
    static RpcFault noSuchInstanceId() {
        return new RpcFault(
                400, "InvalidDBInstanceId.NotFound", "The DBInstanceId provided does not exist in records.");
    }

    /** What actions on instances answer. */
    static RpcFault noSuchInstance() {
        return new RpcFault(404, "InvalidDBInstanceName.NotFound", "The database instance does not exist.");
    }

    static RpcFault instanceNotRunning(String status) {
        return new RpcFault(
                403,
                "IncorrectDBInstanceState",
                "Current DB instance state does not support this operation: it is " + status + ".");
    }

    static RpcFault unknownEngine() {
        return new RpcFault(
                400,
                "InvalidEngine.Malformed",
                "The specified engine is not valid: the simulator has PostgreSQL only.");
    }

    static RpcFault noSuchAccount() {
        return new RpcFault(404, "InvalidAccountName.NotFound", "Specified account name does not exist.");
    }

    static RpcFault accountExists() {
        return new RpcFault(400, "InvalidAccountName.Duplicate", "Specified account name already exists.");
    }

    static RpcFault accountNameForbidden() {
        return new RpcFault(
                400,
                "InvalidAccountName.Forbid",
                "Specified account name is not allowed: it takes 2 to 32 lower-case letters, digits and underscores,"
                        + " begins with a letter, ends with a letter or digit, and is no reserved name.");
    }

    static RpcFault accountBusy(String status) {
        return new RpcFault(
                400,
                "IncorrectAccountStatus",
                "Current account status does not support this operation: it is " + status + ".");
    }

    static RpcFault tooManyAccounts(int limit) {
        return new RpcFault(
                403, "AccountLimitExceeded", "The quota of " + limit + " accounts of the instance is exceeded.");
    }

    static RpcFault superAccount() {
        return new RpcFault(
                403, "IncorrectAccountType", "Current account type does not support this operation: it is Super.");
    }

    static RpcFault unknownPrivilege() {
        return new RpcFault(
                400,
                "InvalidAccountPrivilege.Malformed",
                "The specified account privilege is not valid: it must be ReadOnly, ReadWrite, DDLOnly, DMLOnly or"
                        + " DBOwner.");
    }

    static RpcFault noSuchDatabase() {
        return new RpcFault(404, "InvalidDBName.NotFound", "The specified database does not exist: there is postgres.");
    }

    static RpcFault badPassword() {
        return new RpcFault(
                400,
                "InvalidAccountPassword.Format",
                "The specified account password is not valid: it takes 8 to 32 characters of at least three of"
                        + " upper-case letters, lower-case letters, digits and " + AccountPassword.SPECIALS + ".");
    }
}
