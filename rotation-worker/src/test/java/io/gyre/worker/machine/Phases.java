package io.gyre.worker.machine;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The phases of a machine, for tests of other rooms. */
public final class Phases {
    private Phases() {}

    /** By name. */
    public static Set<String> of(Machine machine) {
        return Arrays.stream(machine.table().phases().getEnumConstants())
                .map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
