package io.gyre.simulator;

import io.gyre.rpc.RpcApi;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.ecs.EcsCommands;
import io.gyre.simulator.ecs.EcsInstances;
import io.gyre.simulator.ecs.EcsKeyPairs;
import io.gyre.simulator.fault.Faults;
import io.gyre.simulator.limit.CallLimits;
import io.gyre.simulator.ram.RamAccessKeys;
import io.gyre.simulator.ram.RamPolicies;
import io.gyre.simulator.ram.RamUsers;
import io.gyre.simulator.rds.RdsAccounts;
import io.gyre.simulator.rds.RdsInstances;
import io.gyre.simulator.sts.CallerIdentity;
import jakarta.inject.Singleton;
import java.util.List;

/** What the account offers: every product with its version and actions. */
@Singleton
class Products {
    private final List<RpcApi> apis;

    Products(
            CloudGate gate,
            CallerIdentity identity,
            RamUsers users,
            RamAccessKeys keys,
            RamPolicies policies,
            RdsInstances databases,
            RdsAccounts accounts,
            EcsKeyPairs keyPairs,
            EcsInstances instances,
            EcsCommands commands,
            CallLimits limits,
            Faults faults) {
        this.apis = List.of(
                gate.api("Sts", "2015-04-01", identity.actions()),
                gate.api("Ram", "2015-05-01", all(List.of(users.actions(), keys.actions(), policies.actions()))),
                gate.api("Rds", "2014-08-15", all(List.of(databases.actions(), accounts.actions()))),
                gate.api(
                        "Ecs", "2014-05-26", all(List.of(keyPairs.actions(), instances.actions(), commands.actions()))),
                gate.api(Faults.PRODUCT, Faults.VERSION, all(List.of(faults.actions(), limits.actions()))));
    }

    private static List<CloudAction> all(List<List<CloudAction>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    List<RpcApi> apis() {
        return apis;
    }
}
