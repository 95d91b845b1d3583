package io.gyre.worker.target;

/** A secret's value does not have the form that its type documents. Its message never quotes the value. */
final class UnreadableValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableValue(String message) {
        super(message, null, false, false);
    }
}
