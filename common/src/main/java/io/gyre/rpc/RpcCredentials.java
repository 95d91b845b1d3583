package io.gyre.rpc;

import io.gyre.secret.SecretText;

/** What a client signs with. */
public record RpcCredentials(String accessKeyId, SecretText accessKeySecret) {}
