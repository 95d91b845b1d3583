package io.gyre.api;

import io.gyre.api.access.Installation;
import io.gyre.envelope.Envelope;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** What every room is given: encryption below the root keys, and the operational clock. */
class Foundations {
    @Produces
    @Singleton
    Envelope envelope(Installation installation) {
        return new Envelope(installation.rootKeys());
    }

    /** The wall clock, for signatures and short-lived caches; what is stored takes its time from the calendar. */
    @Produces
    @Singleton
    InstantSource operationalClock() {
        return Clock.systemUTC();
    }
}
