package io.gyre.api.rootkey;

import java.util.List;

/**
 * A process of the installation, as it told of itself.
 *
 * @param kind api-service or rotation-worker
 * @param knows the ids of the root keys that it was given
 * @param heardSecondsAgo when it last told
 */
public record RunningProcess(String kind, String name, List<String> knows, long heardSecondsAgo) {}
