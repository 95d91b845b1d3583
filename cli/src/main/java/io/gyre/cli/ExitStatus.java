package io.gyre.cli;

/** What the command tells scripts; documented in {@link GyreCommand}'s help. */
final class ExitStatus {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int NOT_RUNNING = 3;
    static final int WOULD_NOT_ROTATE = 4;
    static final int NOT_TAKEN = 5;
    static final int AUDIT_SPOILT = 6;
    static final int DRIFTED = 7;
    static final int NOT_CHECKED = 8;
    static final int NOT_ROTATED = 9;
    static final int NOT_SOUND = 10;
    static final int TO_BE_LOOKED_AT = 11;
    static final int NOT_ALLOWED = 12;

    private ExitStatus() {}
}
