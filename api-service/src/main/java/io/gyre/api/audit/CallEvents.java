package io.gyre.api.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.accesspoints.PointPrincipal;
import io.gyre.api.ram.Principals;
import io.gyre.api.wire.CallLog;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RefusedCalls.RefusedCall;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls in the shape of ActionTrail's events, as text. What is Gyre's own stands in {@code additionalEventData}; its {@code
 * stage} tells a call that begins from one that has ended.
 */
@ApplicationScoped
class CallEvents {
    /** What such a call holds may be anything, in any place. */
    private static final Set<String> MALFORMED = Set.of("InvalidParameter", "MissingParameter");

    /** Of what a caller who has proven nothing says: method and beginning of the path, and ids like Gyre's own. */
    private static final Pattern OPERATION = Pattern.compile("[A-Z]{1,8} /operations/v1/[a-z-]{1,24}");

    private static final Pattern ACCESS_KEY_ID = Pattern.compile("(LTAI|STS\\.|KAAP\\.)[A-Za-z0-9-]{1,60}");

    private final Installation installation;
    private final InstantSource clock;

    CallEvents(Installation installation, InstantSource clock) {
        this.installation = installation;
        this.clock = clock;
    }

    /** One that may change something is about to be made. */
    String begun(RpcRequest request) {
        ObjectNode event = event(request, "Begun");
        AuditedParameters.targets(request, event.putObject("requestParameters"));
        return event.toString();
    }

    /** @param fault null where it was done */
    String ended(RpcRequest request, @Nullable RpcFault fault) {
        ObjectNode event = event(request, "Ended");
        if (fault == null) {
            AuditedParameters.all(request, event.putObject("requestParameters"));
        } else {
            event.put("errorCode", fault.code());
            ObjectNode parameters = event.putObject("requestParameters");
            if (!MALFORMED.contains(fault.code())) {
                AuditedParameters.targets(request, parameters);
            }
        }
        return event.toString();
    }

    /**
     * The caller may not do this, or not now.
     *
     * @param untold how many such calls before this one were not told
     */
    String denied(RpcRequest request, RpcFault fault, long untold) {
        ObjectNode event = event(request, "Denied");
        event.put("errorCode", fault.code());
        ObjectNode parameters = event.putObject("requestParameters");
        if (!MALFORMED.contains(fault.code())) {
            // It says which permission is missing on what, and nothing of the request's values.
            event.put("errorMessage", fault.text());
            AuditedParameters.targets(request, parameters);
        }
        tellOf(untold, event);
        return event.toString();
    }

    /**
     * Nobody knows who called.
     *
     * @param untold how many such calls before this one were not told
     */
    String refused(RefusedCall call, RpcFault fault, long untold) {
        ObjectNode event = event(name(call.action()), call.requestId(), call.sourceAddress());
        event.put("errorCode", fault.code());
        if (call.version() != null) {
            event.put("apiVersion", call.version());
        }
        String id = call.accessKeyId();
        event.putObject("userIdentity")
                .put("type", "unknown")
                .put(
                        "accessKeyId",
                        id == null ? "(none)" : ACCESS_KEY_ID.matcher(id).matches() ? id : "(not shown)");
        event.putObject("additionalEventData").put("stage", "Refused");
        tellOf(untold, event);
        return event.toString();
    }

    /**
     * Somebody logged in to the console, or tried to.
     *
     * @param fault null where they did
     * @param untold how many such tries before this one were not told
     */
    String signin(SigninLog.Signin signin, @Nullable RpcFault fault, long untold) {
        ObjectNode event = event("ConsoleSignin", signin.requestId(), signin.sourceAddress())
                .put("eventType", "ConsoleSignin")
                .put("serviceName", CallLog.CONSOLE)
                .put("eventRW", CallEffect.WRITE.word());
        ObjectNode identity = event.putObject("userIdentity");
        AccessKey who = signin.who();
        if (who == null) {
            identity.put("type", "unknown");
        } else {
            identity(who, identity);
        }
        if (fault != null) {
            event.put("errorCode", fault.code());
        }
        event.putObject("additionalEventData")
                .put("stage", fault == null ? "Ended" : "Refused")
                .put("by", signin.by())
                .put("tls", signin.secure());
        tellOf(untold, event);
        return event.toString();
    }

    private static void tellOf(long untold, ObjectNode event) {
        if (untold > 0) {
            event.withObject("/additionalEventData").put("notToldBefore", untold);
        }
    }

    private ObjectNode event(RpcRequest request, String stage) {
        ObjectNode event = event(request.action(), request.requestId(), request.sourceAddress());
        if (request.product().equals(CallLog.CONSOLE)) {
            event.put("eventType", "ConsoleOperation");
        }
        event.put("serviceName", request.product())
                .put("apiVersion", request.version())
                .put("eventRW", CallEffect.of(request.action()).word());
        identity(request.caller(), event.putObject("userIdentity"));
        event.putObject("additionalEventData").put("stage", stage).put("tls", request.secure());
        return event;
    }

    private ObjectNode event(String name, String requestId, String sourceAddress) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("eventVersion", "1")
                .put("eventType", "ApiCall")
                .put("eventName", name)
                .put("eventTime", WireTime.text(clock.instant()))
                .put("acsRegion", installation.region())
                .put("requestId", requestId)
                .put("sourceIpAddress", sourceAddress);
    }

    private static void identity(AccessKey caller, ObjectNode identity) {
        String principal = caller.principal();
        identity.put("accountId", caller.accountId());
        // Whoever logged in to the console by a password has none.
        if (!caller.id().isEmpty()) {
            identity.put("accessKeyId", caller.id());
        }
        if (Principals.isRoot(principal)) {
            identity.put("type", "root-account");
        } else if (Principals.roleOfSession(principal).isPresent()) {
            identity.put("type", "assumed-role")
                    .put(
                            "userName",
                            Principals.roleOfSession(principal).get() + ":" + Principals.sessionName(principal));
        } else if (PointPrincipal.accessPoint(principal).isPresent()) {
            identity.put("type", "application-access-point")
                    .put("userName", PointPrincipal.accessPoint(principal).get());
        } else {
            identity.put("type", "ram-user")
                    .put("userName", Principals.userName(principal).orElse(principal));
        }
    }

    /** An action's name is one that there is; a path may hold anything. */
    private static String name(@Nullable String action) {
        if (action == null || action.indexOf(' ') < 0) {
            return action == null ? "(unknown)" : action;
        }
        Matcher operation = OPERATION.matcher(action);
        return operation.lookingAt() ? operation.group() : "(unknown)";
    }
}
