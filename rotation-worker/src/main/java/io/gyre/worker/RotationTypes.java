package io.gyre.worker;

import io.gyre.metrics.Metrics;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcObserver;
import io.gyre.trace.Traces;
import io.gyre.worker.candidate.Candidates;
import io.gyre.worker.engine.Mint;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.observation.CloudMeters;
import io.gyre.worker.observation.CloudTraces;
import io.gyre.worker.target.CloudConfig;
import io.gyre.worker.target.EcsTarget;
import io.gyre.worker.target.RamTarget;
import io.gyre.worker.target.RdsTarget;
import io.gyre.worker.target.SshTrial;
import io.gyre.worker.verdict.EcsLooks;
import io.gyre.worker.verdict.EcsOffer;
import io.gyre.worker.verdict.Looks;
import io.gyre.worker.verdict.OfferLooks;
import io.gyre.worker.verdict.RamLooks;
import io.gyre.worker.verdict.RamOffer;
import io.gyre.worker.verdict.RdsLooks;
import io.gyre.worker.verdict.RdsOffer;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What this worker can rotate. */
@Singleton
public class RotationTypes {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** Adding a type is one line here, beside its machine and its target. */
    @Produces
    @Singleton
    List<RotationType> types(RpcClient rpc, CloudConfig cloud, Vertx vertx, SshTrial ssh, SecureRandom random) {
        return List.of(
                new RotationType("ram", new RamRotation(), new RamTarget(rpc, cloud)),
                new RotationType("rds", new RdsRotation(), new RdsTarget(rpc, cloud, vertx)),
                new RotationType("ecs", new EcsRotation(), new EcsTarget(rpc, cloud, ssh, random)));
    }

    /** How the credentials of each type are looked at, between rotations. */
    @Produces
    @Singleton
    Map<String, Looks> looks() {
        return Map.of("ram", new RamLooks(), "rds", new RdsLooks(), "ecs", new EcsLooks());
    }

    /** How the credentials of each type are tried that somebody offers for a new secret. */
    @Produces
    @Singleton
    Map<String, OfferLooks> offers() {
        return Map.of("ram", new RamOffer(), "rds", new RdsOffer(), "ecs", new EcsOffer());
    }

    @Produces
    @Singleton
    Mint mint(SecureRandom random) {
        return new Candidates(random);
    }

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    /** Signatures carry the time of the operational clock. */
    @Produces
    @Singleton
    RpcClient rpc(Vertx vertx, Metrics metrics, Traces traces) {
        RpcObserver meters = new CloudMeters(metrics);
        return new RpcClient(
                vertx, InstantSource.system(), traces.areOn() ? meters.and(new CloudTraces(traces)) : meters);
    }

    void close(@Disposes RpcClient rpc) {
        rpc.close().await().atMost(CLOSING);
    }

    @Produces
    @Singleton
    SshTrial ssh() {
        return SshTrial.start();
    }

    void close(@Disposes SshTrial ssh) {
        ssh.close();
    }
}
