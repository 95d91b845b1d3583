package io.gyre.api.secrets;

import io.gyre.api.access.Installation;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretArn;
import io.gyre.secret.SecretType;
import java.util.regex.Pattern;

/** What a secret may be called, and how requests name one. */
public final class SecretNames {
    /** What the callers of RAM secrets pass as the name: it follows from the RAM user. */
    static final String AUTOMATIC = "$Auto";

    private static final String PARAMETER = "SecretName";
    private static final Pattern NAME = Pattern.compile("[\\p{IsHan}A-Za-z0-9_/+=.@-]{1,192}");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final int HAN_LIMIT = 64;
    private static final String RESERVED = "acs/";
    private static final String RAM_PREFIX = "acs/ram/user/";
    private static final String ECS_PREFIX = "acs/ecs/";

    private SecretNames() {}

    /**
     * The name of the secret that a request is about; the secret's ARN is understood too.
     *
     * @throws RpcFault MissingParameter, InvalidParameter, or ResourceNotFound for an ARN of elsewhere
     */
    public static String existing(RpcRequest request, Installation installation) {
        return named(PARAMETER, request.required(PARAMETER), request.caller().accountId(), installation);
    }

    /**
     * The name of a secret of an account that is named so, or by its ARN.
     *
     * @param parameter where it is named, for the refusal
     * @throws RpcFault InvalidParameter, or ResourceNotFound for an ARN of elsewhere
     */
    public static String named(String parameter, String given, String account, Installation installation) {
        if (!given.startsWith("acs:")) {
            return valid(parameter, given);
        }
        String prefix = new SecretArn(installation.region(), account, "").toString();
        if (!given.startsWith(prefix)) {
            throw KmsFaults.secretNotFound();
        }
        return valid(parameter, given.substring(prefix.length()));
    }

    /**
     * The name for a new secret that Gyre does not name itself.
     *
     * @throws RpcFault InvalidParameter where the type may not have that name
     */
    static String chosen(SecretType type, String given) {
        if (type == SecretType.ECS) {
            if (!given.startsWith(ECS_PREFIX) || given.length() == ECS_PREFIX.length()) {
                throw KmsFaults.invalid(PARAMETER, "the name of an ECS secret begins with acs/ecs/.");
            }
        } else if (given.startsWith(RESERVED)) {
            throw KmsFaults.invalid(PARAMETER, "it must not begin with acs/, which is reserved.");
        }
        return valid(given);
    }

    /** @throws RpcFault InvalidParameter where the caller chose another name than {@link #AUTOMATIC} */
    static String ofRamUser(String given, String userName) {
        if (!given.equals(AUTOMATIC)) {
            throw KmsFaults.invalid(PARAMETER, "pass $Auto: a RAM secret is named after its RAM user.");
        }
        return valid(RAM_PREFIX + userName);
    }

    /** Whether a secret can have this name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches() && HAN.matcher(text).results().count() <= HAN_LIMIT;
    }

    /** @throws RpcFault InvalidParameter where no secret can have this name */
    static String valid(String name) {
        return valid(PARAMETER, name);
    }

    private static String valid(String parameter, String name) {
        if (!isName(name)) {
            throw KmsFaults.invalid(
                    parameter,
                    "it must have 1 to 192 letters, digits and _ / + = . @ -, of which at most 64 may be Chinese.");
        }
        return name;
    }
}
