package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @Test
    void parametersAreReadAsBrowsersWriteThem() {
        Query query = Query.of("secret=a%2Fb+c&limit=");
        assertEquals("a/b c", query.text("secret"));
        assertEquals("", query.text("limit"));
        assertEquals("", query.text("view"));
        assertEquals("", Query.of(null).text("view"));
    }

    @Test
    void ofAParameterThatStandsThereTwiceTheFirstCounts() {
        assertEquals("a", Query.of("secret=a&secret=b").text("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret=%", "secret=%zz", "secret=a&view=%f"})
    void whatCannotBeReadAsksForNothing(String text) {
        assertEquals(new Query(Map.of()), Query.of(text));
    }
}
