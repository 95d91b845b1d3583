package io.gyre.worker.target;

/**
 * What was asked of a cloud: all that a sentence about its answer may name.
 *
 * @param product for example {@code RDS}
 * @param resource in words, for example {@code account app of rm-123}
 * @param changes whether the target may be another one afterwards
 */
record Asked(String product, String action, String resource, boolean changes) {}
