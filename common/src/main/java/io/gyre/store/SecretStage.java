package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A stage label and the one version that it names. */
@Entity
@Table(name = "secret_stage")
@IdClass(SecretStage.Key.class)
public class SecretStage {
    /** The version that programs are to use. */
    public static final String CURRENT = "ACSCurrent";

    /** The version that was ACSCurrent before; of a pair, the one that is idle. */
    public static final String PREVIOUS = "ACSPrevious";

    /** A secret has each label once at most. */
    public record Key(long secretId, String stage) {}

    @Id
    @Column(name = "secret_id")
    private long secretId;

    @Id
    @Column(name = "stage")
    private String stage;

    @Column(name = "version_id")
    private String versionId;

    protected SecretStage() {}

    public SecretStage(long secretId, String stage, String versionId) {
        this.secretId = secretId;
        this.stage = stage;
        this.versionId = versionId;
    }

    public long secretId() {
        return secretId;
    }

    public String stage() {
        return stage;
    }

    public String versionId() {
        return versionId;
    }
}
