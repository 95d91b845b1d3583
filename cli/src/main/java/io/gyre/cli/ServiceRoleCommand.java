package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gyre service-role}. */
@Command(
        name = "service-role",
        description =
                "Tell whether this account lets Gyre replace the AccessKeys of RAM users: without, no RAM secret is"
                        + " created.",
        synopsisSubcommandLabel = "[COMMAND]")
final class ServiceRoleCommand implements Callable<Integer> {
    private static final String PATH = "service-roles/ram-rotation";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Override
    public Integer call() {
        operations.show(operations.api().get(PATH, new TreeMap<>()), ServiceRoleCommand::lines);
        return ExitStatus.DONE;
    }

    @Command(
            name = "grant",
            description =
                    "Let it: create the role and attach its policy. Only who may do both by the RAM API may do this.")
    int grant(@Mixin OperationsOptions consent) {
        consent.show(consent.api().post(PATH, Map.of()).body(), ServiceRoleCommand::lines);
        return ExitStatus.DONE;
    }

    private static List<String> lines(JsonNode role) {
        return List.of(
                role.path("granted").asBoolean()
                        ? "Granted: RAM secrets can be created."
                        : "Not granted: RAM secrets cannot be created. Grant it with ./gyre service-role grant.",
                "  role    " + role.path("roleArn").asText() + word(role, "roleExists", "", " (absent)"),
                "  trusts  kms.aliyuncs.com" + word(role, "trustsService", "", " (not yet)"),
                "  policy  " + role.path("policyName").asText() + word(role, "policyAttached", "", " (not attached)"));
    }

    private static String word(JsonNode role, String field, String yes, String no) {
        return role.path(field).asBoolean() ? yes : no;
    }
}
