package io.gyre.worker.target;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Target;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.machine.WebUserRotation.WebUserEffect;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** The worked example of docs/add-a-secret-type.md: users of a web server, by HTTP. */
public final class WebUserTarget implements Target {
    /** Of all of a request; below the effect's own, so that a hung server is told of as one. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int FIRST_REFUSAL = 400;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final SecretText administrator;
    private final Treatments treatments;

    /** @param administrator the token by which the worker may set passwords */
    public WebUserTarget(SecretText administrator) {
        this.administrator = administrator;
        this.treatments = Treatments.of(WebUserEffect.class)
                .on(WebUserEffect.ReachServer.class, (effect, values) -> trial(effect, values)
                        .map(tried -> tried.asReach("currentUser")))
                .on(
                        WebUserEffect.SetPassword.class,
                        (effect, values) -> set(effect.server(), values.of(effect.which())))
                .on(WebUserEffect.ProveUser.class, (effect, values) -> trial(effect, values)
                        .map(Trial::asProof))
                .on(WebUserEffect.ProveUserRefused.class, (effect, values) -> trial(effect, values)
                        .map(Trial::asProofOfRefusal))
                .build();
    }

    @Override
    public Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
        return treatments.perform(effect, credentials);
    }

    private Uni<Outcome> set(URI server, StoredValue user) {
        String name = user.name("UserName");
        HttpRequest request = HttpRequest.newBuilder(server.resolve("users/" + name))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + administrator.reveal())
                .PUT(BodyPublishers.ofString(user.secret("Password").reveal()))
                .build();
        return send(request)
                .map(answer -> set(name, server, answer.statusCode()))
                .onFailure()
                .recoverWithItem(failure -> notSet(name, server, failure));
    }

    private static Outcome set(String name, URI server, int status) {
        if (status < FIRST_REFUSAL) {
            return Done.plain();
        }
        return status == NOT_FOUND
                ? new Refused(
                        Remedy.ASK_PERSON,
                        "NoSuchUser",
                        server + " has no user " + name + ": create the user again, then retry.")
                : new Refused(
                        Remedy.RETRY,
                        "Status" + status,
                        server + " did not set the password of " + name + ": it answered " + status + ".");
    }

    /** What was not even connected has changed nothing; of anything else nobody knows. */
    private static Outcome notSet(String name, URI server, Throwable failure) {
        return failure instanceof ConnectException
                ? notReached(server)
                : new Unclear(server + " did not answer when the password of " + name + " was set.");
    }

    private Uni<Trial> trial(WebUserEffect effect, Treatments.Values values) {
        StoredValue user = values.of(effect.which());
        String name = user.name("UserName");
        String request = "A request as " + name + " to " + effect.server();
        String login = name + ":" + user.secret("Password").reveal();
        HttpRequest asked = HttpRequest.newBuilder(effect.server())
                .timeout(LIMIT)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        return send(asked)
                .map(answer -> tried(request, answer.statusCode()))
                .onFailure()
                .recoverWithItem(failure -> new Trial.Undecided(notReached(effect.server())));
    }

    private static Trial tried(String request, int status) {
        if (status == UNAUTHORIZED) {
            return new Trial.TurnedAway(request + " is refused.");
        }
        return status < FIRST_REFUSAL
                ? new Trial.LetIn(request + " succeeds.")
                : new Trial.Undecided(
                        new Refused(Remedy.RETRY, "Status" + status, request + " was answered with " + status + "."));
    }

    private static Refused notReached(URI server) {
        return new Refused(Remedy.RETRY, "ServerNotReached", server + " was not reached.");
    }

    private Uni<HttpResponse<Void>> send(HttpRequest request) {
        return Uni.createFrom().completionStage(() -> http.sendAsync(request, BodyHandlers.discarding()));
    }
}
