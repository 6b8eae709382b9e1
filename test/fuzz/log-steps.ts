import fc from 'fast-check';

/** Which session writes: each has settings of its own for the log. */
const SESSIONS = 3;

/** One thing that happens to the database; what a key or a setting refuses changes nothing. */
export type LogStep =
  | { readonly kind: 'write'; readonly session: number; readonly statements: readonly string[] }
  | { readonly kind: 'setting'; readonly session: number | 'server'; readonly sql: string }
  | { readonly kind: 'break' | 'rotate' | 'reset' | 'exchange' };

/** The tables that {@link logStep} writes to; those of MariaDB alone last. */
export const LOG_TABLES = [
  'CREATE TABLE studios (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL) ENGINE=InnoDB',
  `CREATE TABLE films (id INT PRIMARY KEY, studio_id INT NULL, title VARCHAR(40) NOT NULL, stock INT NOT NULL, price DECIMAL(8,2) NOT NULL,
    worth DECIMAL(12,2) GENERATED ALWAYS AS (stock * price) STORED, is_cheap BOOLEAN GENERATED ALWAYS AS (price < 5) VIRTUAL,
    facts JSON NULL, FOREIGN KEY (studio_id) REFERENCES studios (id) ON DELETE CASCADE ON UPDATE CASCADE) ENGINE=InnoDB`,
  `CREATE TABLE reviews (film_id INT NOT NULL, author VARCHAR(20) CHARACTER SET latin1 NOT NULL, stars INT NULL, body TEXT NULL,
    PRIMARY KEY (film_id, author), FOREIGN KEY (film_id) REFERENCES films (id) ON DELETE CASCADE ON UPDATE CASCADE) ENGINE=InnoDB`,
  'CREATE TABLE moves (id INT AUTO_INCREMENT PRIMARY KEY, film_id INT NOT NULL, delta INT NOT NULL) ENGINE=InnoDB',
  'CREATE TABLE notes (id INT AUTO_INCREMENT PRIMARY KEY, body TEXT NULL) ENGINE=InnoDB',
  'CREATE TABLE counters (id INT PRIMARY KEY, n INT NOT NULL) ENGINE=MyISAM',
  `CREATE TABLE readings (id INT PRIMARY KEY, tiny TINYINT UNSIGNED NULL, medium MEDIUMINT NULL, big BIGINT UNSIGNED NULL,
    amount DECIMAL(30,12) NULL, ratio DOUBLE NULL, at DATETIME(3) NULL, stamp TIMESTAMP(6) NULL, clock TIME(2) NULL, day DATE NULL,
    made YEAR NULL, mood ENUM('calm', 'wild') NULL, traits SET('a','b','c','d','e','f','g','h','i') NULL, bits BIT(10) NULL,
    code BINARY(4) NULL, raw VARBINARY(300) NULL) ENGINE=InnoDB`,
  `CREATE TRIGGER stock_moved AFTER UPDATE ON films FOR EACH ROW
    INSERT INTO moves (film_id, delta) SELECT NEW.id, NEW.stock - OLD.stock FROM DUAL WHERE NEW.stock <> OLD.stock`,
  'CREATE VIEW cheap_films AS SELECT id, title, stock FROM films WHERE price < 5',
];
export const MARIADB_TABLES = [
  'CREATE TABLE prices (id INT PRIMARY KEY, price INT NULL) ENGINE=InnoDB WITH SYSTEM VERSIONING',
];

const session = fc.integer({ min: 0, max: SESSIONS - 1 });
const id = fc.integer({ min: 1, max: 20 });
const text = fc
  .string({ maxLength: 12, unit: 'grapheme' })
  .map((value) => `'${value.replace(/['\\\0]/g, '')}'`);
const latin = fc
  .string({ maxLength: 6, unit: fc.constantFrom('a', 'b', 'é', 'ü', '1') })
  .map((value) => `'${value}'`);
const facts = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => `'${JSON.stringify({ a: value }).replace(/['\\]/g, '')}'`);

const sqlNumber = (max: bigint, min = -max) => fc.bigInt({ min, max }).map(String);
const clock = fc
  .tuple(fc.nat(838), fc.nat(59), fc.nat(59), fc.nat(99))
  .map(([hours, ...rest]) => `${hours}:${rest.slice(0, 2).join(':')}.${rest[2]}`);
const moment = fc
  .date({ min: new Date('1971-01-01'), max: new Date('2037-12-31'), noInvalidDate: true })
  .map((date) => `'${date.toISOString().slice(0, 23).replace('T', ' ')}'`);
const bytes = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((value) => `X'${Buffer.from(value).toString('hex')}'`);
/** A value, in SQL, for each column of `readings` but its key. */
const READINGS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  tiny: sqlNumber(255n, 0n),
  medium: sqlNumber(8_388_607n),
  big: sqlNumber(18_446_744_073_709_551_615n, 0n),
  amount: fc
    .tuple(sqlNumber(10n ** 18n - 1n), sqlNumber(10n ** 12n - 1n, 0n))
    .map((parts) => parts.join('.')),
  ratio: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  at: moment,
  stamp: moment,
  clock: fc.tuple(fc.constantFrom('', '-'), clock).map(([sign, value]) => `'${sign}${value}'`),
  day: moment.map((value) => `${value.slice(0, 11)}'`),
  made: sqlNumber(2155n, 1901n),
  mood: fc.constantFrom("'calm'", "'wild'"),
  traits: sqlNumber(511n, 0n),
  bits: sqlNumber(1023n, 0n),
  code: bytes(4),
  raw: bytes(300),
};
const reading = fc
  .constantFrom(...Object.keys(READINGS))
  .chain((column) =>
    fc.option(READINGS[column] as fc.Arbitrary<string>, { nil: 'NULL' }).map((value) => ({ column, value })),
  );
const readings = fc.record(READINGS).map((row) => Object.values(row).join(', '));

const statement = fc.oneof(
  fc
    .tuple(id, id, text, facts)
    .map(
      ([film, studio, title, fact]) =>
        `INSERT INTO films (id, studio_id, title, stock, price, facts) VALUES (${film}, ${studio % 4 === 0 ? 'NULL' : (studio % 3) + 1}, ${title}, ${studio}, ${film}.${studio}, ${fact})`,
    ),
  fc.tuple(id, text).map(([studio, name]) => `INSERT INTO studios VALUES (${studio % 6}, ${name})`),
  fc
    .tuple(id, latin, id, text)
    .map(([film, by, stars, body]) => `REPLACE INTO reviews VALUES (${film}, ${by}, ${stars}, ${body})`),
  fc
    .tuple(id, id)
    .map(([film, stock]) => `UPDATE films SET stock = stock + ${stock - 10} WHERE id >= ${film}`),
  fc.tuple(id, id).map(([film, price]) => `UPDATE cheap_films SET stock = ${price} WHERE id < ${film}`),
  fc
    .tuple(id, facts)
    .map(([film, fact]) => `UPDATE films SET facts = JSON_SET(facts, '$.a', ${fact}) WHERE id = ${film}`),
  fc.tuple(id, id).map(([from, to]) => `UPDATE films SET id = ${to} WHERE id = ${from}`),
  fc.tuple(id, id).map(([from, to]) => `UPDATE studios SET id = ${to % 6} WHERE id = ${from % 6}`),
  id.map((film) => `DELETE FROM films WHERE id BETWEEN ${film} AND ${film + 2}`),
  id.map((studio) => `DELETE FROM studios WHERE id = ${studio % 6}`),
  text.map((body) => `INSERT INTO notes (body) VALUES (${body})`),
  fc.constant('DELETE FROM notes ORDER BY id LIMIT 2'),
  fc.tuple(id, readings).map(([one, row]) => `REPLACE INTO readings VALUES (${one}, ${row})`),
  fc
    .tuple(id, reading)
    .map(([one, { column, value }]) => `UPDATE readings SET ${column} = ${value} WHERE id <= ${one}`),
  id.map((one) => `DELETE FROM readings WHERE id = ${one}`),
  fc.tuple(id, id).map(([one, n]) => `REPLACE INTO counters VALUES (${one}, ${n})`),
  fc.tuple(id, id).map(([one, price]) => `INSERT INTO prices VALUES (${one}, ${price})`),
  fc.tuple(id, id).map(([one, price]) => `UPDATE prices SET price = ${price} WHERE id <= ${one}`),
  id.map((one) => `DELETE FROM prices WHERE id = ${one}`),
  fc.constant('DELETE HISTORY FROM prices'),
  fc.tuple(id, text).map(([one, body]) => `REPLACE INTO elsewhere.notes VALUES (${one}, ${body})`),
  fc
    .tuple(id, text)
    .map(
      ([one, body]) =>
        `UPDATE films, elsewhere.notes SET films.title = ${body} WHERE films.id = notes.id AND notes.id < ${one}`,
    ),
);
const statements = fc.array(statement, { minLength: 1, maxLength: 5 });

const definition = fc.constantFrom(
  'TRUNCATE TABLE reviews',
  'TRUNCATE TABLE notes',
  'ALTER TABLE notes ADD remark INT DEFAULT 7',
  'ALTER TABLE notes DROP remark',
  'ALTER TABLE notes MODIFY body TEXT CHARACTER SET ucs2 NULL',
  'ALTER TABLE notes MODIFY body TEXT CHARACTER SET utf8mb4 NULL',
  'CREATE TABLE made (id INT PRIMARY KEY, n INT)',
  'INSERT INTO made VALUES (1, 1), (2, 2)',
  'DROP TABLE made',
  'RENAME TABLE made TO remade',
  'DROP TABLE remade',
  'CREATE TABLE copied (PRIMARY KEY (id)) AS SELECT id, name FROM studios',
  'DROP TABLE copied',
);

let xaCount = 0;
const transaction = (all: readonly string[], end: string) => ['START TRANSACTION', ...all, end];
const distributed = (all: readonly string[], end: string) => {
  const xid = `'fuzz-${process.pid}-${xaCount++}'`;
  const ends =
    end === 'ONE PHASE' ? [`XA COMMIT ${xid} ONE PHASE`] : [`XA PREPARE ${xid}`, `XA ${end} ${xid}`];
  return [`XA START ${xid}`, ...all, `XA END ${xid}`, ...ends];
};

const written = fc.oneof(
  { weight: 6, arbitrary: statement.map((one) => [one]) },
  { weight: 5, arbitrary: statements.map((all) => transaction(all, 'COMMIT')) },
  { weight: 2, arbitrary: statements.map((all) => transaction(all, 'ROLLBACK')) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(statements, statements, statements)
      .map(([first, undone, last]) =>
        transaction([...first, 'SAVEPOINT here', ...undone, 'ROLLBACK TO here', ...last], 'COMMIT'),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(statements, fc.constantFrom('COMMIT', 'ROLLBACK', 'ONE PHASE'))
      .map(([all, end]) => distributed(all, end)),
  },
  { weight: 2, arbitrary: definition.map((one) => [one]) },
);

const sessionSetting = fc.constantFrom(
  "SET SESSION binlog_format = 'ROW'",
  "SET SESSION binlog_format = 'STATEMENT'",
  "SET SESSION binlog_format = 'MIXED'",
  "SET SESSION binlog_row_image = 'FULL'",
  "SET SESSION binlog_row_image = 'MINIMAL'",
  "SET SESSION binlog_row_image = 'NOBLOB'",
  'SET SESSION binlog_transaction_compression = ON',
  'SET SESSION binlog_transaction_compression = OFF',
  "SET SESSION binlog_row_value_options = 'PARTIAL_JSON'",
  "SET SESSION sql_mode = 'ANSI_QUOTES'",
  "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'",
);
const serverSetting = fc.constantFrom(
  'SET GLOBAL binlog_checksum = NONE',
  'SET GLOBAL binlog_checksum = CRC32',
  "SET GLOBAL binlog_row_metadata = 'FULL'",
  "SET GLOBAL binlog_row_metadata = 'MINIMAL'",
  'SET GLOBAL log_bin_compress = ON',
  'SET GLOBAL log_bin_compress = OFF',
);

/** `exchange`: whether servers are exchanged and logs reset, too. */
export const logStep = (exchange: boolean): fc.Arbitrary<LogStep> =>
  fc.oneof(
    {
      weight: 30,
      arbitrary: fc.record({ kind: fc.constant('write' as const), session, statements: written }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('setting' as const), session, sql: sessionSetting }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('setting' as const),
        session: fc.constant('server' as const),
        sql: serverSetting,
      }),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom<LogStep['kind']>(
          'break',
          'rotate',
          ...(exchange ? (['reset', 'exchange'] as const) : []),
        )
        .map((kind) => ({ kind }) as LogStep),
    },
  );
