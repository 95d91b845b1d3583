package io.gyre.api.testing;

import com.aliyun.kms20160120.models.CreateAliasRequest;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.DescribeKeyRequest;
import com.aliyun.kms20160120.models.DescribeKeyResponseBody.DescribeKeyResponseBodyKeyMetadata;
import com.aliyun.kms20160120.models.DisableKeyRequest;
import com.aliyun.kms20160120.models.EnableKeyRequest;
import com.aliyun.kms20160120.models.ScheduleKeyDeletionRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Keys for tests, each call with one of its own, and what is done with them in most tests. */
@ApplicationScoped
public class Keys {
    private final AtomicInteger counter = new AtomicInteger();
    private final Clients clients;

    Keys(Clients clients) {
        this.clients = clients;
    }

    /** An enabled key; @return its id */
    public String create() throws Exception {
        return create(new CreateKeyRequest());
    }

    /** @return its id */
    public String create(CreateKeyRequest request) throws Exception {
        return clients.current().createKey(request).getBody().getKeyMetadata().getKeyId();
    }

    /** A name that no key has. */
    public String freeAlias() {
        return "alias/test/" + counter.incrementAndGet();
    }

    /** @return the alias, which no key had before */
    public String nameByAlias(String key) throws Exception {
        String alias = freeAlias();
        clients.current()
                .createAlias(new CreateAliasRequest().setAliasName(alias).setKeyId(key));
        return alias;
    }

    public DescribeKeyResponseBodyKeyMetadata describe(String key) throws Exception {
        return clients.current()
                .describeKey(new DescribeKeyRequest().setKeyId(key))
                .getBody()
                .getKeyMetadata();
    }

    public void disable(String key) throws Exception {
        clients.current().disableKey(new DisableKeyRequest().setKeyId(key));
    }

    public void enable(String key) throws Exception {
        clients.current().enableKey(new EnableKeyRequest().setKeyId(key));
    }

    public void scheduleDeletion(String key, int days) throws Exception {
        clients.current()
                .scheduleKeyDeletion(
                        new ScheduleKeyDeletionRequest().setKeyId(key).setPendingWindowInDays(days));
    }
}
