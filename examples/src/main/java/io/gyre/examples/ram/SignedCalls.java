package io.gyre.examples.ram;

import com.aliyun.sts20150401.Client;
import com.aliyun.tea.TeaException;
import io.gyre.examples.Application;
import io.gyre.examples.Cloud;
import io.gyre.examples.Credential;
import io.gyre.examples.Refused;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;

/**
 * Signs calls with an AccessKey: asks STS who it is. Each call by a client of its own, so that it signs with what was read last.
 *
 * @param endpoint {@code host:port} of the cloud
 */
record SignedCalls(String endpoint) implements Application {
    @Override
    public void use(Credential key) throws Exception {
        try {
            Client sts = new Client(
                    Cloud.config(endpoint, new RpcCredentials(name(key), SecretText.of(key.field("AccessKeySecret")))));
            sts.getCallerIdentity();
        } catch (TeaException e) {
            if (String.valueOf(e.getCode()).startsWith("InvalidAccessKeyId")) {
                throw new Refused("STS refused AccessKey " + name(key) + ": " + e.getCode() + ".");
            }
            throw e;
        }
    }

    @Override
    public String name(Credential key) {
        return key.field("AccessKeyId");
    }
}
