package io.gyre.worker.machine;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.RdsEffect.AwaitAccount;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.ProveLoginRefused;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An RDS instance's accounts: the credentials that are let in, each as its account's name and whether its password is the
 * new one, and the account that RDS is at work on.
 */
record RdsModel(Set<String> letIn, String atWorkOn) implements TargetModel {
    private static String fresh(String account) {
        return account + " with the new password";
    }

    private RdsModel settled() {
        if (atWorkOn.isEmpty()) {
            return this;
        }
        Set<String> changed = new TreeSet<>(letIn);
        changed.remove(atWorkOn);
        changed.add(fresh(atWorkOn));
        return new RdsModel(changed, "");
    }

    @Override
    public List<Reaction> perform(Effect effect, Rotation rotation) {
        if (effect instanceof InspectAccount) {
            return List.of(new Reaction(this, Done.with(Map.of(RdsRotation.HOST, "h", RdsRotation.PORT, "1"))));
        }
        if (effect instanceof ResetPassword reset) {
            return List.of(new Reaction(new RdsModel(letIn, reset.account()), Done.plain()));
        }
        if (effect instanceof AwaitAccount) {
            Reaction settled = new Reaction(settled(), Done.plain());
            return atWorkOn.isEmpty()
                    ? List.of(settled)
                    : List.of(settled, new Reaction(this, new NotYet("RDS is at work.")));
        }
        if (effect instanceof ProveLogin) {
            return answer(lets(candidate(rotation)));
        }
        ProveLoginRefused refused = (ProveLoginRefused) effect;
        String replaced = refused.which() == Credential.IDLE ? String.valueOf(rotation.idle()) : rotation.former();
        return answer(!lets(replaced));
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
        return fresh(rotation.idle() == null ? rotation.former() : rotation.idle());
    }

    @Override
    public boolean isTidy(String current) {
        return letIn.contains(current);
    }
}
