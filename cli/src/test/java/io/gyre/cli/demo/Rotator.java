package io.gyre.cli.demo;

import io.gyre.platform.PlatformException;
import io.gyre.rotation.RotationLock;
import java.util.ArrayList;
import java.util.List;

/** Orders a rotation of one secret again and again; each begins as soon as the one before it has ended. */
final class Rotator {
    private final FleetSecret secret;
    private final Kms kms;
    private final List<String> troubles = new ArrayList<>();
    private int version = 2;

    Rotator(FleetSecret secret, Kms kms) {
        this.secret = secret;
        this.kms = kms;
    }

    /** Begins a rotation, unless one runs or the API is away. An order whose answer was lost is repeated as it was. */
    synchronized void order() {
        try {
            secret.rotate(kms, "v" + version);
            version++;
        } catch (PlatformException e) {
            if (Kms.isRefusal(e) && !String.valueOf(e.getMessage()).contains(RotationLock.REFUSAL)) {
                troubles.add(secret.name() + ": " + e.getMessage());
            }
        }
    }

    /** Refusals other than the documented one. */
    synchronized List<String> troubles() {
        return List.copyOf(troubles);
    }
}
