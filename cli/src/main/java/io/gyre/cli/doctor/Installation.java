package io.gyre.cli.doctor;

import io.gyre.cli.kafka.KafkaPlace;
import io.gyre.cli.operations.OperationsApi;
import io.gyre.platform.Home;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at.
 *
 * @param endpoint of the operations API
 * @param apiOf makes its client
 * @param secured addresses whose certificates are looked at
 * @param authorities whose certificates are believed, in PEM; null for those the JDK knows
 * @param kafka null where none was named
 * @param home of the local platform; null for another installation
 */
public record Installation(
        URI endpoint,
        Supplier<OperationsApi> apiOf,
        List<URI> secured,
        @Nullable Path authorities,
        @Nullable KafkaPlace kafka,
        @Nullable Home home) {
    /** The list is copied. */
    public Installation {
        secured = List.copyOf(secured);
    }

    /** @throws io.gyre.platform.PlatformException where its AccessKey cannot be read, or others could listen */
    OperationsApi api() {
        return apiOf.get();
    }
}
