package io.gyre.simulator.store;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** The simulator's own database. Its calls block. */
@Singleton
public class Database {
    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    /**
     * Commits what the work has done, or nothing of it where it throws.
     *
     * @throws StoreException where PostgreSQL refuses
     */
    public <T> T inTransaction(Function<Transaction, T> work) {
        Transaction transaction;
        T result;
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            transaction = new Transaction(connection);
            try {
                result = work.apply(transaction);
                connection.commit();
            } catch (Throwable failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
        transaction.runAfterCommit();
        return result;
    }

    /** The same, for work that gives nothing back. */
    public void transact(Consumer<Transaction> work) {
        inTransaction(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    /** For the few statements that PostgreSQL takes outside of a transaction only, such as CREATE DATABASE. */
    public void outsideTransactions(Consumer<Transaction> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true);
            work.accept(new Transaction(connection));
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
