package io.gyre.api.secrets;

import io.gyre.api.tags.Tags;
import io.gyre.store.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rotation of a secret must not share with another one that has not ended.
 *
 * @param accounts those at the target that the rotation changes: two secrets may hold credentials of one
 * @param group the secrets that their owner put together by a tag; none without
 */
public record Turns(List<String> accounts, @Nullable String group) {
    /** The key of the tag whose value names a group, of which one secret at a time is rotated by its policy. */
    static final String GROUP_TAG = "gyre:rotation-group";

    /** @param names what the secret's credentials are called at their target */
    static Turns of(Secret secret, List<String> names) {
        ExtendedConfig config = ExtendedConfig.stored(secret.type(), String.valueOf(secret.extendedConfig()));
        String holder = secret.type().targetKey(config.place()) + " ";
        String user = config.place().get("UserName");
        String group = group(Tags.stored(secret.tags()));
        return new Turns(
                (user == null ? names.stream() : Stream.of(user))
                        .map(name -> holder + name)
                        .toList(),
                group == null ? null : GROUP_TAG + " " + group);
    }

    /** The group that a secret with these tags is in; null where it is in none. */
    public static @Nullable String group(Tags tags) {
        String group = tags.values().get(GROUP_TAG);
        return group == null || group.isEmpty() ? null : group;
    }

    /** All of them. */
    List<String> all() {
        return group == null
                ? accounts
                : Stream.concat(accounts.stream(), Stream.of(group)).toList();
    }
}
