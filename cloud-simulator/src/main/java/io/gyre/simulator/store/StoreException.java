package io.gyre.simulator.store;

import java.sql.SQLException;

/** PostgreSQL refused; its SQLState tells why. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String state;

    StoreException(SQLException cause) {
        super("PostgreSQL refused a statement: SQLState " + cause.getSQLState(), cause);
        this.state = String.valueOf(cause.getSQLState());
    }

    public String state() {
        return state;
    }
}
