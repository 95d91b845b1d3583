package io.gyre.platform.testing;

import java.util.function.Supplier;

/**
 * Something that happens once in a JVM, whatever the number of class loaders: Quarkus loads the classes of a test more
 * than once, and only the JDK's own classes are the same for all of them.
 */
final class OncePerJvm {

    private OncePerJvm() {}

    /** @return what the first call with this key found, for all calls with it */
    static String value(String key, Supplier<String> first) {
        synchronized (Runtime.getRuntime()) {
            String known = System.getProperty(key);
            if (known == null) {
                known = first.get();
                System.setProperty(key, known);
            }
            return known;
        }
    }
}
