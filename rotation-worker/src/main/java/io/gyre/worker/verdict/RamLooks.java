package io.gyre.worker.verdict;

import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RamEffect.InspectUser;
import io.gyre.worker.machine.RamEffect.ProveKey;
import io.gyre.worker.machine.RamRotation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The AccessKey of a RAM user: a call that is signed with it, then a listing of the user's keys, which tells why the call was
 * refused, and of keys that are none of Gyre's. What the listing does not tell leaves the proof of the call as it is.
 */
public final class RamLooks implements Looks {
    static final String OTHER_SECRET = "SignatureDoesNotMatch";
    static final String NO_USER = "EntityNotExist.User";

    @Override
    public Step next(Subject subject, List<Outcome> seen) {
        if (seen.isEmpty()) {
            return new Step.Look(new ProveKey(Credential.FORMER));
        }
        Outcome call = seen.get(0);
        if (!(call instanceof Done) && !isRefused(call)) {
            return new Verdict.Open(call.what());
        }
        if (seen.size() == 1) {
            return new Step.Look(new InspectUser(subject.target("UserName"), known(subject)));
        }
        Outcome listing = seen.get(1);
        return call instanceof Done
                ? new Verdict.Works(observation(subject, listing))
                : new Verdict.Refused(finding(subject, call, listing), observation(subject, listing));
    }

    /** RAM has no such key, or it is disabled, or has it with another secret. */
    static boolean isRefused(Outcome call) {
        return call instanceof NotYet
                || (call instanceof Refused refused && refused.code().equals(OTHER_SECRET));
    }

    private static Set<String> known(Subject subject) {
        Set<String> known = new HashSet<>(subject.leftovers());
        known.add(subject.current());
        if (subject.previous() != null) {
            known.add(subject.previous());
        }
        return known;
    }

    private static String user(Subject subject) {
        return "RAM user " + subject.target("UserName");
    }

    private static Finding finding(Subject subject, Outcome call, Outcome listing) {
        if (listing instanceof Refused refused && refused.code().equals(NO_USER)) {
            return new Finding(
                    user(subject) + " does not exist.",
                    "The user was deleted past Gyre, and with it AccessKey " + subject.current()
                            + ": programs that read the secret are refused.",
                    "Create the user again with its permissions, then order a repair (" + subject.repair()
                            + "), which makes a new AccessKey; or delete the secret.");
        }
        if (call instanceof Refused) {
            return new Finding(
                    "A call signed with AccessKey " + subject.current() + " is refused: " + OTHER_SECRET + ".",
                    "The AccessKeySecret that the secret keeps is not the one that RAM has: programs that read the secret"
                            + " are refused.",
                    "Order a repair (" + subject.repair() + "), which makes a new AccessKey.");
        }
        boolean listed = listing instanceof Done done && keys(done).contains(subject.current());
        boolean absent = listing instanceof Done && !listed;
        String happened = listed ? "was disabled" : absent ? "was deleted" : "was disabled or deleted";
        return new Finding(
                call.what(),
                "AccessKey " + subject.current() + " of " + user(subject) + " " + happened
                        + " past Gyre: programs that read the secret are refused.",
                "Order a repair (" + subject.repair() + "), which makes a new AccessKey"
                        + (absent ? "." : "; or enable the key again at RAM."));
    }

    /** The ids of all keys of the user. */
    static List<String> keys(Done listing) {
        return List.of(String.valueOf(listing.facts().get(RamRotation.KEYS)).split(",", -1));
    }

    private static @Nullable String observation(Subject subject, Outcome listing) {
        String unknown = listing instanceof Done done ? done.facts().getOrDefault(RamRotation.UNKNOWN, "") : "";
        return unknown.isEmpty()
                ? null
                : user(subject) + " has AccessKey " + unknown
                        + ", which Gyre neither made nor was given: a rotation will"
                        + " wait for a person because of it.";
    }
}
