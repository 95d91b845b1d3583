package io.gyre.api.console;

import io.smallrye.mutiny.Uni;

/** A page whose form does something. */
interface FormPage extends Page {
    /** Does what the form asks for; it is this session's own. */
    Uni<Answer> submit(Visit visit, Visitor visitor, Form form);
}
