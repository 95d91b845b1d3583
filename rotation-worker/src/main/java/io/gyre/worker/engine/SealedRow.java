package io.gyre.worker.engine;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.KeyChain;
import io.gyre.envelope.SealedVersion;
import io.gyre.secret.SecretText;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** A row with a sealed version and the keys above it, under the names that the statements give them. */
public final class SealedRow {
    private final Envelope envelope;

    public SealedRow(Envelope envelope) {
        this.envelope = envelope;
    }

    /** @throws IllegalStateException with the given sentence if there is no row */
    public SecretText opened(RowSet<Row> rows, String otherwise) {
        if (rows.size() == 0) {
            throw new IllegalStateException(otherwise);
        }
        Row row = rows.iterator().next();
        SealedVersion sealed = new SealedVersion(
                row.getBuffer("wrapped_data_key").getBytes(),
                row.getBuffer("ciphertext").getBytes());
        return envelope.open(keyChain(row), row.getString("arn"), row.getString("version_id"), sealed);
    }

    /** The links that every reading and sealing of a version needs. */
    static KeyChain keyChain(Row row) {
        return new KeyChain(
                row.getString("instance_id"),
                row.getBuffer("wrapped_key").getBytes(),
                row.getString("key_id"),
                row.getBuffer("wrapped_material").getBytes());
    }
}
