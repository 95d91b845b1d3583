package io.gyre.api.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gyre.api.testing.Rows;
import io.gyre.platform.testing.TestPostgres;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.Driver;

/** What each process's role may not do, tried as that role. What it may is tried by everything else. */
@QuarkusTest
class RolesTest {
    private static final String PERMISSION_DENIED = "42501";

    @Inject
    Rows rows;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    private Connection connect(String role) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", TestPostgres.sharedRole(role).reveal());
        return new Driver().connect(url, login);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A worker cannot read RAM users' keys, nor who may do what, nor what was audited.
                "gyre_worker | SELECT FROM access_key",
                "gyre_worker | SELECT FROM ram_user",
                "gyre_worker | SELECT FROM ram_role",
                "gyre_worker | SELECT FROM ram_policy_version",
                "gyre_worker | SELECT FROM ram_policy_attachment",
                "gyre_worker | SELECT FROM used_nonce",
                "gyre_worker | SELECT FROM ram_login_profile",
                "gyre_worker | SELECT FROM console_session",
                "gyre_worker | SELECT FROM console_login_link",
                "gyre_worker | SELECT FROM console_failure",
                "gyre_worker | SELECT FROM audit_key",
                "gyre_worker | SELECT FROM audit_line",
                "gyre_worker | INSERT INTO audit_line VALUES (1, 1, 'a', 'b')",
                "gyre_worker | SELECT FROM campaign",
                "gyre_worker | SELECT FROM campaign_secret",
                "gyre_worker | SELECT FROM webhook",
                "gyre_worker | SELECT FROM webhook_secret",
                "gyre_worker | INSERT INTO webhook_delivery (body) VALUES ('a')",
                "gyre_worker | SELECT FROM outbox",
                "gyre_worker | DELETE FROM outbox",
                "gyre_worker | DELETE FROM rotation",
                "gyre_worker | INSERT INTO rotation SELECT * FROM rotation",
                "gyre_worker | UPDATE rotation_step SET note = 'another'",
                "gyre_worker | DELETE FROM rotation_step",
                "gyre_worker | DELETE FROM secret",
                "gyre_worker | UPDATE secret SET policy = '{}'",
                "gyre_worker | DELETE FROM drift_check",
                "gyre_worker | UPDATE secret SET deletion_planned_at = now()",
                "gyre_worker | UPDATE kms_key SET key_state = 'Enabled'",
                "gyre_worker | UPDATE kms_instance SET expires_at = NULL",
                "gyre_worker | SELECT FROM root_key",
                "gyre_worker | UPDATE root_key SET current_id = 'another'",
                "gyre_worker | SELECT FROM root_key_process",
                "gyre_worker | UPDATE calendar SET speed = 2",
                "gyre_worker | SELECT reopen_rotation(gen_random_uuid(), 'nobody')",
                "gyre_worker | CREATE TABLE mine (id int)",
                // api-service cannot write how a rotation ends, rewrite the audit log, or change tables.
                "gyre_api | UPDATE rotation SET state = 'Succeeded'",
                "gyre_api | UPDATE rotation SET phase = 'DONE'",
                "gyre_api | UPDATE rotation SET memory = '{}'",
                "gyre_api | UPDATE rotation SET finding = 'none'",
                "gyre_api | UPDATE rotation SET ended_at = now()",
                "gyre_api | UPDATE rotation SET candidate_version = 'v9'",
                "gyre_api | UPDATE rotation SET fence = 9",
                "gyre_api | UPDATE rotation SET lease_until = now()",
                "gyre_api | DELETE FROM rotation",
                "gyre_api | UPDATE rotation_step SET note = 'another'",
                "gyre_api | DELETE FROM rotation_step",
                "gyre_api | INSERT INTO orphan (credential_name) VALUES ('a')",
                "gyre_api | UPDATE orphan SET removed_at = now()",
                "gyre_api | UPDATE drift_check SET state = 'Good'",
                "gyre_api | INSERT INTO drift_check (secret_id, secret_type, state) VALUES (1, 'Rds', 'Good')",
                "gyre_api | DELETE FROM drift_check",
                "gyre_api | UPDATE audit_line SET event = '{}'",
                "gyre_api | DELETE FROM audit_line",
                "gyre_api | TRUNCATE audit_line",
                "gyre_api | UPDATE audit_head SET hash = ''",
                "gyre_api | DELETE FROM audit_head",
                "gyre_api | DELETE FROM audit_chain",
                "gyre_api | UPDATE audit_chain SET chain_id = gen_random_uuid()",
                "gyre_api | UPDATE audit_key SET public_key = ''",
                "gyre_api | DELETE FROM audit_key",
                "gyre_api | DELETE FROM campaign",
                "gyre_api | DELETE FROM campaign_secret",
                "gyre_api | DELETE FROM root_key",
                "gyre_api | UPDATE root_key_process SET known_ids = '{}'",
                "gyre_api | UPDATE flyway_schema_history SET checksum = 0",
                "gyre_api | DROP TABLE secret",
                "gyre_api | ALTER TABLE audit_line DISABLE TRIGGER ALL",
                "gyre_api | CREATE TABLE mine (id int)",
                // The simulated cloud reads the calendar.
                "gyre_simulator | SELECT FROM secret",
                "gyre_simulator | SELECT FROM secret_version",
                "gyre_simulator | SELECT FROM rotation",
                "gyre_simulator | SELECT note_root_keys(gen_random_uuid(), 'a', 'b', '{}', NULL)",
                "gyre_simulator | UPDATE calendar SET speed = 2",
            })
    void whatARoleMayNotDoIsDenied(String role, String sql) throws SQLException {
        try (Connection connection = connect(role);
                Statement statement = connection.createStatement()) {
            SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
            assertEquals(PERMISSION_DENIED, refusal.getSQLState(), refusal.getMessage());
        }
    }

    /** Whoever grants a worker more says so here too; columns of single tables aside. */
    @Test
    void theRightsOfTheSmallerRolesAreThese() {
        assertEquals(
                List.of(
                        "calendar: SELECT",
                        "cloud_budget: INSERT, SELECT, UPDATE",
                        "credential_offer: SELECT",
                        "drift_check: SELECT, UPDATE",
                        "inspection: SELECT, UPDATE",
                        "kms_instance: SELECT",
                        "kms_key: SELECT",
                        "orphan: INSERT, SELECT, UPDATE",
                        "outbox: INSERT",
                        "rotation: SELECT, UPDATE",
                        "rotation_step: INSERT, SELECT",
                        "secret: SELECT",
                        "secret_change: INSERT, SELECT",
                        "secret_stage: INSERT, SELECT, UPDATE",
                        "secret_version: DELETE, INSERT, SELECT, UPDATE",
                        "told_position: USAGE"),
                rights("gyre_worker"));
        assertEquals(List.of("calendar: SELECT"), rights("gyre_simulator"));
    }

    private List<String> rights(String role) {
        return rows.texts(
                "SELECT c.relname || ': ' || string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type)"
                        + " FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee"
                        + " WHERE r.rolname = ? GROUP BY c.relname ORDER BY c.relname COLLATE \"C\"",
                role);
    }

    @Test
    void noRoleMayMoreThanItsRights() {
        assertEquals(
                List.of(),
                rows.texts("SELECT rolname FROM pg_roles WHERE rolname LIKE 'gyre%'"
                        + " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)"));
    }
}
