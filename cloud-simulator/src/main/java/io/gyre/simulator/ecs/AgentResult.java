package io.gyre.simulator.ecs;

import org.jspecify.annotations.Nullable;

/**
 * How a command ended.
 *
 * @param exitCode null where it was not run at all
 * @param errorCode one of ECS's, empty for success
 */
record AgentResult(@Nullable Integer exitCode, String errorCode, String errorInfo, String output) {
    static AgentResult success(String output) {
        return new AgentResult(0, "", "", output);
    }

    static AgentResult exit(int code, String output) {
        return new AgentResult(code, "ExitCodeNonzero", "The exit code of the command is not zero.", output);
    }

    static AgentResult refused(String errorCode, String errorInfo) {
        return new AgentResult(null, errorCode, errorInfo, "");
    }

    boolean succeeded() {
        return errorCode.isEmpty();
    }
}
