package io.gyre.api.operations;

import io.gyre.api.rootkey.RootKeyPresence;
import io.gyre.api.rootkey.RootKeyRotation;
import io.gyre.api.rootkey.RootKeyRotation.Outcome;
import io.gyre.envelope.RootKeyId;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /operations/v1/root-keys}: the key below which everything is encrypted, and its rotation. */
@Path("/operations/v1/root-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Root key")
class RootKeys {
    private static final Logger LOG = Logger.getLogger(RootKeys.class);

    private static final String ID_RULE = "it must have 16 digits of 0-9 and a-f, as GET"
            + " /operations/v1/root-keys lists those that the processes were given.";

    private final RootKeyRotation rotation;
    private final RootKeyPresence presence;

    RootKeys(RootKeyRotation rotation, RootKeyPresence presence) {
        this.rotation = rotation;
        this.presence = presence;
    }

    @GET
    @Operation(
            operationId = "GetRootKeys",
            summary = "Tell which root keys there are, and what is sealed under each",
            description = "Also which process was given which, and whether a former one may be taken away.")
    @APIResponse(
            responseCode = "200",
            description = "As of now.",
            content = @Content(schema = @Schema(implementation = RootKeyView.class)))
    public Uni<RootKeyView> getRootKeys() {
        return rotation.status().map(RootKeyView::of);
    }

    @POST
    @Path("/{id}/rotate-to")
    @Operation(
            operationId = "RotateRootKey",
            summary = "Make another root key the current one",
            description =
                    "Every process that runs must have been given it beside the current one. From then on, what is stored is"
                            + " sealed under it batch by batch, whatever process comes and goes; GetRootKeys tells how far"
                            + " that is.")
    @APIResponse(
            responseCode = "200",
            description = "It is the current one.",
            content = @Content(schema = @Schema(implementation = RootKeyView.class)))
    public Uni<RootKeyView> rotateRootKey(@RestPath String id, @Context RoutingContext exchange) {
        if (!RootKeyId.isOne(id)) {
            throw OperationFaults.invalid("The root key's id", id, ID_RULE);
        }
        RootKeyId to = new RootKeyId(id);
        AccessKey caller = Rotations.caller(exchange);
        return rotation.order(to, caller.principal())
                .invoke(outcome -> {
                    if (outcome instanceof Outcome.Begun begun) {
                        LOG.infof(
                                "AccessKey %s (%s) ordered the rotation of the root key from %s to %s.",
                                caller.id(), caller.principal(), begun.former(), to);
                    } else {
                        throw refusal(to, outcome);
                    }
                })
                .chain(presence::tell)
                .chain(rotation::status)
                .map(RootKeyView::of);
    }

    private static RpcFault refusal(RootKeyId to, Outcome outcome) {
        if (outcome instanceof Outcome.UnknownHere here) {
            return OperationFaults.rootKeyUnknown(to, here.known());
        }
        if (outcome instanceof Outcome.UnknownTo other) {
            return OperationFaults.rootKeyNotEverywhere(to, other.process());
        }
        return OperationFaults.rootKeyCurrent(to);
    }
}
