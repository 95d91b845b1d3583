package io.gyre.api.accesspoints;

import io.gyre.api.access.Installation;

/** The ARNs of what access points are made of. */
public final class PointArn {
    private PointArn() {}

    public static String networkRule(Installation installation, String account, String name) {
        return arn(installation, account, "network/" + name);
    }

    public static String policy(Installation installation, String account, String name) {
        return arn(installation, account, "policy/" + name);
    }

    public static String accessPoint(Installation installation, String account, String name) {
        return arn(installation, account, "applicationaccesspoint/" + name);
    }

    private static String arn(Installation installation, String account, String resource) {
        return "acs:kms:" + installation.region() + ":" + account + ":" + resource;
    }
}
