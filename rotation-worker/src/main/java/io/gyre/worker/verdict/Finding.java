package io.gyre.worker.verdict;

/**
 * What is wrong, in three sentences for a person. None of them holds a time or the number of a request: the same finding reads
 * the same at each look, so that it is told once.
 *
 * @param seen what is seen
 * @param means what that means
 * @param remedy what to do
 */
public record Finding(String seen, String means, String remedy) {}
