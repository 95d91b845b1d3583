package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagePathsTest {
    private record Named(String path) implements Page {
        @Override
        public Uni<Answer> show(Visit visit, Visitor visitor) {
            return Uni.createFrom().item(Answer.empty(200));
        }
    }

    private static final PagePaths PATHS = new PagePaths(List.of(
            new Named(""),
            new Named("rotations"),
            new Named("rotations/*"),
            new Named("rotations/*/*"),
            new Named("rotations/*/steps")));

    @ParameterizedTest
    @CsvSource({
        "/console/, ''",
        "/console/rotations, rotations",
        "/console/rotations/1-2, rotations/*",
        "/console/rotations/1-2/retry, rotations/*/*",
        "/console/rotations/1-2/steps, rotations/*/steps",
        "/console/rotations/, none",
        "/console/rotations//retry, none",
        "/console/rotations/1/2/3, none",
        "/console/secrets, none",
        "/operations/rotations, none"
    })
    void aPageLiesAtItsOwnPathAndAStarStandsForOnePart(String path, String found) {
        assertEquals(found, PATHS.find(path).map(Page::path).orElse("none"));
    }
}
