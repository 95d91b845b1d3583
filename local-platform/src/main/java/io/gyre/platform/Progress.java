package io.gyre.platform;

import java.time.Duration;

/** Hears how a start goes; called by several threads, one call at a time. */
public interface Progress {

    /** The process is being started now. */
    void starting(String process);

    /** The process does its work: it was healthy so long after it was started. */
    void ready(String process, Duration after);

    /** Every process is being asked to end, the workers first and the stores last. */
    void stopping();

    /** None is left. */
    void stopped(Duration after);
}
