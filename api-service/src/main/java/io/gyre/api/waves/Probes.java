package io.gyre.api.waves;

import io.gyre.api.campaign.Probe;
import io.gyre.api.outgoing.OutgoingAddress;
import io.gyre.api.outgoing.OutgoingAnswer;
import io.gyre.api.outgoing.OutgoingAnswer.Answered;
import io.gyre.api.outgoing.OutgoingAnswer.Unanswered;
import io.gyre.api.outgoing.OutgoingCalls;
import io.gyre.api.outgoing.OutgoingRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;

/** Asks probes. Of an answer the status alone counts: a redirect is red like all else that is not 2xx. */
@ApplicationScoped
class Probes {
    /** Whoever does not say in this time that it is well is not well; shorter than the time between two questions. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(4);

    private static final OutgoingRequest QUESTION = new OutgoingRequest(HttpMethod.GET, Map.of(), "", ANSWERED_WITHIN);

    private final OutgoingCalls calls;

    Probes(OutgoingCalls calls) {
        this.calls = calls;
    }

    /** Never fails: what goes wrong is red. */
    Uni<Probe> ask(OutgoingAddress address) {
        return calls.call(address, QUESTION).map(Probes::probe);
    }

    private static Probe probe(OutgoingAnswer answer) {
        if (answer instanceof Answered answered) {
            return answered.isWell() ? Probe.GREEN : Probe.red("answered " + answered.status());
        }
        return Probe.red(((Unanswered) answer).why());
    }
}
