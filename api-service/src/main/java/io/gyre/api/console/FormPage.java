package io.gyre.api.console;

import io.smallrye.mutiny.Uni;

/** A page whose form does something. */
interface FormPage extends Page {
    /** In bytes. */
    int USUAL_LIMIT = 8 * 1024;

    /** Of its form, in bytes: names and passwords, unless it says otherwise. */
    default int bodyLimit() {
        return USUAL_LIMIT;
    }

    /** Whether its form brings a file along, and is therefore {@code multipart/form-data}. */
    default boolean takesFile() {
        return false;
    }

    /** Does what the form asks for; it is this session's own. */
    Uni<Answer> submit(Visit visit, Visitor visitor, Form form);
}
