package io.gyre.worker.machine;

/** Which of a rotation's credentials an effect uses; the engine looks its value up and a machine never sees it. */
public enum Credential {
    /** The new one. */
    CANDIDATE,
    /** The one that was current when the rotation was requested. */
    FORMER,
    /** The one that was ACSPrevious then. */
    IDLE
}
