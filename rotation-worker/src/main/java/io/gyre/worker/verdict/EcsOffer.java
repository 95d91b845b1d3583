package io.gyre.worker.verdict;

import io.gyre.worker.machine.EcsEffect.InspectInstance;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import java.util.List;
import java.util.Set;

/** A login of an ECS instance: ECS is asked for the instance, then it is logged in to over SSH with what was typed. */
public final class EcsOffer implements OfferLooks {
    private static final Set<String> NO_INSTANCE =
            Set.of("InvalidInstance.NotFound", "InvalidInstanceId.NotFound", "InstanceNotExists", "InstanceReleased");
    private static final Set<String> NOT_RUNNING = Set.of("IncorrectInstanceStatus", "InstanceNotRunning");

    @Override
    public Next next(Subject subject, List<Outcome> seen) {
        if (seen.isEmpty()) {
            return new Next.Look(new InspectInstance(EcsLooks.instance(subject)));
        }
        Check inspected = inspected(subject.target("InstanceId"), seen.get(0));
        if (!(seen.get(0) instanceof Done found)) {
            return new Next.Ended(List.of(inspected));
        }
        Offered login = Offered.of(subject).get(0);
        return seen.size() == 1
                ? new Next.Look(new ProveSsh(EcsLooks.server(subject, found), login.which()))
                : new Next.Ended(List.of(inspected, tried(subject, login.name(), seen.get(1))));
    }

    private static Check inspected(String instance, Outcome outcome) {
        String what = "ECS instance " + instance;
        if (outcome instanceof Done) {
            return Check.works(what, "ECS has the instance, and it runs.", "It can be rotated.");
        }
        String code = outcome instanceof Refused refused ? refused.code() : "";
        if (NO_INSTANCE.contains(code)) {
            return Check.refused(
                    what,
                    "ECS has no instance " + instance + ".",
                    "It was released, belongs to another account or region, or is called otherwise: nothing checks such a login.",
                    "Look the instance's id up at ECS, and type it here.");
        }
        return NOT_RUNNING.contains(code)
                ? Check.refused(
                        what,
                        "ECS instance " + instance + " does not run.",
                        "Nobody can log in to it, and its credential cannot be replaced.",
                        "Start the instance, then verify again.")
                : Check.open(what, outcome);
    }

    private static Check tried(Subject subject, String user, Outcome login) {
        String what = "SSH login as " + user;
        if (login instanceof Done) {
            return Check.works(
                    what, "The instance lets " + user + " in.", "Programs that read the secret will be let in.");
        }
        boolean key = subject.subType().equals("SSHKey");
        return login instanceof NotYet refused
                ? Check.refused(
                        what,
                        refused.what(),
                        (key
                                        ? "The instance does not know the public key of this private key"
                                        : "The password is not the one that the instance has, or its SSH takes none")
                                + ", or has no such user: programs that read the secret would be refused.",
                        key
                                ? "Add the public key to the user's authorized_keys, or type the pair that is there."
                                : "Type the password that the user has now, or set it on the instance and type the new one.")
                : Check.open(what, login);
    }
}
