package io.gyre.api.console;

import io.smallrye.mutiny.Uni;

/** A page for those who are logged in. Others are sent to log in first, and come back. */
interface Page {
    /** Below {@link ConsoleRoutes#ROOT}; empty for the start page. A part that is a star stands for any, {@link Visit#part}. */
    String path();

    /** Whether it is for those too who have to choose another password first. */
    default boolean isOpenBeforeReset() {
        return false;
    }

    /** Changes nothing. */
    Uni<Answer> show(Visit visit, Visitor visitor);
}
