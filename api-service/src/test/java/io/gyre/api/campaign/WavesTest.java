package io.gyre.api.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WavesTest {
    /** Both sides of a comparison of sums of fractions are rounded. */
    private static final double ROUNDING = 1e-9;

    @Test
    void wavesGrowFromTheCanaryToTheLimit() {
        assertEquals(List.of(1, 3, 9, 27, 40, 20), new WavePlan(1, 3, 40).sizes(100));
        assertEquals(List.of(5, 5, 2), new WavePlan(5, 1, 500).sizes(12));
        assertEquals(List.of(), new WavePlan(1, 3, 500).sizes(0));
    }

    @Test
    void aGrowthBeyondAllBoundsEndsAtTheLimit() {
        assertEquals(List.of(2, 1000, 1000, 998), new WavePlan(2, Integer.MAX_VALUE, 1000).sizes(3000));
    }

    @Property
    void theWavesCoverTheSelectionExactly(
            @ForAll("selections") List<Selected> selection,
            @ForAll @IntRange(min = 1, max = 5) int canary,
            @ForAll @IntRange(min = 1, max = 4) int growth,
            @ForAll @IntRange(min = 5, max = 30) int limit) {
        List<List<Selected>> waves = Waves.of(new WavePlan(canary, growth, limit), selection);
        List<Selected> covered = waves.stream().flatMap(List::stream).toList();
        assertEquals(selection.size(), covered.size());
        assertEquals(new HashSet<>(selection), new HashSet<>(covered));
        for (int n = 0; n < waves.size(); n++) {
            int size = waves.get(n).size();
            assertTrue(size >= 1 && size <= limit);
            assertTrue(n > 0 || size <= canary);
            assertTrue(n == 0 || size <= (long) waves.get(n - 1).size() * growth);
        }
    }

    @Property
    void theOrderIsTheSameWhoeverAsks(@ForAll("selections") List<Selected> selection) {
        List<Selected> shuffled = new ArrayList<>(selection);
        Collections.reverse(shuffled);
        WavePlan plan = new WavePlan(1, 3, 10);
        assertEquals(Waves.of(plan, selection), Waves.of(plan, shuffled));
    }

    /** However the order is cut, each target has its share of what is cut off, give or take one of its secrets. */
    @Property
    void theSecretsOfATargetAreSpread(
            @ForAll("selections") List<Selected> selection,
            @ForAll @IntRange(min = 0, max = 60) int from,
            @ForAll @IntRange(min = 0, max = 60) int length) {
        List<Selected> order = Waves.of(new WavePlan(1, 1, 1), selection).stream()
                .flatMap(List::stream)
                .toList();
        int begin = Math.min(from, order.size());
        List<Selected> cut = order.subList(begin, Math.min(begin + length, order.size()));
        Map<String, Integer> all = byTarget(order);
        Map<String, Integer> here = byTarget(cut);
        for (String one : all.keySet()) {
            for (String other : all.keySet()) {
                double share = (double) here.getOrDefault(one, 0) / all.get(one);
                double otherShare = (double) here.getOrDefault(other, 0) / all.get(other);
                double unit = 1.0 / all.get(one) + 1.0 / all.get(other);
                assertTrue(Math.abs(share - otherShare) <= unit + ROUNDING, one + " " + other + " of " + cut);
            }
        }
    }

    private static Map<String, Integer> byTarget(List<Selected> secrets) {
        Map<String, Integer> counts = new HashMap<>();
        secrets.forEach(secret -> counts.merge(secret.targetKey(), 1, Integer::sum));
        return counts;
    }

    @Provide
    Arbitrary<List<Selected>> selections() {
        return Arbitraries.integers().between(0, 4).list().ofMaxSize(60).map(targets -> {
            List<Selected> selection = new ArrayList<>();
            for (int n = 0; n < targets.size(); n++) {
                selection.add(new Selected(n, "acs:kms:r:1:secret/s" + n, "Rds rm-" + targets.get(n)));
            }
            return selection;
        });
    }
}
