package io.gyre.worker.machine;

/** What a decision does to the secret's versions, in the order in which several of them are done. */
public enum VersionMove {
    /** The candidate becomes ACSCurrent, the former one ACSPrevious. */
    PROMOTE,
    /** The former one becomes ACSCurrent again, the candidate ACSPrevious. */
    DEMOTE,
    /** The former version is deleted: its credential no longer exists. */
    FORGET_FORMER,
    /** The candidate's version is deleted: its credential does not exist, or never worked. */
    DROP_CANDIDATE,
    /** The candidate's version stays without a label: the target may hold its credential, and nobody else has its value. */
    KEEP_CANDIDATE
}
