package io.gyre.api.console;

import java.util.regex.Pattern;

/** Where whoever logs in goes on to: a page of this console, whatever was asked for. */
final class ReturnPath {
    private static final String CONSOLE = ConsoleRoutes.ROOT;

    /**
     * No slash twice, which a browser takes for another host, and no dots, which lead upwards; then what is asked for there,
     * encoded.
     */
    private static final Pattern PAGE =
            Pattern.compile(CONSOLE + "([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]*(\\?[A-Za-z0-9_.*=&%+-]*)?");

    private static final int LONGEST = 1024;

    private ReturnPath() {}

    static String of(String wanted) {
        return wanted.length() <= LONGEST && PAGE.matcher(wanted).matches() ? wanted : CONSOLE;
    }
}
