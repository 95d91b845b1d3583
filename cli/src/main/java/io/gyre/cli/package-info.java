/**
 * The operator's command, one file a subcommand.
 * In: a command line. Out: text for people, and an exit status that scripts can rely on.
 * Never here: how a process is started (local-platform), or a stack trace that nobody asked for.
 */
@NullMarked
package io.gyre.cli;

import org.jspecify.annotations.NullMarked;
