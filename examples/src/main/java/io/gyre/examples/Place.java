package io.gyre.examples;

import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformFacts;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PlatformState;
import io.gyre.rpc.RpcCredentials;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a platform is found.
 *
 * @param kms {@code host:port} of the KMS API by plain HTTP, which a platform speaks to its own machine alone
 * @param kmsOverTls the same over TLS
 * @param cloud {@code host:port} of the simulated cloud
 * @param speed calendar seconds per second
 */
public record Place(
        String kms, String kmsOverTls, RpcCredentials kmsKey, String cloud, RpcCredentials cloudKey, double speed) {
    static Place of(PlatformFacts facts) {
        return new Place(
                facts.endpoint().getAuthority(),
                facts.secureEndpoint().getAuthority(),
                AccessKeyFile.read(facts.administratorKeyFile()),
                facts.simulatorEndpoint().getAuthority(),
                AccessKeyFile.read(facts.cloudAccountKeyFile()),
                facts.speed());
    }

    /**
     * Of the platform that {@code ./gyre up} has started.
     *
     * @param home the folder that it was started with; null for that of the checkout
     * @throws PlatformException if none runs there
     */
    public static Place ofHome(@Nullable Path home) {
        Path checkout = Path.of(System.getProperty("gyre.checkout", "")).toAbsolutePath();
        Path folder = home == null ? checkout.resolve(".gyre").resolve("up") : home.toAbsolutePath();
        PlatformState state = PlatformState.of(new Home(folder))
                .orElseThrow(() -> new PlatformException(
                        "No platform runs in " + folder + ": start one with ./gyre up --detach, or name its --home."));
        return of(PlatformFacts.of(
                new PlatformPlan(
                        folder, checkout, System.getProperty("gyre.build", "target"), state.portBase(), state.speed()),
                Duration.ZERO));
    }
}
