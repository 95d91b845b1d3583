/**
 * The three programs of Gyre as the local platform runs them: one file says how one of them is configured.
 * In: where everything listens, and the secrets. Out: a process to start, and the port that tells its health.
 * The names of the settings are those of docs/configuration.md, so that Compose and Kubernetes say the same.
 * Never here: a secret in a command line or in an environment; those go through a file of mode 0600.
 */
@NullMarked
package io.gyre.platform.service;

import org.jspecify.annotations.NullMarked;
