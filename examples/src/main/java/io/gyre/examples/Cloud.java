package io.gyre.examples;

import com.aliyun.teaopenapi.models.Config;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import io.gyre.rpc.RpcCredentials;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The simulated cloud, as the account that owns it calls it. */
public final class Cloud {
    /** The only region that it has. */
    public static final String REGION = "cn-hangzhou";

    /** An instance is made, an account is set up: that takes seconds, as at a real cloud. */
    private static final Duration SET_UP_WITHIN = Duration.ofSeconds(60);

    private final Rpc rpc;
    private final String endpoint;
    private final double speed;

    /** Asks nothing yet. */
    public Cloud(Place place) {
        this.rpc = new Rpc(place.cloud(), place.cloudKey());
        this.endpoint = place.cloud();
        this.speed = place.speed();
    }

    /** A product's API version, as its published SDK names it. */
    public enum Product {
        RAM("2015-05-01"),
        RDS("2014-08-15"),
        ECS("2014-05-26");

        private final String version;

        Product(String version) {
            this.version = version;
        }
    }

    /** @throws PlatformException if the cloud refuses or does not answer */
    public JsonNode call(Product product, String action, Map<String, String> parameters) {
        return rpc.call(product.version, action, parameters);
    }

    /** {@code host:port} of all its APIs. */
    public String endpoint() {
        return endpoint;
    }

    /** Calendar seconds per second, of the whole platform. */
    public double speed() {
        return speed;
    }

    /**
     * Of a client of the published SDKs.
     *
     * @param endpoint {@code host:port}, by plain HTTP
     */
    public static Config config(String endpoint, RpcCredentials key) {
        return new Config()
                .setEndpoint(endpoint)
                .setProtocol("http")
                .setRegionId(REGION)
                .setAccessKeyId(key.accessKeyId())
                .setAccessKeySecret(key.accessKeySecret().reveal());
    }

    /** @throws PlatformException if it does not come about within a minute */
    public static void await(String what, BooleanSupplier condition) {
        if (!Poll.until(SET_UP_WITHIN, condition)) {
            throw new PlatformException(
                    "Waited " + SET_UP_WITHIN.toSeconds() + " s in vain for " + what + ": see ./gyre logs.");
        }
    }

    /** Waits until what has just been made lets its credential in: clouds know a new one only after a while. */
    public static void awaitFirstUse(String what, Application application, Credential credential) {
        await(what, () -> {
            try {
                application.use(credential);
                return true;
            } catch (Exception e) {
                // Whatever it is, a minute of it is told.
                return false;
            }
        });
    }
}
