package io.gyre.rotation.picture;

/** What a phase, once it is entered, has changed about which credential works. */
enum Turn {
    NOTHING,
    CANDIDATE_WORKS,
    CANDIDATE_CURRENT,
    /** The former one has ended by then: the target holds one alone. */
    CHANGED_PLACES,
    FORMER_ENDED,
    FORMER_WORKS,
    FORMER_CURRENT,
    CANDIDATE_ENDED
}
