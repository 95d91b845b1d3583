package io.gyre.worker.target;

import io.gyre.secret.SecretText;
import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** Where the clouds answer, and the AccessKey with which Gyre rotates there. */
@ConfigMapping(prefix = "gyre.cloud")
public interface CloudConfig {
    /** RAM 2015-05-01, for example {@code https://ram.aliyuncs.com}. */
    URI ramEndpoint();

    /** STS 2015-04-01, where a key is proven. */
    URI stsEndpoint();

    /** RDS 2014-08-15. */
    URI rdsEndpoint();

    /** ECS 2014-05-26. */
    URI ecsEndpoint();

    String accessKeyId();

    /** Given in the file of secrets, never on a command line. */
    SecretText accessKeySecret();
}
