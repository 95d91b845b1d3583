package io.gyre.api.console;

import io.gyre.api.workers.Verb;
import java.util.Arrays;
import java.util.Optional;

/** What can be ordered of a rotation, as buttons say it, and what each destroys. */
enum OrderWords {
    RETRY(
            Verb.RETRY,
            "RetryRotation",
            "Retry now",
            "Nothing is destroyed: what is tried next is tried at once, and where a person was waited for, it goes on from"
                    + " there."),
    EXTEND(
            Verb.EXTEND,
            "ExtendRotation",
            "Extend overlap",
            "Nothing is destroyed: both credentials live on for longer."),
    ROLL_BACK(
            Verb.ROLL_BACK,
            "RollBackRotation",
            "Roll back",
            "The new credential (%1$s) is destroyed at its target, and whoever uses it is refused. The former one (%2$s) is"
                    + " current again, and the rotation ends as Failed."),
    GIVE_UP(
            Verb.GIVE_UP,
            "GiveUpRotation",
            "Give up",
            "The rotation ends as Failed at once. Its target is not touched any more: the new credential (%1$s), if it was made"
                    + " there, stays until somebody removes it, and is listed as left behind.");

    private final Verb verb;
    private final String operation;
    private final String button;
    private final String destroys;

    OrderWords(Verb verb, String operation, String button, String destroys) {
        this.verb = verb;
        this.operation = operation;
        this.button = button;
        this.destroys = destroys;
    }

    static Optional<OrderWords> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(words -> words.verb.label().equals(label))
                .findFirst();
    }

    Verb verb() {
        return verb;
    }

    /** Of the operations API. */
    String operation() {
        return operation;
    }

    String button() {
        return button;
    }

    /** In sentences, with both credentials' names. */
    String destroys(String candidate, String former) {
        return String.format(destroys, candidate, former);
    }
}
