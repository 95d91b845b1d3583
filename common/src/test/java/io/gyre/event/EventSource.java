package io.gyre.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A record of this package as its source tells of it: what Javadoc says reaches the document's readers too. */
record EventSource(String text) {
    private static final Path FOLDER = Path.of("src", "main", "java", "io", "gyre", "event");

    private static final Pattern TYPE = Pattern.compile("/\\*\\* ([^*]+?) \\*/\\s+public static final String (\\w+) =");

    /** The records of this package. */
    static List<Class<?>> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .sorted()
                    .<Class<?>>map(name -> named(name.replace(".java", "")))
                    .filter(Class::isRecord)
                    .collect(Collectors.toUnmodifiableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventSource of(Class<?> event) {
        Class<?> outermost = event.getNestHost();
        try {
            String text = Files.readString(FOLDER.resolve(outermost.getSimpleName() + ".java"));
            int declaration = text.indexOf("record " + event.getSimpleName() + "(");
            int javadoc = text.lastIndexOf("/**", declaration);
            return new EventSource(text.substring(javadoc));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the record is, without what concerns this code alone, which Javadoc has as a further paragraph. */
    String summary() {
        return javadoc().split(" (@param|<p>)", 2)[0].strip();
    }

    /** What each component is, as far as its name does not say it. */
    Map<String, String> components() {
        Map<String, String> components = new LinkedHashMap<>();
        String[] params = javadoc().split(" @param ", -1);
        for (int i = 1; i < params.length; i++) {
            int blank = params[i].indexOf(' ');
            components.put(params[i].substring(0, blank), params[i].substring(blank + 1));
        }
        return components;
    }

    /** What Javadoc says of a constant. */
    String constant(String name) {
        Matcher found = TYPE.matcher(text);
        while (found.find()) {
            if (found.group(2).equals(name)) {
                return plain(found.group(1));
            }
        }
        throw new AssertionError(name + " has no Javadoc of one sentence");
    }

    private String javadoc() {
        return plain(text.substring(3, text.indexOf("*/")).replaceAll("\n\\s*\\*", " "));
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link) ([^}]*)}", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(EventSource.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
