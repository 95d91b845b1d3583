package io.gyre.api.campaign;

/**
 * A secret that a campaign is to rotate.
 *
 * @param targetKey what answers for its credential: secrets with one key share it
 */
public record Selected(long secretId, String arn, String targetKey) {}
