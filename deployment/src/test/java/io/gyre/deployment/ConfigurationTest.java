package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.deployment.ProcessSettings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The deployments, the documentation and the processes speak of the same settings. */
class ConfigurationTest {
    /** A row of a table in docs/configuration.md: the setting's variable or name, then its default. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z_.-]+)` \\| ([^|]*) \\|");

    /** Reading a module's classes takes a second or more. */
    private static final Map<String, Map<String, Setting>> READ = new ConcurrentHashMap<>();

    private final Map<String, String> documented = documented();

    @TempDir
    private Path scratch;

    @TestFactory
    Stream<DynamicTest> aProcessKnowsEverySettingThatItIsGiven() {
        return eachProcess(process -> assertEquals(
                Set.of(),
                without(
                        given(process),
                        settings(process).values().stream()
                                .map(Setting::variable)
                                .collect(Collectors.toSet()))));
    }

    @TestFactory
    Stream<DynamicTest> aProcessIsGivenEverySettingThatItNeeds() {
        return eachProcess(process -> assertEquals(
                Set.of(),
                without(
                        settings(process).values().stream()
                                .filter(Setting::required)
                                .map(Setting::variable)
                                .collect(Collectors.toSet()),
                        given(process))));
    }

    @TestFactory
    Stream<DynamicTest> everySettingOfAProcessIsDocumentedWithItsDefault() {
        return eachProcess(process -> {
            for (Setting setting : settings(process).values()) {
                String cell = documented.containsKey(setting.variable())
                        ? documented.get(setting.variable())
                        : documented.get(setting.name());
                assertTrue(cell != null, setting.variable() + " is missing from docs/configuration.md");
                setting.fallback()
                        .ifPresent(fallback -> assertTrue(
                                cell.contains("`" + fallback + "`"),
                                setting.variable() + " has the default " + fallback + "; documented is " + cell));
            }
        });
    }

    @Test
    void everySettingOfTheDeploymentsIsDocumented() {
        for (String process : Project.PROCESSES) {
            assertEquals(
                    Set.of(),
                    without(ComposeFile.read().service(process).environment().keySet(), documented.keySet()),
                    process);
        }
    }

    private static Stream<DynamicTest> eachProcess(Consumer<String> promise) {
        return Project.builtProcesses().stream()
                .map(process -> DynamicTest.dynamicTest(process, () -> promise.accept(process)));
    }

    private static Map<String, Setting> settings(String process) {
        return READ.computeIfAbsent(process, ProcessSettings::of);
    }

    /** The settings in the service's environment and in its file of secrets, as variables. */
    private Set<String> given(String process) {
        ComposeFile.Service service = ComposeFile.read().service(process);
        Set<String> given = service.environment().keySet().stream()
                .filter(name -> name.startsWith("GYRE_"))
                .collect(Collectors.toCollection(TreeSet::new));
        try {
            MadeSecrets made = MadeSecrets.in(scratch.resolve("for-" + process + "-" + System.nanoTime()));
            for (String secret : service.secrets()) {
                if (secret.endsWith(".properties")) {
                    made.properties(secret).stringPropertyNames().stream()
                            .map(name -> new Setting(name, Optional.empty(), true).variable())
                            .forEach(given::add);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("The secrets cannot be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while the secrets were made", e);
        }
        return given;
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static Map<String, String> documented() {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Project.read("docs/configuration.md"));
        while (row.find()) {
            rows.put(row.group(1), row.group(2));
        }
        return rows;
    }
}
