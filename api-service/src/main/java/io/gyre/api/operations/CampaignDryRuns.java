package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.waves.CampaignSecret;
import io.gyre.api.wire.Apart;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Dry runs of a campaign's secrets, a page at a time: whoever leaves asks for no further page, so that nothing has to be
 * stored, held open or called off.
 */
@ApplicationScoped
public class CampaignDryRuns {
    /** As many as a page has are looked at at the same time, so a page takes no longer than one look. */
    static final int PAGE = 16;

    private final TriedRotations looks;
    private final Vertx vertx;

    CampaignDryRuns(TriedRotations looks, Vertx vertx) {
        this.looks = looks;
        this.vertx = vertx;
    }

    /** What a look at the target of one of its secrets said. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignDryRun")
    public record Look(
            @Schema(description = "From 1, in the order in which they begin.")
            int place,

            int wave,
            String secretName,

            @Schema(description = "Whether a rotation would begin to change the target.")
            boolean passed,

            @Schema(description = "What was seen, in sentences.")
            List<String> report,

            @Schema(description = "What speaks against it, and what to do; none where it passed.") @Nullable
            String finding) {}

    /** @return in the order of their places */
    Uni<List<Look>> of(AccessKey caller, List<CampaignSecret> secrets) {
        Context own = Vertx.currentContext();
        return Multi.createFrom()
                .iterable(secrets)
                .onItem()
                .transformToUni(secret -> Apart.run(vertx, () -> look(caller, secret)))
                .merge(PAGE)
                .collect()
                .asList()
                .emitOn(task -> own.runOnContext(run -> task.run()))
                .map(all -> all.stream()
                        .sorted(Comparator.comparingInt(Look::place))
                        .toList());
    }

    /** A rotation that would be refused is an answer here, and so is a worker that does not come. */
    private Uni<Look> look(AccessKey caller, CampaignSecret secret) {
        return looks.look(caller, secret.secretName())
                .map(seen -> look(secret, seen.passed(), seen.report(), seen.finding()))
                .onFailure(RpcFault.class)
                .recoverWithItem(refusal -> look(secret, false, List.of(), refusal.text()));
    }

    private static Look look(CampaignSecret secret, boolean passed, List<String> report, @Nullable String finding) {
        return new Look(secret.place(), secret.wave(), secret.secretName(), passed, report, finding);
    }
}
