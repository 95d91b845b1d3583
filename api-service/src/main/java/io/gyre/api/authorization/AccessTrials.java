package io.gyre.api.authorization;

import io.gyre.api.access.Installation;
import io.gyre.api.authorization.AccessTrial.Judged;
import io.gyre.api.policy.Facts;
import io.gyre.api.policy.Policy;
import io.gyre.api.policy.PolicyReader;
import io.gyre.api.policy.Principal;
import io.gyre.api.policy.Question;
import io.gyre.api.policy.Side;
import io.gyre.api.policy.Verdict;
import io.gyre.api.ram.SystemPolicies;
import io.gyre.api.wire.NotPermitted;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Whether somebody may do something, and which statement says so, without doing it. It goes the way of a call: what it needs by
 * {@link RequiredPermissions}, on what by {@link RequestedResources}, decided by {@link CallerGrants}.
 */
@ApplicationScoped
public class AccessTrials {
    private static final Map<String, String> PRODUCTS =
            Map.of("kms", RequiredPermissions.KMS, "ram", RequiredPermissions.RAM, "sts", RequiredPermissions.STS);

    private static final String OPERATIONS = "gyre";

    /** With this code a call is refused that does not name what it is about. */
    private static final String UNNAMED = "MissingParameter";

    private final Mutiny.SessionFactory sessions;
    private final Granted granted;
    private final Installation installation;

    AccessTrials(Mutiny.SessionFactory sessions, Granted granted, Installation installation) {
        this.sessions = sessions;
        this.granted = granted;
        this.installation = installation;
    }

    /**
     * @param principal {@code root}, {@code user/NAME} or {@code role/NAME}; a role stands for a session of it that nothing limits
     * @param permission as a policy's Action has it, without wildcards
     * @param resource an ARN, or what stands behind the account in it; empty where the call names nothing
     */
    public record Asked(
            String account, String principal, String permission, String resource, Circumstances circumstances) {}

    /** Why a question cannot be answered; as the end of a sentence that begins with what was given. */
    public static final class Unanswerable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean aboutResource;

        Unanswerable(boolean aboutResource, String rule) {
            super(rule, null, false, false);
            this.aboutResource = aboutResource;
        }

        /** Else it is about the permission. */
        public boolean isAboutResource() {
            return aboutResource;
        }

        public String rule() {
            return String.valueOf(getMessage());
        }
    }

    /** What calls of the KMS, RAM and STS APIs ask for, by name. */
    public static SortedSet<String> permissions() {
        SortedSet<String> all = new TreeSet<>();
        PRODUCTS.values().forEach(product -> all.addAll(RequiredPermissions.permissions(product)));
        return all;
    }

    /**
     * @return fails with {@link Unanswerable}; with {@link NotPermitted} where a policy cannot be understood, as the call would; or
     *     with an {@link RpcFault} where no call can name the resource so
     */
    public Uni<AccessTrial> ask(Asked asked) {
        List<Need> needs = needs(asked.permission());
        AskedResource resource = resource(asked);
        if (needs.get(0).place() == Place.PATH && resource.path().isEmpty()) {
            throw unnamed(needs.get(0));
        }
        AccessKey caller = new AccessKey("", SecretText.of(""), true, asked.account(), asked.principal());
        RpcRequest request = new RpcRequest(
                "",
                asked.permission(),
                "",
                resource.parameters(),
                caller,
                "",
                asked.circumstances().sourceAddress(),
                asked.circumstances().secure());
        List<String> beside = new ArrayList<>();
        return granted.to(caller)
                .chain(grants -> sessions.withStatelessSession(session -> {
                    RequestedResources found = new RequestedResources(session, installation, request, resource.path());
                    return Multi.createFrom()
                            .items(needs.stream())
                            .onItem()
                            .transformToUniAndConcatenate(
                                    need -> on(found, needs, need, beside).map(resources -> resources.stream()
                                            .map(each -> judged(grants, need, each, asked))
                                            .toList()))
                            .collect()
                            .asList();
                }))
                .map(all -> new AccessTrial(all.stream().flatMap(List::stream).toList(), beside));
    }

    /** The policies of the system by which the same would be allowed to whom they are attached, by name. */
    public static List<String> systemPoliciesThatAllow(Asked asked, Judged judged) {
        Question question = new Question(
                new Principal(asked.account(), asked.principal()),
                judged.permission(),
                judged.resource(),
                new Facts(
                        asked.circumstances().time(),
                        asked.circumstances().secure(),
                        asked.circumstances().sourceAddress(),
                        Map.of()));
        return SystemPolicies.all().stream()
                .filter(each -> allows(PolicyReader.ofIdentity(each.document()), question))
                .map(SystemPolicies.SystemPolicy::name)
                .toList();
    }

    private static boolean allows(Policy policy, Question question) {
        return Policy.ofIdentity(Side.IDENTITY, List.of(policy), question).verdict() == Verdict.ALLOWED;
    }

    private static Judged judged(CallerGrants grants, Need need, Resource resource, Asked asked) {
        return new Judged(
                need.permission(),
                resource.arn(),
                resource.policy() != null,
                grants.decide(need.permission(), resource, asked.circumstances()));
    }

    /** What the first need is about has to be named; what the others are about may be left open. */
    private static Uni<List<Resource>> on(RequestedResources found, List<Need> needs, Need need, List<String> beside) {
        boolean first = need.equals(needs.get(0));
        if (!first && need.place() == Place.ENCRYPTION_KEY) {
            beside.add(clause(need));
            return Uni.createFrom().item(List.of());
        }
        Place place = first ? asked(need.place()) : need.place();
        Uni<List<Resource>> resources = Uni.createFrom().deferred(() -> found.at(place));
        return first
                ? resources.onFailure(AccessTrials::isUnnamed).transform(failure -> unnamed(need))
                : resources.onFailure(AccessTrials::isUnnamed).recoverWithItem(() -> {
                    beside.add(clause(need));
                    return List.of();
                });
    }

    private static Unanswerable unnamed(Need need) {
        return new Unanswerable(
                true, need.permission() + " is asked for on " + need.place().words() + ": name it.");
    }

    private static String clause(Need need) {
        return need.permission() + " on " + need.place().words();
    }

    private static boolean isUnnamed(Throwable failure) {
        return failure instanceof RpcFault fault && fault.code().equals(UNNAMED);
    }

    /** A key that calls name by a ciphertext, or beside another one, is named as a key in a question. */
    private static Place asked(Place place) {
        return switch (place) {
            case KEY_OF_CIPHERTEXT, PROTECTED_KEY, DESTINATION_KEY -> Place.KEY;
            case CLIENT_KEY -> Place.ACCESS_POINT;
            default -> place;
        };
    }

    private static List<Need> needs(String permission) {
        int colon = permission.indexOf(':');
        String service = colon < 0 ? "" : permission.substring(0, colon);
        String product = PRODUCTS.get(service);
        List<Need> needs = List.of();
        if (service.equals(OPERATIONS)) {
            needs = RequiredPermissions.ofOperation(permission.substring(colon + 1));
        } else if (product != null) {
            needs = RequiredPermissions.ofPermission(product, permission);
        }
        if (needs.isEmpty()) {
            throw new Unanswerable(
                    false, "no call asks for it: docs/permissions.md lists what does, for example kms:GetSecretValue.");
        }
        return needs;
    }

    private AskedResource resource(Asked asked) {
        String service = asked.permission().substring(0, asked.permission().indexOf(':'));
        Optional<AskedResource> resource = AskedResource.of(
                service.equals("sts") ? "ram" : service, asked.resource(), installation.region(), asked.account());
        return resource.orElseThrow(() -> new Unanswerable(
                true,
                "give an ARN of this installation, or what stands behind the account in it, for example"
                        + " secret/db/orders, key/ID, user/anna or rotations/ID."));
    }
}
