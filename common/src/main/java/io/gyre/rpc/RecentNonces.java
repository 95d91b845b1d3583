package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The nonces that one process saw, for a service that has no other. Safe for use by several threads. */
public final class RecentNonces implements UsedNonces {
    /** A request may be dated that far ahead, and is then answered for twice the window. */
    private static final Duration LIFE = SignatureClaim.WINDOW.multipliedBy(2);

    private record Use(String accessKeyId, String nonce) {}

    private final InstantSource clock;

    /** Until when each is kept, the oldest first. */
    private final Map<Use, Instant> uses = new LinkedHashMap<>();

    public RecentNonces(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Boolean> firstUse(String accessKeyId, String nonce, Instant until) {
        return Uni.createFrom().item(isFirst(new Use(accessKeyId, nonce)));
    }

    private synchronized boolean isFirst(Use use) {
        Instant now = clock.instant();
        var oldest = uses.values().iterator();
        while (oldest.hasNext() && oldest.next().isBefore(now)) {
            oldest.remove();
        }
        return uses.putIfAbsent(use, now.plus(LIFE)) == null;
    }
}
