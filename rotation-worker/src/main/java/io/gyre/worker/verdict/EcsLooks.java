package io.gyre.worker.verdict;

import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect.InspectInstance;
import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import java.util.List;

/** A login of an ECS instance: ECS is asked for the instance, then it is logged in to over SSH. */
public final class EcsLooks implements Looks {
    @Override
    public Step next(Subject subject, List<Outcome> seen) {
        return switch (seen.size()) {
            case 0 -> new Step.Look(new InspectInstance(instance(subject)));
            case 1 -> inspected(subject, seen.get(0));
            default -> tried(subject, seen.get(1));
        };
    }

    private static Step inspected(Subject subject, Outcome inspection) {
        if (!(inspection instanceof Done found)) {
            return new Verdict.Open(inspection.what());
        }
        return new Step.Look(new ProveSsh(server(subject, found), Credential.FORMER));
    }

    static Instance instance(Subject subject) {
        return new Instance(subject.target("RegionId"), subject.target("InstanceId"));
    }

    /** Where SSH answers, by what ECS told. */
    static SshServer server(Subject subject, Done found) {
        return EcsRotation.server(String.valueOf(found.facts().get(EcsRotation.HOST)), subject.target());
    }

    private static Step tried(Subject subject, Outcome login) {
        if (login instanceof Done) {
            return new Verdict.Works(null);
        }
        return login instanceof NotYet refused
                ? new Verdict.Refused(loginIsRefused(subject, refused.what()), null)
                : new Verdict.Open(login.what());
    }

    private static Finding loginIsRefused(Subject subject, String what) {
        boolean key = subject.subType().equals("SSHKey");
        return new Finding(
                what,
                (key
                                ? "The SSH key of " + subject.current() + " was removed from the instance past Gyre"
                                : "The password of " + subject.current() + " was changed on the instance past Gyre")
                        + ", or the account may not log in any more: programs that read the secret are refused.",
                "Order a repair (" + subject.repair() + "), which has the instance's command agent "
                        + (key ? "add a new key." : "set a fresh password."));
    }
}
