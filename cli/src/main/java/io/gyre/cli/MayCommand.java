package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.AccessLines;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre may}. */
@Command(
        name = "may",
        description =
                "See whether somebody may do something, and which statement of which policy says so. Nothing is done.",
        footer = {"", "Exit status: 0 if it is allowed, 12 if it is not."})
final class MayCommand implements Callable<Integer> {
    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Parameters(index = "0", paramLabel = "WHO", description = "user/NAME, role/NAME, or root; NAME alone is a user.")
    private String principal = "";

    @Parameters(index = "1", paramLabel = "ACTION", description = "As a policy has it, for example kms:GetSecretValue.")
    private String action = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "RESOURCE",
            description =
                    "An ARN, or what stands behind the account in it, for example secret/db/orders; none for what is done to a"
                            + " whole container.")
    @Nullable
    private String resource;

    @Option(names = "--at", paramLabel = "TIME", description = "For conditions on acs:CurrentTime (default: now).")
    @Nullable
    private String time;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            description = "For conditions on acs:SourceIp (default: your own).")
    @Nullable
    private String sourceIp;

    @Option(
            names = "--tls",
            arity = "1",
            paramLabel = "true|false",
            description = "For conditions on acs:SecureTransport (default: as this question is sent).")
    @Nullable
    private Boolean tls;

    @Override
    public Integer call() {
        SortedMap<String, String> query = new TreeMap<>();
        query.put("principal", principal.contains("/") || principal.equals("root") ? principal : "user/" + principal);
        query.put("action", action);
        put(query, "resource", resource);
        put(query, "time", time);
        put(query, "sourceIp", sourceIp);
        put(query, "secureTransport", tls == null ? null : tls.toString());
        JsonNode answer = operations.api().get("access/test", query);
        operations.show(answer, AccessLines::verdict);
        return answer.path("allowed").asBoolean() ? ExitStatus.DONE : ExitStatus.NOT_ALLOWED;
    }

    private static void put(SortedMap<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
