/**
 * The clients of the clouds: what each effect of a machine does at RAM, RDS and ECS, and the logins that prove a credential.
 *
 * <p>In: effects, and the credentials they need. Out: outcomes; every refusal of a cloud becomes one in {@link
 * io.gyre.worker.target.Refusals}. Never here: a decision about what comes next, and a credential, or a cloud's own
 * text that may quote one, in a sentence, a log or a fact.
 */
@NullMarked
package io.gyre.worker.target;

import org.jspecify.annotations.NullMarked;
