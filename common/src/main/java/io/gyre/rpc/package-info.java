/**
 * The RPC style of Alibaba Cloud's APIs, both sides of it: requests as the published SDKs send them, their two
 * generations of signatures, answers and faults as those SDKs parse them, and a signing client.
 *
 * <p>In: HTTP requests at {@code /}. Out: an {@link io.gyre.rpc.RpcAction}'s answer or an {@link io.gyre.rpc.RpcFault}.
 * Never here: what any one action means, and any log line that holds a request line, a query or a body, since they
 * carry secrets.
 */
@NullMarked
package io.gyre.rpc;

import org.jspecify.annotations.NullMarked;
