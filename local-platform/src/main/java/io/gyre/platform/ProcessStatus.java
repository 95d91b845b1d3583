package io.gyre.platform;

import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.ProcessRecord;
import io.gyre.platform.process.ResidentMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How one process of a platform does, as seen from any other process of the machine.
 *
 * @param name what people call it
 * @param pid its number; nothing if it does not run
 * @param port where it is used, or 0 for the supervisor, which has none
 * @param condition whether it does its work
 * @param residentKibibytes the memory that it and its own children hold; nothing if it does not run
 */
public record ProcessStatus(
        String name, OptionalLong pid, int port, Condition condition, OptionalLong residentKibibytes) {

    /** Whether a process does its work. */
    public enum Condition {
        /** It runs and says that it can do its work. */
        READY("ready"),
        /** It runs, and cannot do its work yet or any more. */
        NOT_READY("not ready"),
        /** It does not run. */
        STOPPED("stopped");

        private final String word;

        Condition(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }

    /** @return every process that a running platform has, in the order of their start, after the supervisor */
    public static List<ProcessStatus> of(Home home) {
        Ports ports = PlatformState.of(home)
                .map(PlatformState::ports)
                .orElse(new Ports(PlatformPlan.DEFAULT_PORT_BASE, PlatformPlan.DEFAULT_WORKERS));
        Map<String, ProcessHandle> running = ProcessRecord.in(home.run()).stream()
                .flatMap(record -> record.running().stream().map(handle -> Map.entry(record.name(), handle)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<ProcessStatus> all = new ArrayList<>();
        all.add(supervisor(HomeLock.holder(home)));
        ports.main().forEach((name, port) -> all.add(of(name, port, ports, Optional.ofNullable(running.get(name)))));
        return all;
    }

    private static ProcessStatus supervisor(Optional<ProcessHandle> holder) {
        return new ProcessStatus(
                "gyre",
                pid(holder),
                0,
                holder.isPresent() ? Condition.READY : Condition.STOPPED,
                // Alone: its children have their own rows.
                memory(holder.map(process -> List.of(process.pid()))));
    }

    private static ProcessStatus of(String name, int port, Ports ports, Optional<ProcessHandle> process) {
        return new ProcessStatus(
                name,
                pid(process),
                port,
                process.isEmpty()
                        ? Condition.STOPPED
                        : isReady(name, port, ports) ? Condition.READY : Condition.NOT_READY,
                memory(process.map(ResidentMemory::family)));
    }

    /** The stores have no health of their own: they are ready when they take connections. */
    private static boolean isReady(String name, int port, Ports ports) {
        Integer ops = ports.ops().get(name);
        return ops == null ? LoopbackPort.answers(port) : new Health().isReady(ops);
    }

    private static OptionalLong pid(Optional<ProcessHandle> process) {
        return process.isPresent() ? OptionalLong.of(process.get().pid()) : OptionalLong.empty();
    }

    private static OptionalLong memory(Optional<List<Long>> pids) {
        return pids.isPresent() ? OptionalLong.of(ResidentMemory.kibibytes(pids.get())) : OptionalLong.empty();
    }
}
