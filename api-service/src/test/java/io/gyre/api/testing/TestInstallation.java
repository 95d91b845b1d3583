package io.gyre.api.testing;

import io.gyre.platform.testing.KafkaResource;
import io.gyre.platform.testing.PostgresResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

/** What every test of this module runs on, unless its profile says otherwise: one service, started once. */
@WithTestResource(
        value = PostgresResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "roles", value = "gyre_api,gyre_worker,gyre_simulator"))
@WithTestResource(value = KafkaResource.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = InstallationResource.class, scope = TestResourceScope.GLOBAL)
final class TestInstallation {
    private TestInstallation() {}
}
