package io.gyre.api.console;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code /console/secrets/create}: which kind of secret is to be created; each has a page of its own. */
@ApplicationScoped
class NewSecretChoicePage implements Page {
    static final String PATH = "secrets/create";

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return Uni.createFrom()
                .item(Answer.page(
                        200,
                        Templates.newSecretChoice(
                                Frame.of("Create a secret", visit, visitor), List.of(NewSecretKind.values()))));
    }
}
