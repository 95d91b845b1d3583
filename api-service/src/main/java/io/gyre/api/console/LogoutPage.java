package io.gyre.api.console;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /console/logout}: ends the session here and for whoever else has its token. */
@ApplicationScoped
class LogoutPage implements FormPage {
    private final Sessions sessions;

    LogoutPage(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String path() {
        return "logout";
    }

    @Override
    public boolean isOpenBeforeReset() {
        return true;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return Uni.createFrom().item(Answer.goTo(ConsoleRoutes.ROOT));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        return sessions.end(visit.token().orElseThrow())
                .replaceWith(
                        () -> Answer.goTo(ConsoleRoutes.ROOT + LoginPage.PATH).with(SessionCookie.gone()));
    }
}
