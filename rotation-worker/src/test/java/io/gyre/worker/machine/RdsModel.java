package io.gyre.worker.machine;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect.AwaitAccount;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.ProveLoginRefused;
import io.gyre.worker.machine.RdsEffect.ReachDatabase;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsEffect.TryBoth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An RDS instance's accounts: the credentials that are let in, each as its account's name and whether its password is the
 * new one, and the credential that RDS is at work to set.
 */
record RdsModel(Set<String> letIn, String setting) implements TargetModel {
    private static final String FRESH = " with the new password";

    private static String account(String credential) {
        return credential.replace(FRESH, "");
    }

    private RdsModel settled() {
        if (setting.isEmpty()) {
            return this;
        }
        Set<String> changed = new TreeSet<>(letIn);
        changed.removeIf(each -> account(each).equals(account(setting)));
        changed.add(setting);
        return new RdsModel(changed, "");
    }

    private String named(Credential which, Rotation rotation) {
        return switch (which) {
            case CANDIDATE -> candidate(rotation);
            case FORMER -> rotation.former();
            case IDLE -> String.valueOf(rotation.idle());
        };
    }

    @Override
    public List<Reaction> perform(Effect effect, Rotation rotation) {
        if (effect instanceof InspectAccount) {
            return List.of(new Reaction(this, Done.with(Map.of(RdsRotation.HOST, "h", RdsRotation.PORT, "1"))));
        }
        if (effect instanceof ReachDatabase reach) {
            String login = lets(named(reach.which(), rotation)) ? "works" : "refused";
            return List.of(new Reaction(this, Done.with(Map.of(RdsRotation.LOGIN, login))));
        }
        if (effect instanceof ResetPassword reset) {
            return reset(named(reset.which(), rotation));
        }
        if (effect instanceof AwaitAccount) {
            Reaction settled = new Reaction(settled(), Done.plain());
            return setting.isEmpty()
                    ? List.of(settled)
                    : List.of(settled, new Reaction(this, new NotYet("RDS is at work.")));
        }
        if (effect instanceof TryBoth) {
            return lets(rotation.former())
                    ? List.of(new Reaction(this, new Refused(Remedy.RETRY, "NotChanged", "The former one works.")))
                    : answer(lets(candidate(rotation)));
        }
        if (effect instanceof ProveLogin prove) {
            return answer(lets(named(prove.which(), rotation)));
        }
        ProveLoginRefused refused = (ProveLoginRefused) effect;
        return answer(!lets(named(refused.which(), rotation)));
    }

    /** While RDS is at work on the account it may refuse, or do the one after the other. */
    private List<Reaction> reset(String credential) {
        Reaction taken = new Reaction(new RdsModel(settled().letIn, credential), Done.plain());
        return setting.isEmpty()
                ? List.of(taken)
                : List.of(taken, new Reaction(this, new Refused(Remedy.RETRY, "IncorrectAccountStatus", "At work.")));
    }

    private List<Reaction> answer(boolean done) {
        return List.of(new Reaction(this, done ? Done.plain() : new NotYet("Not so.")));
    }

    @Override
    public boolean lets(String credential) {
        return letIn.contains(credential);
    }

    @Override
    public String candidate(Rotation rotation) {
        return (rotation.idle() == null ? rotation.former() : rotation.idle()) + FRESH;
    }

    @Override
    public boolean isTidy(String current) {
        return settled().lets(current);
    }
}
