package io.gyre.cli.operations;

import io.gyre.platform.PlatformException;

/** An API said no, in its own sentence. */
public final class ApiRefusal extends PlatformException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code what programs tell refusals apart by; empty where the API gave none */
    ApiRefusal(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    /**
     * The sentence for whoever named something that is not there: the APIs of clouds say only that it is not.
     *
     * @param named as it was typed
     */
    public String ofWhatWasNamed(String named) {
        if (code.equals("Forbidden.ResourceNotFound")) {
            return "There is no secret \"" + named
                    + "\": ./gyre secrets lists those of KMS instances, and with --kms-1.0 the others.";
        }
        if (code.equals("EntityNotExist.User") || code.equals("EntityNotExist.Role")) {
            return "There is no \"" + named + "\": the console lists users and roles under Access.";
        }
        return String.valueOf(getMessage());
    }
}
