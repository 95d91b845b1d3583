package io.gyre.cli.demo;

import io.gyre.cli.demo.Cloud.Product;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What the next calls of one kind suffer. A call does its work within its caller's ten seconds or not at all: what a cloud
 * that works on after a longer silence can do to a credential is said in docs/rotation.md, and no engine can prevent it.
 */
record Misbehaviour(String call, String way, Map<String, String> parameters) {

    private record Call(String product, String action) {}

    private static final List<Call> CALLS = List.of(
            new Call("Ram", "ListAccessKeys"),
            new Call("Ram", "CreateAccessKey"),
            new Call("Ram", "GetAccessKeyLastUsed"),
            new Call("Ram", "UpdateAccessKey"),
            new Call("Ram", "DeleteAccessKey"),
            new Call("Sts", "GetCallerIdentity"),
            new Call("Rds", "DescribeDBInstanceAttribute"),
            new Call("Rds", "DescribeAccounts"),
            new Call("Rds", "ResetAccountPassword"),
            new Call("Ecs", "DescribeInstances"),
            new Call("Ecs", "InvokeCommand"),
            new Call("Ecs", "DescribeInvocationResults"));

    private record Way(String name, Map<String, String> parameters) {}

    private static final List<Way> WAYS = List.of(
            new Way("slow", Map.of("Kind", "Delay", "DelayMillis", "3000")),
            new Way("throttled", Map.of("Kind", "Error", "HttpStatus", "400", "Code", "Throttling.User")),
            new Way("unavailable", Map.of("Kind", "Error", "HttpStatus", "503", "Code", "ServiceUnavailable")),
            new Way("forbidden", Map.of("Kind", "Error", "HttpStatus", "403", "Code", "NoPermission")),
            new Way("its request lost", Map.of("Kind", "Drop")),
            new Way("its answer lost", Map.of("Kind", "Drop", "AfterWork", "true")),
            new Way("its answer too late", Map.of("Kind", "Delay", "DelayMillis", "12000", "AfterWork", "true")),
            new Way(
                    "failing after its work",
                    Map.of("Kind", "Error", "HttpStatus", "500", "Code", "InternalError", "AfterWork", "true")));

    private static final int MOST_CALLS = 3;

    static Misbehaviour random(RandomGenerator random) {
        Call call = CALLS.get(random.nextInt(CALLS.size()));
        Way way = WAYS.get(random.nextInt(WAYS.size()));
        Map<String, String> parameters = new TreeMap<>(way.parameters());
        parameters.put("TargetProduct", call.product());
        parameters.put("TargetAction", call.action());
        parameters.put("Count", Integer.toString(1 + random.nextInt(MOST_CALLS)));
        return new Misbehaviour(call.action(), way.name(), parameters);
    }

    void inject(Cloud cloud) {
        cloud.call(Product.SIMULATOR, "InjectFault", parameters);
    }
}
