package io.gyre.worker.verdict;

import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.Server;
import io.gyre.worker.machine.RdsRotation;
import java.util.List;

/**
 * An RDS account: RDS is asked for the instance and the account, then the database is logged in to. Of a pair, the other account
 * is tried too, since it is what ACSPrevious names and works on until the next rotation.
 */
public final class RdsLooks implements Looks {
    static final String NO_ACCOUNT = "InvalidAccountName.NotFound";

    @Override
    public Step next(Subject subject, List<Outcome> seen) {
        return switch (seen.size()) {
            case 0 -> new Step.Look(new InspectAccount(new Account(instance(subject), subject.current())));
            case 1 -> inspected(subject, seen.get(0));
            case 2 -> tried(subject, (Done) seen.get(0), seen.get(1));
            default -> previousTried(subject, seen.get(2));
        };
    }

    private static Step inspected(Subject subject, Outcome inspection) {
        if (inspection instanceof Done found) {
            return new Step.Look(new ProveLogin(server(found), Credential.FORMER));
        }
        return inspection instanceof Refused refused && refused.code().equals(NO_ACCOUNT)
                ? new Verdict.Refused(accountIsGone(subject), null)
                : new Verdict.Open(inspection.what());
    }

    private static Step tried(Subject subject, Done found, Outcome login) {
        if (login instanceof Done) {
            return isPair(subject)
                    ? new Step.Look(new ProveLogin(server(found), Credential.IDLE))
                    : new Verdict.Works(null);
        }
        return login instanceof NotYet refused
                ? new Verdict.Refused(passwordIsRefused(subject, refused.what()), null)
                : new Verdict.Open(login.what());
    }

    /** What is current works: whatever else comes of the other account leaves that so. */
    private static Step previousTried(Subject subject, Outcome login) {
        return login instanceof NotYet refused
                ? new Verdict.PreviousRefused(previousIsRefused(subject, refused.what()))
                : new Verdict.Works(null);
    }

    private static boolean isPair(Subject subject) {
        return subject.subType().equals("DoubleUsers") && subject.previous() != null;
    }

    private static String instance(Subject subject) {
        return subject.target("DBInstanceId");
    }

    /** Where the database answers, by what RDS told. */
    static Server server(Done found) {
        String port = String.valueOf(found.facts().get(RdsRotation.PORT));
        return new Server(String.valueOf(found.facts().get(RdsRotation.HOST)), Integer.parseInt(port));
    }

    private static Finding accountIsGone(Subject subject) {
        return new Finding(
                "RDS instance " + instance(subject) + " has no account " + subject.current() + ".",
                "The account was deleted past Gyre: programs that read the secret are refused.",
                isPair(subject)
                        ? "Move the programs to account " + subject.previous() + " by a repair (" + subject.repair()
                                + "), and create account " + subject.current() + " again for the rotation after it."
                        : "Create the account again with its privileges at RDS, then order a repair ("
                                + subject.repair() + "), which sets a fresh password.");
    }

    private static Finding passwordIsRefused(Subject subject, String what) {
        return new Finding(
                what,
                "The password of account " + subject.current() + " was changed past Gyre, or the account may not log in"
                        + " any more: programs that read the secret are refused.",
                isPair(subject)
                        ? "Order a repair (" + subject.repair() + "), which sets a fresh password for account "
                                + subject.previous() + " and moves the programs to it."
                        : "Order a repair (" + subject.repair() + "), which sets a fresh password; or set the password"
                                + " that the secret keeps at RDS again.");
    }

    private static Finding previousIsRefused(Subject subject, String what) {
        return new Finding(
                what,
                "Account " + subject.previous()
                        + " is ACSPrevious, so programs that follow ACSCurrent work on; one that"
                        + " still uses the previous account is refused.",
                "Leave it to the next rotation, which sets a fresh password for this account; or order that now as a"
                        + " repair (" + subject.repair() + ").");
    }
}
