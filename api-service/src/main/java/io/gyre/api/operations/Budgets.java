package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/budgets}: how often the workers may call the clouds, and where a cloud throttles them. */
@Path("/operations/v1/budgets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Budgets")
class Budgets {
    /** While a cloud throttles, what is left is spent faster; its share is whole again after as many steps as it lacks tenths. */
    private static final String ROWS = """
            SELECT b.account, b.product, b.rate, b.burst, b.rate * b.now_share AS effective_rate,
                   least(b.burst, b.calls + b.rate * b.seconds) * b.now_share AS calls_left,
                   CASE WHEN b.now_share < 1 THEN b.throttled_at END AS throttled_at,
                   CASE WHEN b.now_share < 1
                        THEN b.throttled_at + ceil((1 - b.share) * 10) * interval '30 seconds' END AS whole_at
              FROM (SELECT cloud_budget.*, budget_share(share, throttled_at) AS now_share,
                           CAST(greatest(0, extract(epoch FROM clock_timestamp() - taken_at)) AS double precision) AS seconds
                      FROM cloud_budget) AS b
             ORDER BY b.account, b.product
            """;

    private final Mutiny.SessionFactory sessions;

    Budgets(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** One budget. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Budget", description = "How often the workers may call one product of a cloud account.")
    record Budget(
            @Schema(description = "The cloud account, as the workers were told to call it.")
            String account,

            @Schema(enumeration = {"ram", "sts", "rds", "ecs"})
            String product,

            @Schema(description = "Calls a second that are set.")
            double rate,

            @Schema(description = "Calls at once that are set.")
            double burst,

            @Schema(description = "Calls a second at present: less than are set where the cloud throttled lately.")
            double effectiveRate,

            @Schema(description = "Calls at once at present; negative where calls are promised that come later.")
            double callsLeft,

            @Schema(description = "When the cloud last throttled, on the wall clock; none where the rate is whole.")
            @Nullable
            Instant throttledAt,

            @Schema(description = "When the rate is whole again unless it throttles once more, on the wall clock.")
            @Nullable
            Instant throttledUntil) {}

    /** All of them. */
    @Schema(name = "BudgetList")
    record All(List<Budget> budgets) {}

    @GET
    @Operation(
            operationId = "ListBudgets",
            summary = "List how often the workers may call each product of each cloud account",
            description = "Of those that were called since PostgreSQL last began with an empty memory.")
    @APIResponse(
            responseCode = "200",
            description = "As of now.",
            content = @Content(schema = @Schema(implementation = All.class)))
    public Uni<All> listBudgets() {
        return sessions.withStatelessSession(
                        session -> session.createNativeQuery(ROWS, Tuple.class).getResultList())
                .map(rows -> new All(rows.stream().map(Budgets::budget).toList()));
    }

    private static Budget budget(Tuple row) {
        return new Budget(
                row.get("account", String.class),
                row.get("product", String.class),
                row.get("rate", Double.class),
                row.get("burst", Double.class),
                row.get("effective_rate", Double.class),
                row.get("calls_left", Double.class),
                time(row, "throttled_at"),
                time(row, "whole_at"));
    }

    private static @Nullable Instant time(Tuple row, String column) {
        OffsetDateTime time = row.get(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
