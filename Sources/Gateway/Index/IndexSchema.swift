import GRDB

/// The tables of the index, and how older files come to have them.
enum IndexSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    -- How far each partition is worked in. 'begin': what lay before is not here, or not any more.
                    CREATE TABLE applied (
                      topic INTEGER NOT NULL, partition INTEGER NOT NULL,
                      "end" INTEGER NOT NULL, "begin" INTEGER NOT NULL,
                      PRIMARY KEY (topic, partition)
                    ) WITHOUT ROWID;

                    -- 'open' and 'complete': the records of the highest run, in protobuf. Batch 0: none.
                    CREATE TABLE batch (
                      id INTEGER PRIMARY KEY,
                      name TEXT NOT NULL UNIQUE,
                      run INTEGER NOT NULL DEFAULT 0,
                      open BLOB, complete BLOB,
                      created INTEGER NOT NULL,
                      changed INTEGER NOT NULL
                    );
                    INSERT INTO batch (id, name, created, changed) VALUES (0, '', 0, 0);

                    -- A job at its highest run. 'topic', 'partition', 'offset': its record; topic -1: not seen yet, only
                    -- what came of it. 'number': its place in the batch. 'changed_…': the record that changed it last; 'change'
                    -- counts changes here.
                    CREATE TABLE job (
                      id INTEGER PRIMARY KEY,
                      batch INTEGER NOT NULL, name TEXT NOT NULL, run INTEGER NOT NULL, number INTEGER NOT NULL,
                      topic INTEGER NOT NULL, partition INTEGER NOT NULL, "offset" INTEGER NOT NULL,
                      created INTEGER NOT NULL, digest BLOB, job BLOB NOT NULL,
                      state INTEGER NOT NULL, result BLOB, seconds REAL NOT NULL DEFAULT 0,
                      changed_topic INTEGER NOT NULL, changed_partition INTEGER NOT NULL,
                      changed_offset INTEGER NOT NULL, changed INTEGER NOT NULL, change INTEGER NOT NULL,
                      UNIQUE (batch, name)
                    );
                    CREATE INDEX job_name ON job (name);
                    CREATE INDEX job_batch_place ON job (batch, state, topic, partition, "offset");
                    CREATE INDEX job_place ON job (state, topic, partition, "offset");
                    CREATE INDEX job_changed_place ON job (changed_topic, changed_partition, changed_offset);
                    CREATE INDEX job_change ON job (change);

                    -- Jobs and seconds of audio, by batch and state.
                    CREATE TABLE tally (
                      batch INTEGER NOT NULL, state INTEGER NOT NULL,
                      jobs INTEGER NOT NULL, seconds REAL NOT NULL,
                      PRIMARY KEY (batch, state)
                    ) WITHOUT ROWID;

                    -- What was called off, up to which run.
                    CREATE TABLE cancellation (
                      is_batch INTEGER NOT NULL, name TEXT NOT NULL, run INTEGER NOT NULL, created INTEGER NOT NULL,
                      PRIMARY KEY (is_batch, name)
                    ) WITHOUT ROWID;
                    """)
        }
        return migrator
    }
}
