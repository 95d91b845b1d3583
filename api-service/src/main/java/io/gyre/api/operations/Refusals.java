package io.gyre.api.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.gyre.api.wire.DatabaseOutage;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.Undisclosed;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever goes wrong behind the gate into a problem that its caller can read. */
class Refusals {
    private static final Logger LOG = Logger.getLogger(Refusals.class);

    /** Where the exchange keeps its refusal; nothing where it has none. */
    static final String REFUSAL = Refusals.class.getName() + ".refusal";

    private final DatabaseOutage outage;

    Refusals(DatabaseOutage outage) {
        this.outage = outage;
    }

    @ServerExceptionMapper
    Response refused(RpcFault fault, RoutingContext exchange) {
        return problem(fault, exchange);
    }

    /** Its words name classes of this process, so they are not passed on. */
    @ServerExceptionMapper({MismatchedInputException.class, JsonProcessingException.class})
    Response unreadable(Exception failure, RoutingContext exchange) {
        return problem(OperationFaults.unreadableBody(), exchange);
    }

    @ServerExceptionMapper
    Response notTaken(WebApplicationException refusal, RoutingContext exchange) {
        int status = refusal.getResponse().getStatus();
        if (refusal instanceof NotFoundException) {
            return problem(OperationFaults.noSuchPath(exchange.normalizedPath()), exchange);
        }
        if (refusal instanceof NotAllowedException) {
            return problem(
                    OperationFaults.methodNotAllowed(exchange.request().method().name()), exchange);
        }
        if (refusal instanceof NotSupportedException) {
            return problem(OperationFaults.unsupportedMediaType(), exchange);
        }
        if (refusal instanceof NotAcceptableException) {
            return problem(OperationFaults.notAcceptable(), exchange);
        }
        if (status >= 500) {
            return failed(refusal, exchange);
        }
        return problem(
                refusal.getCause() instanceof JsonProcessingException
                        ? OperationFaults.unreadableBody()
                        : OperationFaults.badRequest(status),
                exchange);
    }

    @ServerExceptionMapper
    Response failed(Throwable failure, RoutingContext exchange) {
        if (outage.told(failure) instanceof RpcFault away) {
            return problem(away, exchange);
        }
        String requestId = String.valueOf(OperationsGate.requestId(exchange));
        LOG.error("Operation failed in request " + requestId, Undisclosed.of(failure));
        return problem(OperationFaults.internal(requestId), exchange);
    }

    private static Response problem(RpcFault fault, RoutingContext exchange) {
        exchange.put(REFUSAL, fault);
        Problem problem = Problem.of(fault, OperationsGate.requestId(exchange));
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .entity(problem.json())
                .build();
    }
}
