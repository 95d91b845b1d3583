package io.gyre.api.authorization;

import io.gyre.api.access.Installation;
import io.gyre.api.accesspoints.PointPrincipal;
import io.gyre.api.policy.Facts;
import io.gyre.api.policy.Grants;
import io.gyre.api.policy.MalformedPolicy;
import io.gyre.api.policy.Policy;
import io.gyre.api.policy.PolicyReader;
import io.gyre.api.policy.Principal;
import io.gyre.api.policy.Question;
import io.gyre.api.policy.Verdict;
import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.NotPermitted;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The account itself may do everything, so that no policy locks it out. Whoever else signs needs each permission of {@link
 * RequiredPermissions}: by the policies that are attached to the user or role, within the limit of the session, and by the
 * policy of the secret or key, where it has one. An access point needs them by its own policies, in the instance of each.
 * What is not allowed is refused.
 */
@ApplicationScoped
public class PolicyAuthorization implements Authorization {
    private final Mutiny.SessionFactory sessions;
    private final AttachedPolicies attached;
    private final PointPolicies points;
    private final Installation installation;
    private final InstantSource clock;

    PolicyAuthorization(
            Mutiny.SessionFactory sessions,
            AttachedPolicies attached,
            PointPolicies points,
            Installation installation,
            InstantSource clock) {
        this.sessions = sessions;
        this.attached = attached;
        this.points = points;
        this.installation = installation;
        this.clock = clock;
    }

    @Override
    public Uni<Void> permit(RpcRequest request) {
        Principal principal = principal(request.caller());
        if (isTheAccount(principal)) {
            return Uni.createFrom().voidItem();
        }
        List<Need> needs = RequiredPermissions.of(request.product(), request.action())
                .orElseThrow(() -> new NotPermitted("Only the account itself may call " + request.action() + "."));
        return permit(principal, ofCaller(principal, needs), request, "");
    }

    @Override
    public Uni<Void> permitOperation(RpcRequest operation, String path) {
        Principal principal = principal(operation.caller());
        return isTheAccount(principal)
                ? Uni.createFrom().voidItem()
                : permit(principal, RequiredPermissions.ofOperation(operation.action()), operation, path);
    }

    private Uni<Void> permit(Principal principal, List<Need> needs, RpcRequest request, String path) {
        if (needs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return granted(principal, request.caller())
                .chain(grants -> sessions.withStatelessSession(session -> {
                    RequestedResources resources = new RequestedResources(session, installation, request, path);
                    return Multi.createFrom()
                            .iterable(needs)
                            .onItem()
                            .transformToUniAndConcatenate(need -> resources
                                    .at(need.place())
                                    .invoke(found -> found.forEach(
                                            resource -> demand(grants, principal, need, resource, request))))
                            .collect()
                            .last()
                            .replaceWithVoid();
                }));
    }

    /** What the caller's own policies grant on a resource; those of an access point hold in an instance each. */
    private Uni<Function<Resource, Grants>> granted(Principal principal, AccessKey caller) {
        Optional<String> point = PointPrincipal.accessPoint(principal.name());
        return point.isPresent()
                ? points.of(principal.accountId(), point.get())
                        .map(policies -> resource -> new Grants(policies.in(resource.instanceId()), null))
                : attached.of(principal.accountId(), principal.attachedTo()).map(policies -> {
                    Grants grants = new Grants(policies, sessionLimit(caller));
                    return resource -> grants;
                });
    }

    private void demand(
            Function<Resource, Grants> granted, Principal principal, Need need, Resource resource, RpcRequest request) {
        Facts facts = new Facts(clock.instant(), request.secure(), request.sourceAddress(), resource.tags());
        Question question = new Question(principal, need.permission(), resource.arn(), facts);
        Verdict verdict = granted.apply(resource).permit(question, own(resource));
        if (verdict != Verdict.ALLOWED) {
            throw new NotPermitted("It needs " + need.permission() + " on " + resource.arn() + ", which "
                    + (verdict == Verdict.DENIED ? "a policy denies " : "no policy allows ") + principal.name() + ".");
        }
    }

    private static @Nullable Policy own(Resource resource) {
        return understood(resource.policy(), PolicyReader::ofResource, "of " + resource.arn());
    }

    private static @Nullable Policy sessionLimit(AccessKey caller) {
        return understood(caller.sessionPolicy(), PolicyReader::ofIdentity, "of this session");
    }

    /** Whatever it was meant to deny, so that nothing is permitted by what cannot be understood. */
    private static @Nullable Policy understood(@Nullable String text, Function<String, Policy> reading, String whose) {
        if (text == null) {
            return null;
        }
        try {
            return reading.apply(text);
        } catch (MalformedPolicy malformed) {
            throw new NotPermitted(
                    "The policy " + whose + " cannot be enforced: " + malformed.rule() + " Set it anew.");
        }
    }

    /** The key that encrypts a secret is used for an access point that may read it, which knows nothing of that key. */
    private static List<Need> ofCaller(Principal principal, List<Need> needs) {
        return PointPrincipal.accessPoint(principal.name()).isEmpty()
                ? needs
                : needs.stream()
                        .filter(need -> need.place() != Place.KEY_OF_SECRET)
                        .toList();
    }

    private boolean isTheAccount(Principal principal) {
        return principal.isRoot() && principal.accountId().equals(installation.account());
    }

    private static Principal principal(AccessKey caller) {
        return new Principal(caller.accountId(), caller.principal());
    }
}
