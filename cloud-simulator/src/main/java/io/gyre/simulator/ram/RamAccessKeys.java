package io.gyre.simulator.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAccessKeys;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.store.Transaction;
import io.gyre.simulator.time.CloudDates;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The keys of RAM users: at most two each. */
@Singleton
public class RamAccessKeys {
    private static final int LIMIT = 2;

    private final CloudAccessKeys keys;
    private final CloudDates dates;

    RamAccessKeys(CloudAccessKeys keys, CloudDates dates) {
        this.keys = keys;
        this.dates = dates;
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("CreateAccessKey", this::create),
                new CloudAction("ListAccessKeys", this::list),
                new CloudAction("UpdateAccessKey", this::update),
                new CloudAction("DeleteAccessKey", this::delete),
                new CloudAction("GetAccessKeyLastUsed", this::lastUsed));
    }

    private ObjectNode create(Transaction transaction, RpcRequest request) {
        String user = RamUsers.locked(transaction, request);
        if (keys.of(transaction, user).size() >= LIMIT) {
            throw RamFaults.tooManyAccessKeys();
        }
        Instant now = dates.instant();
        AccessKey key = keys.create(transaction, user, now);
        ObjectNode answer = Answers.empty();
        answer.putObject("AccessKey")
                .put("AccessKeyId", key.id())
                .put("AccessKeySecret", key.secret().reveal())
                .put("Status", "Active")
                .put("CreateDate", now.toString());
        return answer;
    }

    private ObjectNode list(Transaction transaction, RpcRequest request) {
        ObjectNode answer = Answers.empty();
        Answers.list(
                answer,
                "AccessKeys",
                "AccessKey",
                keys.of(transaction, RamUsers.locked(transaction, request)),
                key -> Answers.empty()
                        .put("AccessKeyId", key.id())
                        .put("Status", key.active() ? "Active" : "Inactive")
                        .put("CreateDate", key.createdAt().toString()));
        return answer;
    }

    private ObjectNode update(Transaction transaction, RpcRequest request) {
        String status = request.required("Status");
        boolean active = status.equals("Active");
        if (!active && !status.equals("Inactive")) {
            throw GatewayFaults.invalid("Status", "it must be Active or Inactive.");
        }
        String id = request.required("UserAccessKeyId");
        if (!keys.setActive(transaction, RamUsers.locked(transaction, request), id, active)) {
            throw RamFaults.noSuchAccessKey();
        }
        return Answers.empty();
    }

    private ObjectNode delete(Transaction transaction, RpcRequest request) {
        String id = request.required("UserAccessKeyId");
        if (!keys.delete(transaction, RamUsers.locked(transaction, request), id)) {
            throw RamFaults.noSuchAccessKey();
        }
        return Answers.empty();
    }

    /** A key that was never used has no LastUsedDate. */
    private ObjectNode lastUsed(Transaction transaction, RpcRequest request) {
        String id = request.required("UserAccessKeyId");
        CloudAccessKeys.Listed key = keys.of(transaction, RamUsers.locked(transaction, request)).stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(RamFaults::noSuchAccessKey);
        ObjectNode answer = Answers.empty();
        ObjectNode used = answer.putObject("AccessKeyLastUsed");
        Instant at = key.lastUsedAt();
        if (at != null) {
            used.put("LastUsedDate", at.toString());
        }
        return answer;
    }
}
