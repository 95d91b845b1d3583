package io.gyre.simulator.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.account.Page;
import io.gyre.simulator.store.Transaction;
import io.gyre.simulator.time.CloudDates;
import jakarta.inject.Singleton;
import java.util.List;

/** Public keys that new instances may be given. */
@Singleton
public class EcsKeyPairs {
    private final CloudDates dates;

    EcsKeyPairs(CloudDates dates) {
        this.dates = dates;
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("ImportKeyPair", this::importOne), new CloudAction("DescribeKeyPairs", this::describe));
    }

    /** @throws io.gyre.rpc.RpcFault InvalidKeyPair.NotFound */
    static LoginKey key(Transaction transaction, String name) {
        return transaction
                .one(
                        "SELECT public_key FROM ecs_key_pair WHERE key_pair_name = ?",
                        row -> new LoginKey(row.getString(1)),
                        name)
                .orElseThrow(EcsFaults::noSuchKeyPair);
    }

    private ObjectNode importOne(Transaction transaction, RpcRequest request) {
        String name = request.required("KeyPairName");
        LoginKey key = LoginKey.parse(request.required("PublicKeyBody")).orElseThrow(EcsFaults::badPublicKey);
        int imported = transaction.change("""
                INSERT INTO ecs_key_pair (key_pair_name, fingerprint, public_key, created_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", name, key.fingerprint(), key.line(), dates.instant());
        if (imported == 0) {
            throw EcsFaults.keyPairExists();
        }
        return Answers.empty().put("KeyPairName", name).put("KeyPairFingerPrint", key.fingerprint());
    }

    private ObjectNode describe(Transaction transaction, RpcRequest request) {
        String name = request.text("KeyPairName");
        String filter = name == null ? "" : name;
        List<ObjectNode> all = transaction.list(
                "SELECT * FROM ecs_key_pair WHERE ? = '' OR key_pair_name = ? ORDER BY key_pair_name",
                row -> Answers.empty()
                        .put("KeyPairName", row.getString("key_pair_name"))
                        .put("KeyPairFingerPrint", row.getString("fingerprint"))
                        .put("PublicKey", row.getString("public_key"))
                        .put(
                                "CreationTime",
                                Transaction.instant(row, "created_at").toString()),
                filter,
                filter);
        Page page = Page.of(request, 10, 50);
        ObjectNode answer = Answers.empty();
        Answers.list(answer, "KeyPairs", "KeyPair", page.of(all), pair -> pair);
        return answer.put("PageNumber", page.number())
                .put("PageSize", page.size())
                .put("TotalCount", all.size());
    }
}
