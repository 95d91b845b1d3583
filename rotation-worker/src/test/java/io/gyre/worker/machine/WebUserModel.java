package io.gyre.worker.machine;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.WebUserRotation.WebUserEffect;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A web server's users in a few words: the credentials that are let in, each as its user's name and whether its password is the new one.
 */
record WebUserModel(Set<String> letIn) implements TargetModel {
    private static final String FRESH = " with the new password";

    private static String user(String credential) {
        return credential.replace(FRESH, "");
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
        String credential = named(((WebUserEffect) effect).which(), rotation);
        if (effect instanceof WebUserEffect.SetPassword) {
            Set<String> changed = new TreeSet<>(letIn);
            changed.removeIf(each -> user(each).equals(user(credential)));
            changed.add(credential);
            return List.of(new Reaction(new WebUserModel(changed), Done.plain()));
        }
        boolean isDone = effect instanceof WebUserEffect.ReachServer
                || lets(credential) == (effect instanceof WebUserEffect.ProveUser);
        return List.of(new Reaction(this, isDone ? Done.plain() : new NotYet("Not so.")));
    }

    @Override
    public boolean lets(String credential) {
        return letIn.contains(credential);
    }

    @Override
    public String candidate(Rotation rotation) {
        return rotation.idle() + FRESH;
    }

    @Override
    public boolean isTidy(String current) {
        return lets(current);
    }
}
