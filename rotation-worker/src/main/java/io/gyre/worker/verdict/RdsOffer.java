package io.gyre.worker.verdict;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * RDS accounts: for each, RDS is asked for the instance and the account, then the database is logged in to with the password that was
 * typed. Source: the FAQ, "RDS secret account verification fails".
 */
public final class RdsOffer implements OfferLooks {
    @Override
    public Next next(Subject subject, List<Outcome> seen) {
        Iterator<Outcome> outcomes = seen.iterator();
        List<Check> checks = new ArrayList<>();
        String instance = subject.target("DBInstanceId");
        for (Offered account : Offered.of(subject)) {
            if (!outcomes.hasNext()) {
                return new Next.Look(new InspectAccount(new Account(instance, account.name())));
            }
            Outcome inspection = outcomes.next();
            checks.add(inspected(instance, account.name(), inspection));
            if (inspection instanceof Done found) {
                if (!outcomes.hasNext()) {
                    return new Next.Look(new ProveLogin(RdsLooks.server(found), account.which()));
                }
                checks.add(tried(account.name(), outcomes.next()));
            }
        }
        return new Next.Ended(checks);
    }

    private static Check inspected(String instance, String account, Outcome outcome) {
        String what = "RDS instance " + instance + ", account " + account;
        if (outcome instanceof Done) {
            return Check.works(
                    what, "RDS has the instance and the account, and both are available.", "It can be rotated.");
        }
        String code = outcome instanceof Refused refused ? refused.code() : "";
        if (code.startsWith("InvalidDBInstanceId.NotFound") || code.startsWith("InvalidDBInstanceName.NotFound")) {
            return Check.refused(
                    what,
                    "RDS has no instance " + instance + ".",
                    "It was deleted, belongs to another account or region, or is called otherwise: nothing checks such a"
                            + " password.",
                    "Look the instance's id up at RDS, and type it here.");
        }
        return code.equals(RdsLooks.NO_ACCOUNT)
                ? Check.refused(
                        what,
                        "RDS instance " + instance + " has no account " + account + ".",
                        "It was deleted, or is called otherwise: its password could never be reset.",
                        "Create the account at RDS, or type the name of one that is there.")
                : Check.open(what, outcome);
    }

    private static Check tried(String account, Outcome login) {
        String what = "Login as " + account;
        if (login instanceof Done) {
            return Check.works(
                    what, "The database lets " + account + " in.", "Programs that read the secret will be let in.");
        }
        return login instanceof NotYet refused
                ? Check.refused(
                        what,
                        refused.what(),
                        "The password is not the one that the database has, or the account may not log in: programs that read"
                                + " the secret would be refused.",
                        "Type the password that the account has now; or reset it at RDS, and type the new one.")
                : Check.open(what, login);
    }
}
