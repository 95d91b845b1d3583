package io.gyre.api.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which secret is rotated in which wave. The secrets of each target are spread evenly over the whole order, so that a wave
 * meets many targets a little instead of one with all its might; among equals a hash of the ARN decides, so that the same
 * selection has the same order whoever asks, and no order of names.
 */
public final class Waves {
    /** As many as there are hashes. */
    private static final double HASHES = 0x1p63;

    private Waves() {}

    /** @return the waves in their order, each with its secrets in the order in which they begin; every secret once */
    public static List<List<Selected>> of(WavePlan plan, List<Selected> selection) {
        List<Selected> order = spread(selection);
        List<List<Selected>> waves = new ArrayList<>();
        int from = 0;
        for (int size : plan.sizes(order.size())) {
            waves.add(List.copyOf(order.subList(from, from + size)));
            from += size;
        }
        return List.copyOf(waves);
    }

    /** The n-th of a target's c secrets stands at (n + a part of one) / c of the whole; the part is the target's own. */
    private static List<Selected> spread(List<Selected> selection) {
        Map<String, List<Selected>> byTarget = new HashMap<>();
        selection.forEach(each -> byTarget.computeIfAbsent(each.targetKey(), none -> new ArrayList<>())
                .add(each));
        List<Placed> placed = new ArrayList<>();
        byTarget.forEach((target, secrets) -> {
            secrets.sort(Comparator.comparingLong((Selected each) -> hash(each.arn()))
                    .thenComparing(Selected::arn));
            double part = hash(target) / HASHES;
            for (int n = 0; n < secrets.size(); n++) {
                placed.add(new Placed((n + part) / secrets.size(), secrets.get(n)));
            }
        });
        placed.sort(Comparator.comparingDouble(Placed::at)
                .thenComparing(each -> each.secret().arn()));
        return placed.stream().map(Placed::secret).toList();
    }

    private record Placed(double at, Selected secret) {}

    /** FNV-1a and a mixer behind it: nothing secret depends on it, and it never changes with a release of the JDK. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ hash >>> 33) & Long.MAX_VALUE;
    }
}
