package io.gyre.api.console;

import io.gyre.api.operations.RestoreTurn;
import io.gyre.api.wire.DatabaseOutage;
import io.gyre.rpc.BodyGate;
import io.gyre.rpc.PlainHttp;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.Undisclosed;
import io.gyre.secret.SecretText;
import io.quarkus.arc.All;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The way of every request below /console/: whether it may come at all, whose session it is, whether a form is the console's
 * own; then its page. Whatever happens, the answer is a page under {@link SecurityHeaders}.
 */
@Singleton
class ConsoleRoutes {
    static final String ROOT = "/console/";

    /** Before the path of a page, for what changes there. */
    static final String LIVE = ROOT + "live/";

    private static final Logger LOG = Logger.getLogger(ConsoleRoutes.class);

    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String READING = "GET, HEAD";
    private static final String ALL_METHODS = "GET, HEAD, POST";

    private final PagePaths pages;
    private final Map<String, OpenPage> openPages;
    private final Sessions sessions;
    private final Origins origins;
    private final DatabaseOutage outage;
    private final LiveStreams streams;
    private final RestoreTurn restores;
    private final BodyGate bodies = new BodyGate();

    ConsoleRoutes(
            @All List<Page> pages,
            @All List<OpenPage> openPages,
            Sessions sessions,
            Origins origins,
            DatabaseOutage outage,
            LiveStreams streams,
            RestoreTurn restores) {
        this.pages = new PagePaths(pages);
        this.openPages = openPages.stream()
                .collect(Collectors.toUnmodifiableMap(page -> ROOT + page.path(), Function.identity()));
        this.sessions = sessions;
        this.origins = origins;
        this.outage = outage;
        this.streams = streams;
        this.restores = restores;
    }

    /** Before all other routes: none of them answers here, without these headers. */
    void routes(@Observes Router router) {
        router.route(ROOT + "*").order(-1).handler(this::serve);
    }

    private void serve(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Visit visit = Visit.of(request, exchange.normalizedPath());
        SecurityHeaders.put(request.response().headers(), visit.secure());
        VertxContextSafetyToggle.setCurrentContextSafe(true);
        limit(visit, exchange)
                .chain(limit -> bodies.read(request, limit))
                .chain(body -> outage.told(answer(visit, request, body)))
                .onFailure()
                .recoverWithItem(failure -> refusal(visit, Optional.empty(), failure))
                .chain(answer -> answer.content().invoke(content -> send(request, answer, content)))
                .subscribe()
                .with(sent -> {}, failure -> giveUp(visit, request, failure));
    }

    /** In bytes. More than usual is read of somebody alone who is logged in; of forms with a file, one at a time. */
    private Uni<Integer> limit(Visit visit, RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Optional<FormPage> wide = pages.find(visit.path())
                .filter(FormPage.class::isInstance)
                .map(FormPage.class::cast)
                .filter(page -> page.bodyLimit() > FormPage.USUAL_LIMIT && isForm(request));
        if (wide.isEmpty()) {
            return Uni.createFrom().item(FormPage.USUAL_LIMIT);
        }
        FormPage page = wide.get();
        request.pause();
        return sessions.visitor(visit)
                .onFailure()
                .recoverWithItem(Optional.empty())
                .map(known -> {
                    if (known.isEmpty()) {
                        return FormPage.USUAL_LIMIT;
                    }
                    if (page.takesFile()) {
                        takeTurn(exchange);
                    }
                    return page.bodyLimit();
                });
    }

    private void takeTurn(RoutingContext exchange) {
        try {
            restores.take();
        } catch (RpcFault busy) {
            exchange.request().resume();
            throw busy;
        }
        exchange.addEndHandler(ended -> restores.over());
    }

    private Uni<Answer> answer(Visit visit, HttpServerRequest request, byte[] body) {
        // A proxy on this machine may serve plain HTTP elsewhere: to that, browsers send no session.
        if (PlainHttp.canBeOverheard(request)) {
            throw ConsoleFaults.overheard();
        }
        if (!origins.isMeant(request)) {
            throw ConsoleFaults.misdirected();
        }
        Optional<StaticFiles.StaticFile> file = StaticFiles.at(visit.path());
        if (file.isPresent()) {
            requireMethod(request, READING);
            return Uni.createFrom().item(Answer.file(file.get()));
        }
        OpenPage open = openPages.get(visit.path());
        if (open != null) {
            requireMethod(request, ALL_METHODS);
            return isForm(request) ? open.submit(visit, form(request, body, false)) : open.show(visit);
        }
        if ((visit.path() + "/").equals(ROOT)) {
            return Uni.createFrom().item(Answer.goTo(ROOT));
        }
        return page(visit, request, body);
    }

    /** Whoever is logged in sees so on a page that says what is wrong, too. */
    private Uni<Answer> page(Visit visit, HttpServerRequest request, byte[] body) {
        return sessions.visitor(visit).chain(known -> Uni.createFrom()
                .deferred(() -> page(visit, known, request, body))
                .onFailure()
                .recoverWithItem(failure -> refusal(visit, known, failure)));
    }

    private Uni<Answer> page(Visit visit, Optional<Visitor> known, HttpServerRequest request, byte[] body) {
        if (visit.path().startsWith(LIVE)) {
            requireMethod(request, "GET");
            return stream(visit.at(ROOT + visit.path().substring(LIVE.length())), known);
        }
        Page page = pages.find(visit.path()).orElseThrow(ConsoleFaults::noSuchPage);
        if (known.isPresent() && known.get().resetRequired() && !page.isOpenBeforeReset()) {
            return Uni.createFrom().item(Answer.goTo(ROOT + PasswordPage.PATH));
        }
        if (page instanceof FormPage formPage && isForm(request)) {
            Form form = form(request, body, formPage.takesFile());
            Visitor visitor = known.orElseThrow(ConsoleFaults::sessionEnded);
            if (!visitor.formToken().equals(SecretText.of(form.text(Form.TOKEN)))) {
                throw ConsoleFaults.staleForm();
            }
            return formPage.submit(visit, visitor, form);
        }
        requireMethod(request, page instanceof FormPage ? ALL_METHODS : READING);
        return known.map(visitor -> page.show(visit, visitor))
                .orElseGet(() -> Uni.createFrom().item(Answer.goTo(login(visit))));
    }

    /** Of the page at the same path without the word. Nobody is sent to log in: no person would see it. */
    private Uni<Answer> stream(Visit visit, Optional<Visitor> known) {
        Visitor visitor = known.filter(each -> !each.resetRequired()).orElseThrow(ConsoleFaults::sessionEnded);
        return pages.find(visit.path())
                .filter(LivePage.class::isInstance)
                .map(page -> streams.begin(visit, visitor, (LivePage) page))
                .orElseThrow(ConsoleFaults::noSuchPage);
    }

    /** And back, once somebody is logged in. */
    private static String login(Visit visit) {
        return ROOT + LoginPage.PATH + "?to=" + URLEncoder.encode(visit.address(), StandardCharsets.UTF_8);
    }

    private static boolean isForm(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST);
    }

    private static void requireMethod(HttpServerRequest request, String allowed) {
        if (!List.of(allowed.split(", ", -1)).contains(request.method().name())) {
            throw ConsoleFaults.methodNotAllowed(allowed);
        }
    }

    private Form form(HttpServerRequest request, byte[] body, boolean withFile) {
        if (!origins.isOwnForm(request)) {
            throw ConsoleFaults.foreignForm();
        }
        String type = request.getHeader("Content-Type");
        if (type == null
                || !type.toLowerCase(Locale.ROOT)
                        .split(";", -1)[0]
                        .trim()
                        .equals(withFile ? FileForm.TYPE : FORM_TYPE)) {
            throw ConsoleFaults.noForm();
        }
        return withFile ? FileForm.of(body, type) : Form.of(body);
    }

    private Answer refusal(Visit visit, Optional<Visitor> visitor, Throwable failure) {
        RpcFault fault;
        if (outage.told(failure) instanceof RpcFault known) {
            fault = known;
        } else {
            LOG.error("The console failed in request " + visit.requestId(), Undisclosed.of(failure));
            fault = ConsoleFaults.accident(visit.requestId());
        }
        return Answer.page(
                        fault.status(),
                        Templates.refusal(new Frame(ConsoleFaults.title(fault), visit.path(), visitor), fault.text()))
                .with(fault.details());
    }

    private static void send(HttpServerRequest request, Answer answer, Buffer content) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        answer.cookie().ifPresent(response::addCookie);
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (answer.feed().isPresent()) {
            response.setChunked(true).write(content).onFailure(gone -> {});
            answer.feed().get().accept(response);
        } else {
            response.end(content).onFailure(gone -> {});
        }
    }

    /** A page that cannot even be made. */
    private static void giveUp(Visit visit, HttpServerRequest request, Throwable failure) {
        LOG.error("A page of the console could not be made in request " + visit.requestId(), Undisclosed.of(failure));
        send(request, Answer.empty(500), Buffer.buffer());
    }
}
