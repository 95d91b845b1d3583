package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.DryRunView;
import io.gyre.api.operations.SecretScheduleView;
import io.gyre.api.operations.TriedRotations;
import io.gyre.api.operations.ViewedRotations;
import io.gyre.api.operations.ViewedSchedules;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * {@code /console/secret?name=NAME}: one secret with its versions, its policy and its rotations; its value once a button is pressed.
 * A name may contain slashes, so it stands in the query.
 */
@ApplicationScoped
class OneSecretPage implements FormPage {
    static final String PATH = "secret";

    /** More than a secret has versions that are worth a look. */
    private static final String VERSIONS = "50";

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final ConsoleActions actions;
    private final ConsoleCalls calls;
    private final ViewedSchedules schedules;
    private final ViewedRotations rotations;
    private final TriedRotations trials;

    OneSecretPage(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            ConsoleActions actions,
            ConsoleCalls calls,
            ViewedSchedules schedules,
            ViewedRotations rotations,
            TriedRotations trials) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.actions = actions;
        this.calls = calls;
        this.schedules = schedules;
        this.rotations = rotations;
        this.trials = trials;
    }

    /**
     * What came of a button, besides what the page always shows.
     *
     * @param refusal why it was not done; empty where it was, or nothing was asked for
     */
    record Outcome(int status, String refusal, Optional<SecretText> value, Optional<DryRunView> trial) {
        static final Outcome NOTHING = new Outcome(200, "", Optional.empty(), Optional.empty());

        static Outcome refused(RpcFault fault) {
            return new Outcome(fault.status(), fault.text(), Optional.empty(), Optional.empty());
        }

        static Outcome of(SecretText value) {
            return new Outcome(200, "", Optional.of(value), Optional.empty());
        }

        static Outcome of(DryRunView trial) {
            return new Outcome(200, "", Optional.empty(), Optional.of(trial));
        }
    }

    static String address(String name) {
        return ConsoleRoutes.ROOT + PATH + "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return page(visit, visitor, visit.query().text("name"), Outcome.NOTHING);
    }

    /** A value is in the answer to the form alone: no address leads to it, and nothing keeps it. */
    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        String name = form.text("name");
        return Uni.createFrom()
                .deferred(() -> switch (form.text("do")) {
                    case "value" -> value(visit, visitor, name);
                    case "rotate" -> rotate(visit, visitor, name);
                    case "policy" -> policy(visit, visitor, name, form);
                    case "dry-run" -> dryRun(visit, visitor, name);
                    default -> throw ConsoleFaults.unreadableForm();
                })
                .onFailure(failure -> failure instanceof RpcFault)
                .recoverWithUni(failure -> page(visit, visitor, name, Outcome.refused((RpcFault) failure)));
    }

    private Uni<Answer> value(Visit visit, Visitor visitor, String name) {
        return actions.call(visit, visitor, "GetSecretValue", Map.of("SecretName", name))
                .chain(answer -> page(
                        visit,
                        visitor,
                        name,
                        Outcome.of(SecretText.of(answer.path("SecretData").asText()))));
    }

    private Uni<Answer> rotate(Visit visit, Visitor visitor, String name) {
        return actions.call(
                        visit,
                        visitor,
                        "RotateSecret",
                        Map.of(
                                "SecretName",
                                name,
                                "VersionId",
                                UUID.randomUUID().toString()))
                .map(begun -> Answer.goTo(address(name)));
    }

    private Uni<Answer> policy(Visit visit, Visitor visitor, String name, Form form) {
        String interval = form.text("interval").trim();
        Map<String, String> parameters = interval.isEmpty()
                ? Map.of("SecretName", name, "EnableAutomaticRotation", "false")
                : Map.of("SecretName", name, "EnableAutomaticRotation", "true", "RotationInterval", interval);
        return actions.call(visit, visitor, "UpdateSecretRotationPolicy", parameters)
                .map(changed -> Answer.goTo(address(name)));
    }

    private Uni<Answer> dryRun(Visit visit, Visitor visitor, String name) {
        Operation operation = new Operation("DryRunRotation", "dry-runs", Map.of("secretName", name));
        return calls.make(visit, visitor, operation, () -> trials.look(visitor.asCaller(), name))
                .chain(trial -> page(visit, visitor, name, Outcome.of(trial)));
    }

    private Uni<Answer> page(Visit visit, Visitor visitor, String name, Outcome outcome) {
        return actions.call(visit, visitor, "DescribeSecret", Map.of("SecretName", name, "FetchTags", "true"))
                .chain(secret -> versions(visit, visitor, secret).chain(versions -> schedule(visit, visitor, secret)
                        .chain(schedule -> lines(visit, visitor, secret).chain(lines -> preview(visit, visitor, secret)
                                .chain(preview -> sessions.withStatelessSession(calendar::now)
                                        .map(now -> new SecretSeen(
                                                secret,
                                                versions,
                                                schedule,
                                                preview,
                                                lines,
                                                outcome,
                                                now.calendar())))))))
                .map(seen -> Answer.page(
                        Math.max(outcome.status(), seen.status()),
                        Templates.secret(Frame.of(seen.name(), visit, visitor), seen)));
    }

    private Uni<Seen<JsonNode>> versions(Visit visit, Visitor visitor, JsonNode secret) {
        return Seen.of(actions.call(
                visit,
                visitor,
                "ListSecretVersionIds",
                Map.of("SecretName", name(secret), "IncludeDeprecated", "true", "PageSize", VERSIONS)));
    }

    private Uni<Seen<SecretScheduleView>> schedule(Visit visit, Visitor visitor, JsonNode secret) {
        if (!isManaged(secret)) {
            return Uni.createFrom().item(Seen.nothing());
        }
        String name = name(secret);
        Operation operation = new Operation("GetSecretSchedule", "schedule/secret", Map.of("secretName", name));
        return Seen.of(calls.make(
                visit,
                visitor,
                operation,
                () -> sessions.withStatelessSession(session -> schedules.now(session, visitor.accountId(), name))));
    }

    /** Of the interval that the address asks about. */
    private Uni<Seen<SecretScheduleView>> preview(Visit visit, Visitor visitor, JsonNode secret) {
        String interval = visit.query().text("interval");
        if (!isManaged(secret) || interval.isEmpty()) {
            return Uni.createFrom().item(Seen.nothing());
        }
        String name = name(secret);
        Operation operation =
                new Operation("PreviewSecretSchedule", "schedule/secret/preview", Map.of("secretName", name));
        return Seen.of(calls.make(
                visit,
                visitor,
                operation,
                () -> sessions.withStatelessSession(
                        session -> schedules.preview(session, visitor.accountId(), name, interval, null))));
    }

    private Uni<Seen<List<RotationLine>>> lines(Visit visit, Visitor visitor, JsonNode secret) {
        if (!isManaged(secret)) {
            return Uni.createFrom().item(Seen.nothing());
        }
        return Seen.of(calls.make(
                visit,
                visitor,
                RotationsPage.LIST,
                () -> sessions.withStatelessSession(session -> rotations
                        .of(session, visitor.accountId(), name(secret))
                        .chain(found -> rotations.timelines(session, found).chain(timelines -> calendar.now(session)
                                .map(now -> RotationList.lines(found, timelines, now.calendar())))))));
    }

    private static boolean isManaged(JsonNode secret) {
        return !secret.path("SecretType").asText().equals("Generic");
    }

    private static String name(JsonNode secret) {
        return secret.path("SecretName").asText();
    }
}
