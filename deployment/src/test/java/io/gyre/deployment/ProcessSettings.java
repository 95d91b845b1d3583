package io.gyre.deployment;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings named {@code gyre.*} that a module reads, taken from where the process itself takes them: the expressions
 * in its application.properties, its @ConfigMapping interfaces and its @ConfigProperty points. Classes are read, not
 * loaded, so this module depends on none of those.
 */
final class ProcessSettings {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(gyre\\.[a-z0-9.-]+)(?::([^}]*))?}");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^(gyre\\.[a-z0-9.-]+)=(.*)$");

    private static final String MAPPING = "io.smallrye.config.ConfigMapping";
    private static final String DEFAULT = "io.smallrye.config.WithDefault";
    private static final String NAME = "io.smallrye.config.WithName";
    private static final String PARENT_NAME = "io.smallrye.config.WithParentName";
    private static final String PROPERTY = "org.eclipse.microprofile.config.inject.ConfigProperty";

    private final Map<String, Setting> settings = new TreeMap<>();

    /**
     * One setting.
     *
     * @param fallback its default, if it has one
     * @param required whether the process refuses to start without it
     */
    record Setting(String name, Optional<String> fallback, boolean required) {
        /** The variable that sets it: SmallRye's rule. */
        String variable() {
            return name.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }

    /** The settings of a module that is compiled. */
    static Map<String, Setting> of(String module) {
        Path classes = Project.ROOT.resolve(module).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new AssertionError(module + " is not compiled: build the modules before this one too");
        }
        ProcessSettings read = new ProcessSettings();
        read.classes(new ClassFileImporter().importPath(classes));
        Path properties = classes.resolve("application.properties");
        if (Files.exists(properties)) {
            read.properties(Project.read(properties.toString()));
        }
        return read.settings;
    }

    private void properties(String text) {
        Matcher expression = EXPRESSION.matcher(text);
        while (expression.find()) {
            Optional<String> fallback = Optional.ofNullable(expression.group(2));
            settings.merge(
                    expression.group(1),
                    new Setting(expression.group(1), fallback, fallback.isEmpty()),
                    (mapped, here) -> mapped);
        }
        Matcher definition = DEFINITION.matcher(text);
        while (definition.find()) {
            settings.put(
                    definition.group(1),
                    new Setting(
                            definition.group(1), Optional.of(definition.group(2).strip()), false));
        }
    }

    private void classes(JavaClasses classes) {
        for (JavaClass type : classes) {
            annotation(type, MAPPING)
                    .flatMap(mapping -> mapping.get("prefix"))
                    .ifPresent(prefix -> group((String) prefix, type, true));
            type.getFields().forEach(this::injected);
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                unit.getParameters().forEach(this::injected);
            }
        }
    }

    private void group(String prefix, JavaClass type, boolean required) {
        for (JavaMethod method : type.getAllMethods()) {
            if (method.getModifiers().contains(JavaModifier.ABSTRACT)) {
                member(prefix, method, required);
            }
        }
    }

    private void member(String prefix, JavaMethod method, boolean required) {
        String name = annotation(method, PARENT_NAME).isPresent()
                ? prefix
                : prefix + "." + value(method, NAME).orElseGet(() -> kebab(method.getName()));
        boolean optional = method.getRawReturnType().isEquivalentTo(Optional.class);
        JavaClass type = optional ? argument(method.getReturnType()) : method.getRawReturnType();
        if (type.isInterface() && type.getPackageName().startsWith("io.gyre")) {
            group(name, type, required && !optional);
            return;
        }
        Optional<String> fallback = value(method, DEFAULT);
        settings.put(name, new Setting(name, fallback, required && !optional && fallback.isEmpty()));
    }

    private void injected(HasAnnotations<?> point) {
        annotation(point, PROPERTY).ifPresent(property -> {
            String name = (String) property.get("name").orElse("");
            if (name.startsWith("gyre.")) {
                Optional<String> fallback =
                        property.getExplicitlyDeclaredProperty("defaultValue").getClass() == String.class
                                ? Optional.of((String) property.getExplicitlyDeclaredProperty("defaultValue"))
                                : Optional.empty();
                settings.put(name, new Setting(name, fallback, fallback.isEmpty()));
            }
        });
    }

    private static Optional<String> value(HasAnnotations<?> element, String annotation) {
        return annotation(element, annotation).flatMap(it -> it.get("value")).map(String::valueOf);
    }

    private static Optional<JavaAnnotation<?>> annotation(HasAnnotations<?> element, String type) {
        return element.getAnnotations().stream()
                .filter(it -> it.getRawType().getName().equals(type))
                .<JavaAnnotation<?>>map(it -> it)
                .findFirst();
    }

    private static JavaClass argument(JavaType type) {
        return ((JavaParameterizedType) type).getActualTypeArguments().get(0).toErasure();
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
