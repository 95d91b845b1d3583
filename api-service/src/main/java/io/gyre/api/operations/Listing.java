package io.gyre.api.operations;

import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which rotations are asked for, found valid. The empty text asks for nothing.
 *
 * @param state a state's label, or {@link #LATE}
 * @param type {@code ram}, {@code rds} or {@code ecs}
 * @param endedWithinDay whether only those that ended lately, {@link WithinDay#ENDED}
 * @param namePrefix the beginning of the secret's name
 * @param limit 1 to 200
 * @param after the last one of the page before
 */
record Listing(String state, String type, boolean endedWithinDay, String namePrefix, int limit, Place after) {
    /** Goes across the states: late and not ended. */
    static final String LATE = "late";

    private static final int DEFAULT_LIMIT = 20;
    private static final int LARGEST_LIMIT = 200;

    /** The longest name of a secret. */
    private static final int NAME_LIMIT = 192;

    private static final Pattern NAME = Pattern.compile("[\\p{IsHan}A-Za-z0-9_/+=.@-]*");

    /**
     * A place in the order of the list, which is: the latest request first, then by id. A token is this place and holds
     * no secret; a made-up one leads to another page of the same list.
     */
    record Place(Instant requestedAt, UUID rotationId) {
        /** Before every rotation; the year is past that of any request. */
        static final Place BEGINNING = new Place(Instant.parse("9999-01-01T00:00:00Z"), new UUID(0, 0));

        private static final int BYTES = 3 * Long.BYTES;

        String token() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(BYTES)
                            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, requestedAt))
                            .putLong(rotationId.getMostSignificantBits())
                            .putLong(rotationId.getLeastSignificantBits())
                            .array());
        }

        static Place of(String token) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(token);
                if (bytes.length == BYTES) {
                    ByteBuffer place = ByteBuffer.wrap(bytes);
                    Instant requestedAt = Instant.EPOCH.plus(place.getLong(), ChronoUnit.MICROS);
                    if (requestedAt.isAfter(Instant.EPOCH) && requestedAt.isBefore(BEGINNING.requestedAt)) {
                        return new Place(requestedAt, new UUID(place.getLong(), place.getLong()));
                    }
                }
            } catch (IllegalArgumentException e) {
                // Said below, together with tokens of another length.
            }
            throw OperationFaults.invalidToken(token);
        }
    }

    /** @throws RpcFault InvalidParameter */
    static Listing of(
            @Nullable String state,
            @Nullable String type,
            @Nullable String ended,
            @Nullable String secret,
            @Nullable String limit,
            @Nullable String nextToken) {
        return new Listing(
                given(state).map(Listing::stateLabel).orElse(""),
                given(type).map(each -> rotationType("type", each)).orElse(""),
                WithinDay.asked("ended", ended),
                given(secret).map(Listing::name).orElse(""),
                limit(limit),
                given(nextToken).map(Place::of).orElse(Place.BEGINNING));
    }

    /** @throws RpcFault InvalidParameter */
    static int limit(@Nullable String limit) {
        String text = given(limit).orElse(Integer.toString(DEFAULT_LIMIT));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= LARGEST_LIMIT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw OperationFaults.invalid("limit", text, "it must be a whole number from 1 to " + LARGEST_LIMIT + ".");
    }

    /** What a path names by a UUID; empty where it is none. */
    static Optional<UUID> uuid(String id) {
        try {
            // It also reads ids with digits left out.
            return Optional.of(UUID.fromString(id))
                    .filter(uuid -> uuid.toString().equalsIgnoreCase(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether only rotations that have not ended can be among them. */
    boolean openOnly() {
        return state.equals("Running") || state.equals("Waiting") || state.equals(LATE);
    }

    private static Optional<String> given(@Nullable String parameter) {
        return Optional.ofNullable(parameter).filter(text -> !text.isEmpty());
    }

    private static String stateLabel(String state) {
        return switch (state) {
            case "running" -> "Running";
            case "waiting" -> "Waiting";
            case "failed" -> "Failed";
            case "succeeded" -> "Succeeded";
            case LATE -> LATE;
            default ->
                throw OperationFaults.invalid(
                        "state", state, "it must be one of running, waiting, late, failed, succeeded.");
        };
    }

    /** @throws RpcFault InvalidParameter where no secrets are rotated under this name */
    static String rotationType(String what, String type) {
        if (!SecretType.rotationTypes().contains(type)) {
            throw OperationFaults.invalid(
                    what, type, "it must be one of " + String.join(", ", SecretType.rotationTypes()) + ".");
        }
        return type;
    }

    /** @throws RpcFault InvalidParameter where no name of a secret begins so */
    static String name(String prefix) {
        if (prefix.length() > NAME_LIMIT || !NAME.matcher(prefix).matches()) {
            throw OperationFaults.invalid(
                    "secret",
                    prefix,
                    "it must be the beginning of a secret's name: letters, digits and _ / + = . @ -.");
        }
        return prefix;
    }

    /** Asks for what follows a name. A name is no secret; a made-up token leads to another page of the same list. */
    static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The name after which a page begins; empty for the first.
     *
     * @throws RpcFault InvalidParameter for what is no token
     */
    static String after(@Nullable String token) {
        String given = token == null ? "" : token;
        try {
            return name(new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw OperationFaults.invalidToken(given);
        }
    }
}
