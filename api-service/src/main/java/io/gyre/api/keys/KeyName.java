package io.gyre.api.keys;

import io.gyre.api.access.Installation;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcFault;

/** A key as callers name it: by its id or its ARN. An alias is understood too, though no key has one. */
final class KeyName {
    /** An ARN around a key id of 64 characters and more. */
    private static final int LIMIT = 256;

    private KeyName() {}

    /**
     * The key's id.
     *
     * @throws RpcFault InvalidParameter, Forbidden.AliasNotFound, or Forbidden.KeyNotFound for another account's ARN
     */
    static String id(String parameter, String name, Installation installation, String account) {
        if (!PlainText.isName(name, LIMIT)) {
            throw KmsFaults.invalid(parameter, "it must be a key's id or ARN.");
        }
        String prefix = arn(installation, account, "");
        if (name.startsWith("alias/") || name.contains(":alias/")) {
            throw KmsFaults.aliasNotFound();
        }
        if (name.startsWith(prefix)) {
            return name.substring(prefix.length());
        }
        if (name.startsWith("acs:")) {
            throw KmsFaults.keyNotFound();
        }
        return name;
    }

    static String arn(Installation installation, String account, String keyId) {
        return "acs:kms:" + installation.region() + ":" + account + ":key/" + keyId;
    }
}
