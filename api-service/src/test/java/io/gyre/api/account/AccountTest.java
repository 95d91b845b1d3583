package io.gyre.api.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.aliyun.teautil.models.RuntimeOptions;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.kms.model.v20160120.DescribeRegionsRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Rows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountTest {
    @Inject
    Clients clients;

    @Inject
    Rows rows;

    @Test
    void theInstallationsRegionIsTheOneThatIsServed() throws Exception {
        var regions = clients.current()
                .describeRegionsWithOptions(new RuntimeOptions())
                .getBody()
                .getRegions()
                .getRegion();
        assertEquals(
                List.of("cn-hangzhou"),
                regions.stream().map(region -> region.getRegionId()).toList());
        for (FormatType format : List.of(FormatType.JSON, FormatType.XML)) {
            assertEquals(
                    "cn-hangzhou",
                    clients.legacy()
                            .getAcsResponse(clients.here(new DescribeRegionsRequest(), format))
                            .getRegions()
                            .get(0)
                            .getRegionId());
        }
    }

    @Test
    void theServiceIsOpenAndOpeningItAgainChangesNothing() throws Exception {
        String before = rows.everythingKept();
        for (int i = 0; i < 2; i++) {
            assertNotNull(clients.current()
                    .openKmsServiceWithOptions(new RuntimeOptions())
                    .getBody()
                    .getRequestId());
            assertEquals(
                    "Enabled",
                    clients.current()
                            .describeAccountKmsStatusWithOptions(new RuntimeOptions())
                            .getBody()
                            .getAccountStatus());
        }
        assertEquals(before, rows.everythingKept());
    }
}
