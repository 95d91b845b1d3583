package io.gyre.examples.rds;

import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.PlatformFacts;
import io.gyre.rpc.RpcCredentials;

/**
 * Where a platform is found.
 *
 * @param kms {@code host:port} of the KMS API by plain HTTP
 * @param kmsOverTls the same over TLS
 * @param cloud {@code host:port} of the simulated cloud
 */
record Place(String kms, String kmsOverTls, RpcCredentials kmsKey, String cloud, RpcCredentials cloudKey) {
    static Place of(PlatformFacts facts) {
        return new Place(
                facts.endpoint().getAuthority(),
                facts.secureEndpoint().getAuthority(),
                AccessKeyFile.read(facts.administratorKeyFile()),
                facts.simulatorEndpoint().getAuthority(),
                AccessKeyFile.read(facts.cloudAccountKeyFile()));
    }
}
