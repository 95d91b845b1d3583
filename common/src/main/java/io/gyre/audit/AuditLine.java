package io.gyre.audit;

import java.util.UUID;

/**
 * One line of the audit log, as it is kept and exported.
 *
 * @param chain the chain that it stands in
 * @param line its number there, from 1 on, without gaps
 * @param hash 64 hexadecimal digits, as {@link AuditChain} has it
 * @param event a JSON object in the shape of an ActionTrail event, as text: the hash is of these very characters
 */
public record AuditLine(UUID chain, long line, String hash, String event) {}
