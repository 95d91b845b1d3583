package io.gyre.api.secrets;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListSecretVersionIdsRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RestoreSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretVersionStageRequest;
import com.aliyun.tea.TeaException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.platform.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** One secret at a running service, dealt with by the published SDK. */
record SecretInPractice(Client client, TestPostgres.Database database, String name, boolean managed)
        implements Step.EitherSecret {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String GIVE_UP = """
            UPDATE rotation r
               SET state = 'Failed', ended_at = calendar_now(), ended_at_wall = clock_timestamp(),
                   wake_clock = NULL, wake_at = NULL
              FROM secret s
             WHERE s.secret_id = r.secret_id AND s.name = ? AND r.ended_at IS NULL
            """;

    /** One call of the SDK. */
    private interface Call {
        void send() throws Exception;
    }

    @Override
    public String create() throws Exception {
        return outcome(() -> client.createSecret(creation()));
    }

    @Override
    public String put(Step.Put put) throws Exception {
        String stages = put.stages() == null ? null : JSON.writeValueAsString(put.stages());
        return outcome(() -> client.putSecretValue(new PutSecretValueRequest()
                .setSecretName(name)
                .setVersionId(put.version())
                .setSecretData(put.data())
                .setVersionStages(stages)));
    }

    @Override
    public String move(Step.Move move) throws Exception {
        return outcome(() -> client.updateSecretVersionStage(new UpdateSecretVersionStageRequest()
                .setSecretName(name)
                .setVersionStage(move.stage())
                .setRemoveFromVersion(move.from())
                .setMoveToVersion(move.to())));
    }

    @Override
    public String delete(Step.Delete delete) throws Exception {
        return outcome(() -> client.deleteSecret(new DeleteSecretRequest()
                .setSecretName(name)
                .setForceDeleteWithoutRecovery(Boolean.toString(delete.force()))));
    }

    @Override
    public String restore() throws Exception {
        return outcome(() -> client.restoreSecret(new RestoreSecretRequest().setSecretName(name)));
    }

    @Override
    public String rotate(Step.Rotate rotate) throws Exception {
        return outcome(() -> client.rotateSecret(
                new RotateSecretRequest().setSecretName(name).setVersionId(rotate.version())));
    }

    @Override
    public String giveUp() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password().reveal());
                PreparedStatement statement = connection.prepareStatement(GIVE_UP)) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
        return DONE;
    }

    private static String outcome(Call call) throws Exception {
        try {
            call.send();
            return DONE;
        } catch (TeaException refusal) {
            return refusal.getStatusCode() + " " + refusal.getCode();
        }
    }

    /** The newest first, each with its labels. */
    List<String> versions() throws Exception {
        return client
                .listSecretVersionIds(new ListSecretVersionIdsRequest()
                        .setSecretName(name)
                        .setIncludeDeprecated("true")
                        .setPageSize(100))
                .getBody()
                .getVersionIds()
                .getVersionId()
                .stream()
                .map(version -> version.getVersionId() + " "
                        + version.getVersionStages().getVersionStage())
                .toList();
    }

    boolean isPlannedForDeletion() throws Exception {
        return client.describeSecret(new DescribeSecretRequest().setSecretName(name))
                        .getBody()
                        .getPlannedDeleteTime()
                != null;
    }

    String currentValue() throws Exception {
        return client.getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody()
                .getSecretData();
    }

    /** A value in the form in which this type of secret answers it. */
    String valueOf(String value) {
        return managed ? "{\"AccountName\":\"app\",\"AccountPassword\":\"" + value + "\"}" : value;
    }

    private CreateSecretRequest creation() {
        CreateSecretRequest generic =
                new CreateSecretRequest().setSecretName(name).setVersionId(SecretModel.FIRST_VERSION);
        if (!managed) {
            return generic.setSecretData(SecretModel.FIRST_VALUE);
        }
        return generic.setSecretType("Rds")
                .setExtendedConfig(
                        Map.of("SecretSubType", "SingleUser", "DBInstanceId", "rm-" + name.replace('/', '-')))
                .setSecretData("{\"Accounts\":[" + valueOf(SecretModel.FIRST_VALUE) + "]}");
    }
}
