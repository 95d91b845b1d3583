package io.gyre.examples.ram;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.examples.Cloud;
import io.gyre.examples.Cloud.Product;
import io.gyre.examples.Credential;
import io.gyre.examples.Kms;
import io.gyre.examples.Story;
import io.gyre.examples.Use;
import io.gyre.platform.PlatformException;
import io.gyre.secret.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A RAM user with an AccessKey. Two keys work side by side for the overlap, then the former one is disabled and deleted. */
public final class AccessKeyStory implements Story {
    private static final String USER = "example-caller";
    private static final String SECRET = "acs/ram/user/" + USER;

    private static final int THREADS = 4;

    /** Longer than the program remembers a key. */
    private static final Duration SHORTEST = Duration.ofSeconds(4);

    /** Whoever watches wants to see the end. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Duration overlap;

    /** @param overlap how long both keys work, on the calendar: 10 minutes to 48 hours */
    public AccessKeyStory(Duration overlap) {
        this.overlap = overlap;
    }

    @Override
    public String told() {
        return "a RAM user with an AccessKey, and the secret " + SECRET;
    }

    @Override
    public List<Use> setUp(Kms kms, Cloud cloud) {
        requireAFastCalendar(cloud.speed());
        SignedCalls calls = new SignedCalls(cloud.endpoint());
        if (kms.place(SECRET).isEmpty()) {
            create(kms, cloud, calls);
        }
        Map<String, String> window = Map.of("RotationWindow", overlap.toMinutes() + "m");
        return List.of(new Use(SECRET, window, "signed calls", "AccessKeys", calls, THREADS, Duration.ZERO));
    }

    private void requireAFastCalendar(double speed) {
        Duration lasts = Duration.ofMillis((long) (overlap.toMillis() / speed));
        if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0) {
            throw new PlatformException(
                    "Both AccessKeys work for " + overlap.toHours() + " hours of the calendar, and this"
                            + " platform's runs at speed " + speed + ", where they pass in " + lasts.toSeconds()
                            + " s: start a platform where they pass in half a minute, by ./gyre up --speed 7200 in a --home of"
                            + " its own.");
        }
    }

    private static void create(Kms kms, Cloud cloud, SignedCalls calls) {
        cloud.call(Product.RAM, "CreateUser", Map.of("UserName", USER));
        JsonNode made = cloud.call(Product.RAM, "CreateAccessKey", Map.of("UserName", USER))
                .path("AccessKey");
        Map<String, String> key = Map.of(
                "AccessKeyId", made.path("AccessKeyId").asText(),
                "AccessKeySecret", made.path("AccessKeySecret").asText());
        Cloud.awaitFirstUse(
                "RAM to know AccessKey " + key.get("AccessKeyId"),
                calls,
                new Credential("v1", SecretText.of(Kms.json(key))));
        kms.grantRamRotation();
        kms.create(
                "$Auto",
                "RAMCredentials",
                SecretText.of(Kms.json(Map.of("AccessKeys", List.of(key)))),
                Map.of("SecretSubType", "RamUserAccessKey", "UserName", USER));
    }
}
