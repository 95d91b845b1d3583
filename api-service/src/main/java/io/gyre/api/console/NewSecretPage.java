package io.gyre.api.console;

import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.SecretScheduleView;
import io.gyre.api.operations.ViewedSchedules;
import io.gyre.api.ram.AuthorizationLink;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.secrets.OfferedSecrets;
import io.gyre.api.secrets.Spans;
import io.gyre.api.workers.CredentialOffers;
import io.gyre.api.workers.OfferCheck;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretArn;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * {@code /console/secrets/create/KIND}: a form; what its target says of the credential that was typed, with what would be created;
 * then CreateSecret. One address for all three: what was typed goes from one to the next in the form, sealed.
 */
@ApplicationScoped
class NewSecretPage implements FormPage {
    /** A value of 30,720 bytes and 20 tags, of which each byte may take three in a form, and the same sealed. */
    private static final int BODY_LIMIT = 256 * 1024;

    private static final String NO_ROLE = "Forbidden.RamRoleNotFound";

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final Installation installation;
    private final ConsoleActions actions;
    private final ConsoleCalls calls;
    private final NewSecretDrafts drafts;
    private final OfferedSecrets offers;
    private final ViewedSchedules schedules;
    private final InstancesPage instances;
    private final NewSecretKeys keys;
    private final RotationRolePage rolePage;
    private final AuthorizationLink link;

    NewSecretPage(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            Installation installation,
            ConsoleActions actions,
            ConsoleCalls calls,
            NewSecretDrafts drafts,
            OfferedSecrets offers,
            ViewedSchedules schedules,
            InstancesPage instances,
            NewSecretKeys keys,
            RotationRolePage rolePage,
            AuthorizationLink link) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.installation = installation;
        this.actions = actions;
        this.calls = calls;
        this.drafts = drafts;
        this.offers = offers;
        this.schedules = schedules;
        this.instances = instances;
        this.keys = keys;
        this.rolePage = rolePage;
        this.link = link;
    }

    @Override
    public String path() {
        return NewSecretChoicePage.PATH + "/*";
    }

    @Override
    public int bodyLimit() {
        return BODY_LIMIT;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        NewSecretDraft blank = NewSecretDraft.blank(kind(visit), visit.query().text(NewSecretDraft.INSTANCE));
        return form(visit, visitor, blank);
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        NewSecretKind kind = kind(visit);
        Optional<NewSecretDraft> before = drafts.opened(visitor, kind, form.text(NewSecretDrafts.FIELD));
        // A page without fields carries the draft alone.
        boolean typed = form.has(NewSecretDraft.KEY);
        NewSecretDraft draft =
                typed ? NewSecretDraft.typed(kind, form, before) : before.orElseThrow(ConsoleFaults::draftGone);
        return switch (form.text("do")) {
            case "verify" -> verify(visit, visitor, draft);
            case "create" ->
                draft.verified() || !kind.managed() ? create(visit, visitor, draft) : verify(visit, visitor, draft);
            case "change", "refresh" -> form(visit, visitor, draft);
            case "keys" -> form(visit, visitor, draft, Optional.empty(), NewSecretDraft.KEY);
            case "tag" -> {
                NewSecretDraft more = draft.withAnotherTag();
                yield form(
                        visit,
                        visitor,
                        more,
                        Optional.empty(),
                        NewSecretDraft.tagKey(more.tags().size()));
            }
            default -> throw ConsoleFaults.unreadableForm();
        };
    }

    private static NewSecretKind kind(Visit visit) {
        return NewSecretKind.ofLabel(visit.part(2)).orElseThrow(ConsoleFaults::noSuchPage);
    }

    private Uni<Answer> verify(Visit visit, Visitor visitor, NewSecretDraft draft) {
        RpcRequest request = actions.request(visit, visitor, "CreateSecret", draft.parameters(installation.region()));
        return calls.make(visit, visitor, verification(draft, request), () -> offers.tried(request))
                .chain(outcome -> tried(visit, visitor, draft, outcome))
                .onFailure(NewSecretPage::isRefusal)
                .recoverWithUni(failure -> refused(visit, visitor, draft, (RpcFault) failure));
    }

    /** With what says what it is about, and none of what was typed in secret. */
    private static Operation verification(NewSecretDraft draft, RpcRequest request) {
        Map<String, String> told = new TreeMap<>();
        for (String name : List.of("SecretName", "SecretType", "DKMSInstanceId", "EncryptionKeyId")) {
            String value = request.optional(name);
            if (value != null) {
                told.put(name, value);
            }
        }
        told.put("target", draft.target());
        return new Operation("VerifyCredential", NewSecretChoicePage.PATH, told);
    }

    private Uni<Answer> tried(
            Visit visit, Visitor visitor, NewSecretDraft draft, Optional<CredentialOffers.Outcome> outcome) {
        if (outcome.isEmpty()) {
            return review(200, visit, visitor, draft.afterVerification(), List.of(), "", "");
        }
        if (outcome.get() instanceof CredentialOffers.Outcome.Seen seen) {
            boolean sound = seen.checks().stream().allMatch(OfferCheck::sound);
            return review(
                    sound ? 200 : 400,
                    visit,
                    visitor,
                    sound ? draft.afterVerification() : draft,
                    seen.checks(),
                    sound ? "" : "The account verification failed, so nothing was created.",
                    "");
        }
        RpcFault fault = outcome.get() instanceof CredentialOffers.Outcome.TooOften
                ? ConsoleFaults.verifiedTooOften()
                : ConsoleFaults.notVerified(draft.kind().type().rotationType().orElseThrow());
        return review(fault.status(), visit, visitor, draft, List.of(), fault.text(), "");
    }

    private Uni<Answer> create(Visit visit, Visitor visitor, NewSecretDraft draft) {
        return Uni.createFrom()
                .item(draft)
                .invoke(NewSecretDraft::requireData)
                .chain(() -> actions.call(visit, visitor, "CreateSecret", draft.parameters(installation.region())))
                .map(created -> Answer.goTo(
                        OneSecretPage.address(created.path("SecretName").asText())))
                .onFailure(NewSecretPage::isRefusal)
                .recoverWithUni(failure -> refused(visit, visitor, draft, (RpcFault) failure));
    }

    /** Where no worker looks, that is a refusal that a person can do something about, too. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof RpcFault fault && (fault.status() < 500 || fault.status() == 503);
    }

    private Uni<Answer> refused(Visit visit, Visitor visitor, NewSecretDraft draft, RpcFault fault) {
        return fault.code().equals(NO_ROLE)
                ? review(fault.status(), visit, visitor, draft, List.of(), fault.text(), link.url())
                : form(visit, visitor, draft, Optional.of(fault), "");
    }

    private Uni<Answer> review(
            int status,
            Visit visit,
            Visitor visitor,
            NewSecretDraft draft,
            List<OfferCheck> checks,
            String refusal,
            String authorization) {
        return sessions.withStatelessSession(calendar::now)
                .map(now -> new NewSecretReview(
                        draft,
                        drafts.sealed(visitor, draft),
                        checks,
                        refusal,
                        authorization,
                        schedule(visitor, draft, now.calendar()),
                        now.calendar()))
                .map(review -> Answer.page(
                        status, Templates.newSecretReview(Frame.of("Create " + draft.name(), visit, visitor), review)));
    }

    private Optional<SecretScheduleView> schedule(Visitor visitor, NewSecretDraft draft, Instant now) {
        if (!draft.rotated()) {
            return Optional.empty();
        }
        SecretArn arn = new SecretArn(installation.region(), visitor.accountId(), draft.name());
        return Spans.interval(draft.text(NewSecretDraft.INTERVAL))
                .map(interval -> schedules.ofNew(arn, draft.kind().type(), interval, now));
    }

    private Uni<Answer> form(Visit visit, Visitor visitor, NewSecretDraft draft) {
        return form(visit, visitor, draft, Optional.empty(), "");
    }

    /** @param focus the id of the field that goes on being typed; empty for none */
    private Uni<Answer> form(
            Visit visit, Visitor visitor, NewSecretDraft draft, Optional<RpcFault> fault, String focus) {
        String instance = draft.text(NewSecretDraft.INSTANCE);
        return authorization(visit, visitor, draft.kind())
                .chain(authorization -> Seen.of(instances.lines(visit, visitor)).chain(lines -> keys.of(
                                visit, visitor, instance)
                        .map(choice -> new NewSecretForm(
                                draft, drafts.sealed(visitor, draft), fault, lines, choice, authorization, focus))))
                .map(form -> Answer.page(
                        fault.map(RpcFault::status).orElse(200),
                        Templates.newSecret(
                                Frame.of("Create a secret: " + draft.kind().title(), visit, visitor), form)));
    }

    private Uni<String> authorization(Visit visit, Visitor visitor, NewSecretKind kind) {
        if (kind != NewSecretKind.RAM) {
            return Uni.createFrom().item("");
        }
        return rolePage.state(visit, visitor)
                .map(state -> state.map(RotationRole.State::granted).orElse(true) ? "" : link.url());
    }
}
