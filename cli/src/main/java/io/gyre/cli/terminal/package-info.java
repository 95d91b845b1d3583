/**
 * What the command says to people: lines on standard output, figures, tables.
 * In: facts and measurements. Out: text in the words of the console.
 * Never here: a decision, or a secret.
 */
@NullMarked
package io.gyre.cli.terminal;

import org.jspecify.annotations.NullMarked;
