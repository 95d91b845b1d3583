package io.gyre.rpc;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** The addresses of a machine that lead to itself and nowhere else. */
public final class Loopback {
    private Loopback() {}

    /**
     * Whether this is {@code localhost} or a loopback address. Other names are not looked up: whoever answers for them may say
     * something else the next time.
     *
     * @param host a name or an address, of IPv6 with or without brackets
     */
    public static boolean isMeantBy(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
        return address != null && address.isLoopbackAddress();
    }
}
