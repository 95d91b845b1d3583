package io.gyre.api.campaign;

/**
 * How many secrets of some waves are where.
 *
 * @param planned not begun yet
 * @param running begun, and neither done nor failed yet
 * @param done rotated: ended well, or promoted and in the overlap of both credentials
 * @param failed ended as Failed, on the way back, or waiting for a person
 * @param skipped never begun, and not to be
 */
public record Tally(int planned, int running, int done, int failed, int skipped) {
    /** Those that count: what was skipped says nothing of the others. */
    int counted() {
        return planned + running + done + failed;
    }

    int begun() {
        return running + done + failed;
    }
}
