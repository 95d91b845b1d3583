/**
 * The console: pages for people, made on the server, and who is logged in to them.
 *
 * <p>In: requests of browsers, and the link that a signed call asked for. Out: HTML under headers that let nothing else run
 * there, rows of sessions, and what was done, told to the audit log. Never here: a rule about who may do what
 * ({@code io.gyre.api.authorization} is asked), a change by a GET, or a token or password in a log, a URL or a row.
 */
@NullMarked
package io.gyre.api.console;

import org.jspecify.annotations.NullMarked;
