package io.gyre.fleet;

import io.gyre.worker.machine.CloudProduct;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Machine;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.RdsRotation;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The kinds of secrets that a fleet has, each with production's machine. */
enum Kind {
    RDS_PAIR("DoubleUsers", new RdsRotation(), Set.of(CloudProduct.RDS), Map.of("DBInstanceId", "rm-1")),
    RDS_SINGLE("SingleUser", new RdsRotation(), Set.of(CloudProduct.RDS), Map.of("DBInstanceId", "rm-1")),
    RAM("RamUserAccessKey", new RamRotation(), Set.of(CloudProduct.RAM, CloudProduct.STS), Map.of("UserName", "app")),
    ECS_KEY(
            "SSHKey",
            new EcsRotation(),
            Set.of(CloudProduct.ECS),
            Map.of("RegionId", "cn-hangzhou", "InstanceId", "i-1", "UserName", "app")),
    ECS_PASSWORD(
            "Password",
            new EcsRotation(),
            Set.of(CloudProduct.ECS),
            Map.of("RegionId", "cn-hangzhou", "InstanceId", "i-1", "UserName", "app"));

    private static final Duration OVERLAP = Duration.ofHours(48);

    final String subType;
    final Machine machine;
    /** Without them, it is not rotated. */
    final Set<CloudProduct> products;

    final Map<String, String> target;

    Kind(String subType, Machine machine, Set<CloudProduct> products, Map<String, String> target) {
        this.subType = subType;
        this.machine = machine;
        this.products = products;
        this.target = target;
    }

    Duration overlap() {
        return this == RAM ? OVERLAP : Duration.ZERO;
    }
}
