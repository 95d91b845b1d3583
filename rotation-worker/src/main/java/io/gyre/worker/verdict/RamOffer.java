package io.gyre.worker.verdict;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RamEffect.InspectUser;
import io.gyre.worker.machine.RamEffect.ProveKey;
import io.gyre.worker.machine.RamRotation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * AccessKeys of a RAM user: the user's keys are listed, then a call is signed with each key that was typed. A key of another user
 * signs as well, so the listing comes first.
 */
public final class RamOffer implements OfferLooks {
    @Override
    public Next next(Subject subject, List<Outcome> seen) {
        String user = subject.target("UserName");
        List<Offered> keys = Offered.of(subject);
        Set<String> typed = new HashSet<>();
        keys.forEach(key -> typed.add(key.name()));
        if (seen.isEmpty()) {
            return new Next.Look(new InspectUser(user, typed));
        }
        Iterator<Outcome> outcomes = seen.iterator();
        Outcome listing = outcomes.next();
        List<Check> checks = new ArrayList<>();
        checks.add(listed(user, listing));
        Set<String> own = listing instanceof Done done ? Set.copyOf(RamLooks.keys(done)) : typed;
        for (Offered key : keys) {
            if (!own.contains(key.name())) {
                checks.add(notOfThisUser(user, key.name()));
                continue;
            }
            if (!outcomes.hasNext()) {
                return new Next.Look(new ProveKey(key.which()));
            }
            checks.add(tried(key.name(), outcomes.next()));
        }
        return new Next.Ended(checks);
    }

    private static Check listed(String user, Outcome listing) {
        String what = "RAM user " + user;
        if (listing instanceof Refused refused && refused.code().equals(RamLooks.NO_USER)) {
            return Check.refused(
                    what,
                    "RAM has no user " + user + ".",
                    "The user was deleted, or is called otherwise: there is nobody whose AccessKey could be replaced.",
                    "Create the user at RAM with an AccessKey, or type the name of one that is there.");
        }
        if (!(listing instanceof Done done)) {
            return Check.open(what, listing);
        }
        String unknown = done.facts().getOrDefault(RamRotation.UNKNOWN, "");
        return unknown.isEmpty()
                ? Check.works(
                        what,
                        "RAM has the user, and no AccessKey of theirs beside what was typed.",
                        "It can be rotated.")
                : new Check(
                        what,
                        Check.State.NOTED,
                        "RAM has the user, who has AccessKey " + unknown + " too.",
                        "The secret can be created. A rotation needs the place of a second key, and will wait for a person.",
                        "Type that key as the other one, or delete it at RAM before the first rotation.");
    }

    private static Check notOfThisUser(String user, String key) {
        return Check.refused(
                "AccessKey " + key,
                "RAM user " + user + " has no AccessKey " + key + ".",
                "It is another user's, or was deleted: Gyre could not replace it as a key of " + user + ".",
                "Type an AccessKey of this user, or the name of the user whose key it is.");
    }

    private static Check tried(String key, Outcome call) {
        String what = "AccessKey " + key;
        if (call instanceof Done) {
            return Check.works(what, "A call signed with it is answered.", "Programs that read the secret can use it.");
        }
        if (call instanceof Refused refused && refused.code().equals(RamLooks.OTHER_SECRET)) {
            return Check.refused(
                    what,
                    "A call signed with it is refused: " + RamLooks.OTHER_SECRET + ".",
                    "The AccessKeySecret that was typed is not the one that RAM has.",
                    "Type the AccessKeySecret again; or make another AccessKey at RAM, and type that.");
        }
        return RamLooks.isRefused(call)
                ? Check.refused(
                        what,
                        call.what(),
                        "The AccessKey is disabled, or was deleted: programs that read the secret would be refused.",
                        "Enable it at RAM, or type another AccessKey of this user.")
                : Check.open(what, call);
    }
}
