package io.gyre.api.console;

import io.smallrye.mutiny.Uni;

/** A page for whoever comes: to log in. */
interface OpenPage {
    /** Below {@link ConsoleRoutes#ROOT}. */
    String path();

    /** Changes nothing. */
    Uni<Answer> show(Visit visit);

    /** What comes is from a page of this console, by what the browser says. */
    Uni<Answer> submit(Visit visit, Form form);
}
