package io.gyre.api.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.api.accesspoints.AccessPointFaults;
import io.gyre.api.gateway.InstanceFaults;
import io.gyre.api.ram.RamFaults;
import io.gyre.api.sts.StsFaults;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcServerOptions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/errors.md is made from the methods that make the refusals; {@code -Dgyre.write-documents=true} writes it anew. */
class ErrorsPageTest {
    /** Of refusals that name a limit, one that there is. */
    private static final Map<String, Integer> LIMITS =
            Map.of("invalidLength", 64, "policyTooLong", 2048, "durationBeyond", 3600);

    private static final Path KEPT = Path.of("..", "docs", "errors.md");

    @Test
    void thePageTellsEveryRefusalAsCallersReadIt() throws Exception {
        String page = page();
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.writeString(KEPT, page);
        }
        assertEquals(page, Files.readString(KEPT));
    }

    private static String page() throws ReflectiveOperationException {
        return """
                # Errors of the KMS API, RAM and STS

                Made from the code that refuses (`KmsFaults`, `RamFaults`, `StsFaults`, `AccessPointFaults`, `InstanceFaults` and
                `GatewayFaults`), and compared with it in each build. `<…>` stands for what a request named. Every error has the fields `HttpStatus`, `Code`, `Message`,
                `RequestId` and `HostId`, in JSON, or in XML where that was asked for.

                ## Of actions

                """ + table(KmsFaults.class) + """

                ## Of RAM and STS

                """ + table(RamFaults.class, StsFaults.class) + """

                ## Of access points and their gateway

                Whoever calls with a client key is answered by the message `Error` of Protocol Buffers, with the fields `StatusCode`,
                `ErrorCode`, `ErrorMessage` and `RequestId`; what an action refuses has the codes above.

                """
                + table(AccessPointFaults.class, InstanceFaults.class) + """

                ## Before an action is reached

                """
                + table(GatewayFaults.class) + """

                ## Throttling

                `GYRE_THROTTLING_PROFILE=shared-gateway` holds each account to the documented rates of Alibaba Cloud's shared gateway;
                by default there is no cap, as at the gateway of a KMS instance. The actions of a row share its calls. Each
                api-service process counts for itself: tell them by `GYRE_THROTTLING_PROCESSES` how many share the requests.

                """ + quotas();
    }

    private static String table(Class<?>... catalogues) throws ReflectiveOperationException {
        StringBuilder table = new StringBuilder("| status | code | message | when |\n|---|---|---|---|\n");
        List<String> rows = new ArrayList<>();
        for (Method method : Arrays.stream(catalogues)
                .flatMap(catalogue -> Arrays.stream(catalogue.getDeclaredMethods()))
                .toList()) {
            if (method.getReturnType() == RpcFault.class && Modifier.isPublic(method.getModifiers())) {
                RpcFault fault = (RpcFault) method.invoke(null, samples(method));
                rows.add("| " + fault.status() + " | `" + fault.code() + "` | `"
                        + fault.text().replace("|", "\\|") + "` | " + words(method.getName()) + " |\n");
            }
        }
        rows.sort(Comparator.naturalOrder());
        rows.forEach(table::append);
        return table.toString();
    }

    private static Object[] samples(Method method) {
        return Arrays.stream(method.getParameters())
                .map(parameter -> sample(method, parameter))
                .toArray();
    }

    private static Object sample(Method method, Parameter parameter) {
        Class<?> type = parameter.getType();
        if (type == String.class) {
            return "<" + words(parameter.getName()) + ">";
        }
        if (type == int.class && LIMITS.containsKey(method.getName())) {
            return LIMITS.get(method.getName());
        }
        if (type == int.class) {
            return method.getName().startsWith("body")
                    ? RpcServerOptions.BODY_LIMIT
                    : RpcServerOptions.REQUEST_LINE_LIMIT;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(8);
        }
        if (type == RpcFault.class) {
            return KmsFaults.secretNotFound();
        }
        throw new AssertionError("There is no sample of a " + type + " for the page of errors.");
    }

    /** {@code nameInDeleteWindow} becomes "name in delete window". */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String quotas() {
        StringBuilder table = new StringBuilder("| calls | in | actions |\n|---|---|---|\n");
        for (Quota quota : Quota.values()) {
            String actions = quota.actions().collect(Collectors.joining(", "));
            table.append("| ")
                    .append(quota.calls())
                    .append(" | ")
                    .append(
                            quota.period().toSeconds() == 1
                                    ? "1 s"
                                    : quota.period().toMinutes() + " min")
                    .append(" | ")
                    .append(actions.isEmpty() ? "all others together" : actions)
                    .append(" |\n");
        }
        return table.toString();
    }
}
