package io.gyre.worker.machine;

import io.gyre.worker.machine.EcsEffect.AddKey;
import io.gyre.worker.machine.EcsEffect.AwaitCommand;
import io.gyre.worker.machine.EcsEffect.InspectInstance;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.ProveSshRefused;
import io.gyre.worker.machine.EcsEffect.ReachSsh;
import io.gyre.worker.machine.EcsEffect.RemoveKey;
import io.gyre.worker.machine.EcsEffect.SetPassword;
import io.gyre.worker.machine.EcsEffect.TryBothSsh;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An ECS instance: the credentials that are let in, and the command that its agent is at work on. */
record EcsModel(Set<String> letIn, Command command) implements TargetModel {
    static final String NEW = "the new credential";
    static final String OLD = "root";

    /** What the agent is told to do. */
    enum Verb {
        REST,
        ADD,
        REMOVE,
        SET
    }

    record Command(Verb verb, String credential) {
        static final Command NONE = new Command(Verb.REST, "");
    }

    static EcsModel quiet(String... letIn) {
        return new EcsModel(Set.of(letIn), Command.NONE);
    }

    private EcsModel settled() {
        Set<String> changed = new TreeSet<>(letIn);
        switch (command.verb) {
            case ADD -> changed.add(command.credential);
            case REMOVE -> changed.remove(command.credential);
            case SET -> {
                changed.clear();
                changed.add(command.credential);
            }
            case REST -> {
                return this;
            }
        }
        return new EcsModel(changed, Command.NONE);
    }

    private static String named(Credential which) {
        return which == Credential.CANDIDATE ? NEW : OLD;
    }

    @Override
    public List<Reaction> perform(Effect effect, Rotation rotation) {
        if (effect instanceof InspectInstance) {
            return List.of(new Reaction(this, Done.with(Map.of(EcsRotation.HOST, "h"))));
        }
        if (effect instanceof ReachSsh) {
            String login = lets(OLD) ? "works" : "refused";
            return List.of(new Reaction(this, Done.with(Map.of(EcsRotation.LOGIN, login))));
        }
        if (effect instanceof AddKey add) {
            return sent(new Command(Verb.ADD, named(add.which())));
        }
        if (effect instanceof RemoveKey remove) {
            return sent(new Command(Verb.REMOVE, named(remove.which())));
        }
        if (effect instanceof SetPassword set) {
            return sent(new Command(Verb.SET, named(set.which())));
        }
        if (effect instanceof AwaitCommand) {
            Reaction settled = new Reaction(settled(), Done.plain());
            return command.equals(Command.NONE)
                    ? List.of(settled)
                    : List.of(settled, new Reaction(this, new NotYet("The agent is at work.")));
        }
        if (effect instanceof TryBothSsh) {
            return lets(OLD)
                    ? List.of(new Reaction(this, new Refused(Remedy.RETRY, "NotChanged", "The former one works.")))
                    : answer(lets(NEW));
        }
        if (effect instanceof ProveSsh prove) {
            return answer(lets(named(prove.which())));
        }
        return answer(effect instanceof ProveSshRefused refused && !lets(named(refused.which())));
    }

    /** An agent does one command after the other: the one before is done when the next begins. */
    private List<Reaction> sent(Command next) {
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
        return settled().letIn.equals(Set.of(current));
    }
}
