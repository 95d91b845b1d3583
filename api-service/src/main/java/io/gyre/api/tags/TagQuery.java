package io.gyre.api.tags;

import java.util.List;

/**
 * Which tags are asked for, in the order of their resources' ids and of their keys.
 *
 * @param resourceIds of at most 50 resources; empty for all that the account has
 * @param carried a JSON array of {@code {"TagKey":…,"TagValue":…}}: resources that have all of these, where a tag
 *     without value stands for any
 * @param after the tag before the first one that is wanted
 * @param limit of tags
 */
public record TagQuery(List<String> resourceIds, String carried, PageMark after, int limit) {
    public TagQuery {
        resourceIds = List.copyOf(resourceIds);
    }
}
