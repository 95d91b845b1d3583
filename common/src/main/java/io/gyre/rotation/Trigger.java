package io.gyre.rotation;

import java.util.Locale;

/** What began a rotation. */
public enum Trigger {
    /** The secret's rotation policy: its date had come. */
    AUTOMATIC,
    /** A call of RotateSecret. */
    IMMEDIATE,
    /** An operator's order, since the current credential was found not to work any more. */
    REPAIR;

    /** As the table {@code rotation} and the events spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a label that no trigger has */
    public static Trigger ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
