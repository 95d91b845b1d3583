package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Where a gateway finds the keys that sign requests. */
public interface AccessKeys {
    /** Empty where no such key exists, or where it is not valid yet. */
    Uni<Optional<AccessKey>> find(String accessKeyId);
}
