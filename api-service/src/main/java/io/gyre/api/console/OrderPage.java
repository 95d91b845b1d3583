package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.Orders;
import io.gyre.api.operations.RotationDetail;
import io.gyre.api.operations.ViewedRotations;
import io.gyre.api.workers.Verb;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * {@code /console/rotations/ID/roll-back} and the like: asks once more before something is ordered of a rotation, and names what it
 * destroys.
 */
@ApplicationScoped
class OrderPage implements FormPage {
    private static final int HOUR = 3600;

    private final Mutiny.SessionFactory sessions;
    private final ViewedRotations rotations;
    private final Orders orders;
    private final ConsoleCalls calls;
    private final Confirmations confirmations;

    OrderPage(
            Mutiny.SessionFactory sessions,
            ViewedRotations rotations,
            Orders orders,
            ConsoleCalls calls,
            Confirmations confirmations) {
        this.sessions = sessions;
        this.rotations = rotations;
        this.orders = orders;
        this.calls = calls;
        this.confirmations = confirmations;
    }

    /**
     * What is asked before an order is given.
     *
     * @param refusal why it was not given; empty where it may be
     */
    record Question(OrderWords order, RotationDetail rotation, String refusal) {
        public String title() {
            return order.button() + "?";
        }

        public String button() {
            return order.button();
        }

        public String destroys() {
            return order.destroys(candidate(), former());
        }

        public String secret() {
            return rotation.rotation().secretName();
        }

        public String candidate() {
            return RotationView.named(rotation.credentials().candidate());
        }

        public String former() {
            return RotationView.named(rotation.credentials().former());
        }

        public String back() {
            return OneRotationPage.address(rotation.rotation().rotationId().toString());
        }

        public String address() {
            return OrderPage.address(rotation.rotation().rotationId().toString(), order.verb());
        }

        /** Whether it ends the life of something. */
        public boolean grave() {
            return order == OrderWords.ROLL_BACK || order == OrderWords.GIVE_UP;
        }

        /** For how long, in hours, where that has to be chosen; else none. */
        public List<Integer> hours() {
            return order == OrderWords.EXTEND ? List.of(1, 6, 12, 24, 48, 168) : List.of();
        }
    }

    static String address(String rotation, Verb verb) {
        return OneRotationPage.address(rotation) + "/" + verb.label();
    }

    @Override
    public String path() {
        return OneRotationPage.PATH + "/*";
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        OrderWords order = order(visit);
        return confirmations.ask(visit, visitor, operation(visit, order), asking(visit, visitor, order));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        OrderWords order = order(visit);
        String id = visit.part(1);
        return confirmations.order(
                visit,
                visitor,
                operation(visit, order),
                () -> orders.give(visitor.asCaller(), ViewedRotations.id(id), order.verb(), seconds(order, form)),
                OneRotationPage.address(id),
                asking(visit, visitor, order));
    }

    private Confirmations.Asking asking(Visit visit, Visitor visitor, OrderWords order) {
        return (status, refusal) -> page(status, visit, visitor, order, refusal);
    }

    private Uni<Answer> page(int status, Visit visit, Visitor visitor, OrderWords order, String refusal) {
        return calls.make(
                        visit,
                        visitor,
                        OneRotationPage.describe(visit),
                        () -> sessions.withStatelessSession(
                                session -> rotations.one(session, visitor.accountId(), visit.part(1))))
                .map(rotation -> new Question(order, rotation, refusal))
                .map(question ->
                        Answer.page(status, Templates.order(Frame.of(question.title(), visit, visitor), question)));
    }

    private static OrderWords order(Visit visit) {
        return OrderWords.ofLabel(visit.part(2)).orElseThrow(ConsoleFaults::noSuchPage);
    }

    private static Operation operation(Visit visit, OrderWords order) {
        String id = visit.part(1);
        return new Operation(
                order.operation(), "rotations/" + id + "/" + order.verb().label(), Map.of("id", id));
    }

    private static @Nullable Long seconds(OrderWords order, Form form) {
        if (order != OrderWords.EXTEND) {
            return null;
        }
        try {
            return Orders.seconds(Math.multiplyExact(Long.parseLong(form.text("hours")), HOUR));
        } catch (NumberFormatException | ArithmeticException e) {
            return Orders.seconds(null);
        }
    }
}
