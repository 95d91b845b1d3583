/**
 * The account's own identities: RAM 2015-05-01, one action a file, on the tables {@code ram_*} and {@code access_key}.
 *
 * <p>In: a signed and permitted request. Out: rows, and answers and errors as RAM's SDKs read them. Never here: whether
 * a caller may do something ({@code io.gyre.api.access}), and an AccessKey's secret half after it was answered once.
 */
@NullMarked
package io.gyre.api.ram;

import org.jspecify.annotations.NullMarked;
