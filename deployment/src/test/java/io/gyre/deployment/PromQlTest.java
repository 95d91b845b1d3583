package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
    @Test
    void aMetricIsFoundWhereverItStands() {
        PromQl expression =
                PromQl.of("histogram_quantile(0.9, sum by (type, le) (rate(a_bucket{x=\"by (y) b\",z!~'c'}[5m])))"
                        + " > 2 and on (type) d unless max without (q) (e offset 5m) == bool 1e3");
        assertEquals(Map.of("a_bucket", Set.of("x", "z"), "d", Set.of(), "e", Set.of()), expression.metrics());
        assertEquals(Set.of("type", "le", "q"), expression.grouping());
    }

    @Test
    void aGroupingBehindTheExpressionIsNoMetric() {
        PromQl expression = PromQl.of("sum(a) by (b) / count(a{c=~\"d|e\"}) by (b)");
        assertEquals(Map.of("a", Set.of("c")), expression.metrics());
        assertEquals(Set.of("b"), expression.grouping());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum(a", "sum(a))", "a{b=\"c]", "a[5m}", "a ~ b", "sum by type (a)"})
    void whatIsNoExpressionIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PromQl.of(text));
    }
}
