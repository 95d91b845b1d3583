package io.gyre.api.accesspoints;

import io.gyre.api.access.Installation;
import io.gyre.api.keys.KeyName;

/** The ARNs of what access points are made of. */
public final class PointArn {
    private PointArn() {}

    public static String networkRule(Installation installation, String account, String name) {
        return KeyName.resource(installation, account, "network/" + name);
    }

    public static String policy(Installation installation, String account, String name) {
        return KeyName.resource(installation, account, "policy/" + name);
    }

    public static String accessPoint(Installation installation, String account, String name) {
        return KeyName.resource(installation, account, "applicationaccesspoint/" + name);
    }
}
