package io.gyre.api.keys;

import io.gyre.api.access.Installation;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcFault;

/**
 * A key as callers name it: by its id, its ARN, an alias, or an alias's ARN.
 *
 * @param text the id, or the alias with the {@code alias/} that it begins with
 */
public record KeyName(String text) {
    private static final String KEY = "key/";

    /** An ARN around an alias of 255 characters. */
    private static final int LIMIT = 320;

    /**
     * @param parameter where it was given, for the refusal
     * @throws RpcFault InvalidParameter, or Forbidden.KeyNotFound or Forbidden.AliasNotFound for an ARN of elsewhere
     */
    public static KeyName of(String parameter, String given, Installation installation, String account) {
        if (!PlainText.isName(given, LIMIT)) {
            throw KmsFaults.invalid(parameter, "it must be a key's id, its ARN or an alias.");
        }
        if (!given.startsWith("acs:")) {
            return new KeyName(given);
        }
        String prefix = resource(installation, account, "");
        if (given.startsWith(prefix + KEY)) {
            return new KeyName(given.substring(prefix.length() + KEY.length()));
        }
        if (given.startsWith(prefix + AliasName.PREFIX)) {
            return new KeyName(given.substring(prefix.length()));
        }
        throw given.contains(":" + AliasName.PREFIX) ? KmsFaults.aliasNotFound() : KmsFaults.keyNotFound();
    }

    public boolean isAlias() {
        return text.startsWith(AliasName.PREFIX);
    }

    static String arn(Installation installation, String account, String keyId) {
        return resource(installation, account, KEY + keyId);
    }

    /** The ARN of whatever KMS has, by its name there: {@code key/ID}, {@code alias/NAME}, {@code policy/NAME}. */
    public static String resource(Installation installation, String account, String resource) {
        return "acs:kms:" + installation.region() + ":" + account + ":" + resource;
    }
}
