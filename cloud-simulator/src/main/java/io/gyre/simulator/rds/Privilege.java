package io.gyre.simulator.rds;

import io.gyre.rpc.RpcFault;
import java.util.List;

/** What an account may do with the tables of its instance's database, as statements with {@code %I} for the role. */
enum Privilege {
    READ_ONLY("ReadOnly", "SELECT", "USAGE"),
    READ_WRITE("ReadWrite", "SELECT, INSERT, UPDATE, DELETE", "USAGE, CREATE"),
    DML_ONLY("DMLOnly", "SELECT, INSERT, UPDATE, DELETE", "USAGE"),
    DDL_ONLY("DDLOnly", "REFERENCES, TRIGGER", "USAGE, CREATE"),
    DB_OWNER("DBOwner", "ALL", "ALL");

    private final String wire;
    private final String onTables;
    private final String onSchema;

    Privilege(String wire, String onTables, String onSchema) {
        this.wire = wire;
        this.onTables = onTables;
        this.onSchema = onSchema;
    }

    String wire() {
        return wire;
    }

    /** In place of what was granted before. */
    List<String> statements() {
        return List.of(
                "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %1$I",
                "REVOKE ALL ON SCHEMA public FROM %1$I",
                "GRANT " + onSchema + " ON SCHEMA public TO %1$I",
                "GRANT " + onTables + " ON ALL TABLES IN SCHEMA public TO %1$I");
    }

    /** @throws RpcFault InvalidAccountPrivilege.Malformed */
    static Privilege of(String wire) {
        for (Privilege privilege : values()) {
            if (privilege.wire.equals(wire)) {
                return privilege;
            }
        }
        throw RdsFaults.unknownPrivilege();
    }
}
