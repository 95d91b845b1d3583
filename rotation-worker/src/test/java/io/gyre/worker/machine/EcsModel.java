package io.gyre.worker.machine;

import io.gyre.worker.machine.EcsEffect.AddKey;
import io.gyre.worker.machine.EcsEffect.AwaitCommand;
import io.gyre.worker.machine.EcsEffect.InspectInstance;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.ProveSshRefused;
import io.gyre.worker.machine.EcsEffect.RemoveKey;
import io.gyre.worker.machine.EcsEffect.SetPassword;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An ECS instance: the credentials that are let in, and the command that its agent is at work on. */
record EcsModel(Set<String> letIn, String command) implements TargetModel {
    static final String NEW = "the new credential";
    static final String OLD = "root";

    private EcsModel settled() {
        Set<String> changed = new TreeSet<>(letIn);
        switch (command) {
            case "add" -> changed.add(NEW);
            case "remove" -> changed.remove(OLD);
            case "set" -> {
                changed.remove(OLD);
                changed.add(NEW);
            }
            default -> {
                return this;
            }
        }
        return new EcsModel(changed, "");
    }

    @Override
    public List<Reaction> perform(Effect effect, Rotation rotation) {
        if (effect instanceof InspectInstance) {
            return List.of(new Reaction(this, Done.with(Map.of(EcsRotation.HOST, "h"))));
        }
        if (effect instanceof AddKey) {
            return sent("add");
        }
        if (effect instanceof RemoveKey) {
            return sent("remove");
        }
        if (effect instanceof SetPassword) {
            return sent("set");
        }
        if (effect instanceof AwaitCommand) {
            Reaction settled = new Reaction(settled(), Done.plain());
            return command.isEmpty()
                    ? List.of(settled)
                    : List.of(settled, new Reaction(this, new NotYet("The agent is at work.")));
        }
        if (effect instanceof ProveSsh) {
            return answer(lets(NEW));
        }
        return answer(effect instanceof ProveSshRefused && !lets(OLD));
    }

    /** An agent does one command after the other: the one before is done when the next begins. */
    private List<Reaction> sent(String next) {
        return List.of(
                new Reaction(new EcsModel(settled().letIn, next), Done.with(Map.of(EcsRotation.COMMAND, "t-1"))));
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
        return NEW;
    }

    @Override
    public boolean isTidy(String current) {
        return letIn.equals(Set.of(current));
    }
}
