package io.gyre.api.console;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /console/}: who you are, and what is here. */
@ApplicationScoped
class StartPage implements Page {
    @Override
    public String path() {
        return "";
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return Uni.createFrom().item(Answer.page(200, Templates.start(Frame.of("Start", visit, visitor), visitor)));
    }
}
