package io.gyre.api.console;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which page lies at a path: the one that is called so, or else one whose path has stars where this one has anything; of several
 * the one with the fewest stars.
 */
final class PagePaths {
    private static final String ANY = "*";

    private final Map<String, Page> named;
    private final List<Page> starred;

    PagePaths(List<Page> pages) {
        this.named = pages.stream()
                .filter(page -> !page.path().contains(ANY))
                .collect(Collectors.toUnmodifiableMap(Page::path, Function.identity()));
        this.starred = pages.stream()
                .filter(page -> page.path().contains(ANY))
                .sorted(Comparator.comparingLong(page -> stars(page.path())))
                .toList();
    }

    /** @param path with {@link ConsoleRoutes#ROOT} */
    Optional<Page> find(String path) {
        if (!path.startsWith(ConsoleRoutes.ROOT)) {
            return Optional.empty();
        }
        String below = path.substring(ConsoleRoutes.ROOT.length());
        Page page = named.get(below);
        return page != null
                ? Optional.of(page)
                : starred.stream().filter(each -> fits(each.path(), below)).findFirst();
    }

    private static long stars(String path) {
        return Stream.of(path.split("/", -1)).filter(ANY::equals).count();
    }

    private static boolean fits(String pattern, String path) {
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean any = wanted[i].equals(ANY) && !given[i].isEmpty();
            if (!any && !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }
}
