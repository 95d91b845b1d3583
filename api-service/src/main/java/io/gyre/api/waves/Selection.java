package io.gyre.api.waves;

/**
 * Which secrets of an account a campaign is to rotate: those that fit all of it. The empty text asks for nothing.
 *
 * @param type {@code ram}, {@code rds} or {@code ecs}
 * @param name of the secret; {@code *} stands for any characters
 * @param tagKey a tag that it has
 * @param tagValue the value of that tag; any unless given
 * @param instanceId the KMS instance that it is in, or {@code kms-1.0}
 * @param target what its credential is checked by: an RDS or ECS instance
 */
public record Selection(String type, String name, String tagKey, String tagValue, String instanceId, String target) {
    public boolean asksForNothing() {
        return (type + name + tagKey + instanceId + target).isEmpty();
    }

    /** For LIKE, whose own signs stand for themselves in a name. */
    String namePattern() {
        return name.replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace('*', '%');
    }
}
