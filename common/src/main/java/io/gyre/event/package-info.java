/**
 * What Kafka carries: the topics, and the CloudEvents (1.0, binary mode) in them.
 *
 * <p>In: facts that are already committed. Out: records whose key is what they are about, a secret's ARN for example.
 * Never here: a plaintext credential, or anything that would be lost for good with a record: PostgreSQL is the truth, Kafka
 * carries the news.
 */
@NullMarked
package io.gyre.event;

import org.jspecify.annotations.NullMarked;
