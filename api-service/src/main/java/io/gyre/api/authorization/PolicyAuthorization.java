package io.gyre.api.authorization;

import io.gyre.api.access.Installation;
import io.gyre.api.accesspoints.PointPrincipal;
import io.gyre.api.policy.Principal;
import io.gyre.api.policy.Verdict;
import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.NotPermitted;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The account itself may do everything, so that no policy locks it out. Whoever else signs needs each permission of {@link
 * RequiredPermissions}: by the policies that are attached to the user or role, within the limit of the session, and by the
 * policy of the secret or key, where it has one. An access point needs them by its own policies, in the instance of each.
 * What is not allowed is refused.
 */
@ApplicationScoped
public class PolicyAuthorization implements Authorization {
    private final Mutiny.SessionFactory sessions;
    private final Granted granted;
    private final Installation installation;
    private final InstantSource clock;

    PolicyAuthorization(
            Mutiny.SessionFactory sessions, Granted granted, Installation installation, InstantSource clock) {
        this.sessions = sessions;
        this.granted = granted;
        this.installation = installation;
        this.clock = clock;
    }

    @Override
    public Uni<Void> permit(RpcRequest request) {
        Principal principal = Granted.principal(request.caller());
        if (granted.isTheAccount(principal)) {
            return Uni.createFrom().voidItem();
        }
        List<Need> needs = RequiredPermissions.of(request.product(), request.action())
                .orElseThrow(() -> new NotPermitted("Only the account itself may call " + request.action() + "."));
        return permit(ofCaller(principal, needs), request, "");
    }

    @Override
    public Uni<Void> permitOperation(RpcRequest operation, String path) {
        return granted.isTheAccount(Granted.principal(operation.caller()))
                ? Uni.createFrom().voidItem()
                : permit(RequiredPermissions.ofOperation(operation.action()), operation, path);
    }

    private Uni<Void> permit(List<Need> needs, RpcRequest request, String path) {
        if (needs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return granted.to(request.caller())
                .chain(grants -> sessions.withStatelessSession(session -> {
                    RequestedResources resources = new RequestedResources(session, installation, request, path);
                    return Multi.createFrom()
                            .iterable(needs)
                            .onItem()
                            .transformToUniAndConcatenate(need -> resources
                                    .at(need.place())
                                    .invoke(found ->
                                            found.forEach(resource -> demand(grants, need, resource, request))))
                            .collect()
                            .last()
                            .replaceWithVoid();
                }));
    }

    private void demand(CallerGrants grants, Need need, Resource resource, RpcRequest request) {
        Circumstances now = new Circumstances(clock.instant(), request.secure(), request.sourceAddress());
        Verdict verdict = grants.decide(need.permission(), resource, now).verdict();
        if (verdict != Verdict.ALLOWED) {
            throw new NotPermitted("It needs " + need.permission() + " on " + resource.arn() + ", which "
                    + (verdict == Verdict.DENIED ? "a policy denies " : "no policy allows ")
                    + grants.principal().name() + ".");
        }
    }

    /** The key that encrypts a secret is used for an access point that may read it, which knows nothing of that key. */
    static List<Need> ofCaller(Principal principal, List<Need> needs) {
        return PointPrincipal.accessPoint(principal.name()).isEmpty()
                ? needs
                : needs.stream()
                        .filter(need -> need.place() != Place.KEY_OF_SECRET)
                        .toList();
    }
}
