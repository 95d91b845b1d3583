package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.ram.Principals;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /console/access}: the RAM users and roles of the account; each leads to its keys and policies. */
@ApplicationScoped
class AccessPage implements Page {
    static final String PATH = "access";

    /** A page of users, and of roles; each can be gone on with. */
    private static final String ITEMS = "50";

    private final ConsoleReads reads;
    private final ConsoleActions actions;

    AccessPage(ConsoleReads reads, ConsoleActions actions) {
        this.reads = reads;
        this.actions = actions;
    }

    /** The two lists, as the RAM API answers them. */
    private enum Kind {
        USERS("User", "users"),
        ROLES("Role", "roles");

        private final String element;
        private final String parameter;

        Kind(String element, String parameter) {
            this.element = element;
            this.parameter = parameter;
        }

        /** Where a list that this visit asks for goes on; empty for its beginning. */
        private String from(Visit visit) {
            return visit.query().text(parameter);
        }

        private Line line(JsonNode each, Instant now) {
            String name = each.path(element + "Name").asText();
            return new Line(
                    name,
                    this == USERS ? Principals.user(name) : Principals.role(name),
                    Stream.of("DisplayName", "Comments", "Description")
                            .map(field -> each.path(field).asText())
                            .filter(text -> !text.isEmpty())
                            .collect(Collectors.joining(" · ")),
                    RelativeTime.of(each, "CreateDate", now));
        }
    }

    /** A user or role as the list shows it. */
    record Line(String name, String principal, String about, RelativeTime made) {
        public String address() {
            return IdentityPage.address(principal);
        }
    }

    /**
     * One of the two lists.
     *
     * @param more the address of what follows; empty on the last page
     * @param refusal why the visitor may not see it; empty where they may
     */
    record Part(List<Line> lines, String more, String refusal) {}

    /** What the page shows. */
    record Identities(Part users, Part roles, boolean paged) {}

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        boolean paged =
                Stream.of(Kind.values()).anyMatch(kind -> !kind.from(visit).isEmpty());
        return reads.now()
                .chain(now -> part(visit, visitor, Kind.USERS, now.calendar())
                        .chain(users -> part(visit, visitor, Kind.ROLES, now.calendar())
                                .map(roles -> new Identities(users, roles, paged))))
                .map(found -> Answer.page(200, Templates.access(Frame.of("Access", visit, visitor), found)));
    }

    private Uni<Part> part(Visit visit, Visitor visitor, Kind kind, Instant now) {
        Map<String, String> parameters = new HashMap<>(Map.of("MaxItems", ITEMS));
        if (!kind.from(visit).isEmpty()) {
            parameters.put("Marker", kind.from(visit));
        }
        return Seen.of(actions.ram(visit, visitor, "List" + kind.element + "s", parameters)
                        .map(answer -> new Part(
                                AccessLists.of(answer, kind.element + "s", kind.element).stream()
                                        .map(each -> kind.line(each, now))
                                        .toList(),
                                AccessLists.more(answer, PATH, kind.parameter),
                                "")))
                .map(seen -> seen.or(refusal -> new Part(List.of(), "", refusal)));
    }
}
