package io.gyre.platform.service;

import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.ChildSpec;
import io.gyre.platform.process.ChildSpec.StopSignal;
import io.gyre.platform.process.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of Gyre's own processes.
 *
 * @param name what people call it
 * @param module the folder it was built in
 * @param heapMebibytes the most its heap may grow to
 * @param opsPort where it tells its health
 * @param environment what it is told openly
 * @param secrets what it is told through a file of its own, by property name
 * @param tier see {@link ChildSpec}
 */
public record ServicePlan(
        String name,
        String module,
        int heapMebibytes,
        int opsPort,
        Map<String, String> environment,
        Map<String, String> secrets,
        int tier) {

    /** Longer than any of them takes: api-service lets calls end for 30 s at most, a worker what is out for 20 s. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(35);

    /** @throws PlatformException if it was not built */
    public void requireBuilt(PlatformPlan plan) {
        if (!Files.isRegularFile(plan.jar(module))) {
            throw new PlatformException(
                    name + " is not built: " + plan.jar(module) + " is missing. Start with ./gyre, which builds it.");
        }
    }

    /** Another one like it, which is told this in place of what it would be told, or beside it. */
    public ServicePlan beside(String other, int otherOpsPort, Map<String, String> told) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(told);
        return new ServicePlan(other, module, heapMebibytes, otherOpsPort, variables, secrets, tier);
    }

    /** Writes the file of secrets; what to start then. */
    public ChildSpec prepare(Home home, PlatformPlan plan) {
        Path file = home.secret(name + ".properties");
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(secrets)
                .forEach((key, value) ->
                        lines.append(key).append('=').append(value).append('\n'));
        PrivateFile.write(file, lines.toString());

        Map<String, String> variables = new HashMap<>(environment);
        variables.put("SMALLRYE_CONFIG_LOCATIONS", file.toUri().toString());
        variables.put("GYRE_OPS_HOST", "127.0.0.1");
        variables.put("GYRE_OPS_PORT", Integer.toString(opsPort));
        String traces = plan.traces();
        if (traces != null) {
            variables.put("GYRE_TRACES_ENDPOINT", traces);
        }
        return new ChildSpec(
                name,
                JavaCommand.ofJar(plan.jar(module), heapMebibytes, plan.compiler()),
                variables,
                home.folder(),
                home.log(name),
                StopSignal.TERM,
                STOP_GRACE,
                tier);
    }

    /** Secrets stay in their file. */
    @Override
    public String toString() {
        return name;
    }
}
