package io.gyre.platform.service;

import io.gyre.platform.Home;
import io.gyre.platform.PlatformSecrets;
import io.gyre.platform.Ports;
import io.gyre.platform.tls.LocalAuthority;
import java.util.Map;

/** How the local platform runs api-service. */
public final class ApiService {

    /** The process's name. */
    public static final String NAME = "api-service";

    private static final int HEAP_MEBIBYTES = 128;
    private static final int TIER = 2;

    private ApiService() {}

    /** @param speed calendar seconds per second */
    public static ServicePlan plan(Home home, Ports ports, PlatformSecrets secrets, double speed) {
        Map<String, String> environment = GyreStores.environment(home, ports, GyreStores.API);
        environment.put("GYRE_DB_OWNER", GyreStores.OWNER);
        environment.put("GYRE_API_HOST", "127.0.0.1");
        LocalAuthority authority = LocalAuthority.of(home);
        environment.put("GYRE_API_PORT", Integer.toString(ports.apiOverTls()));
        environment.put(
                "GYRE_API_TLS_CERTIFICATE", authority.serverCertificate().toString());
        environment.put("GYRE_API_TLS_KEY", authority.serverKey().toString());
        environment.put("GYRE_OPS_TLS_PORT", Integer.toString(ports.apiOpsOverTls()));
        environment.put(
                "GYRE_OPS_TLS_CERTIFICATE", authority.serverCertificate().toString());
        environment.put("GYRE_OPS_TLS_KEY", authority.serverKey().toString());
        environment.put("GYRE_API_PLAIN_PORT", Integer.toString(ports.api()));
        environment.put(
                "GYRE_ADMINISTRATOR_KEY_FILE", home.administratorKeyFile().toString());
        environment.put("GYRE_REGION", "cn-hangzhou");
        environment.put("GYRE_ACCOUNT", CloudSimulator.ACCOUNT);
        environment.put("GYRE_CALENDAR_SPEED", Double.toString(speed));
        Map<String, String> hidden = Map.of(
                GyreStores.PASSWORD,
                secrets.postgresApi().reveal(),
                "gyre.db.owner-password",
                secrets.postgres().reveal());
        return new ServicePlan(NAME, NAME, HEAP_MEBIBYTES, ports.apiOps(), environment, hidden, TIER);
    }
}
