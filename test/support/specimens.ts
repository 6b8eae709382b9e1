import type { Pool } from '../../src/database/pool.ts';

/** What the first specimen holds, as a SELECT gives it. */
export const SPECIMEN = {
  id: 1,
  name: 'Blob',
  notes: 'first line\nsecond line',
  size: '18446744073709551615',
  weight: '12.50',
  share: 0.25,
  tame: 1,
  vaccinated: null,
  diet: 'Meat',
  habitats: 'sea,air',
  seen_on: '1979-05-25',
  // In the hour that New York has twice that night.
  last_fed_at: '2026-11-01 06:30:00.123',
  wake_time: '06:15:00',
  year_seen: 1979,
  traits: '{"acid": true}',
  dna: Buffer.from('00ff10', 'hex'),
  photo: Buffer.from('photo'),
  host_id: null,
} as const;

/** A table with a column of every kind, filled and unfilled, and a row in it that must outlive being looked at. */
export async function createSpecimens(pool: Pool): Promise<void> {
  await pool.query(`CREATE TABLE specimens (
    id INT AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(20) NOT NULL,
    notes TEXT NULL,
    size BIGINT UNSIGNED NULL,
    weight DECIMAL(10,2) NULL,
    share DOUBLE NULL,
    tame BOOLEAN NOT NULL DEFAULT TRUE,
    vaccinated BOOLEAN NULL,
    diet ENUM('Plants', 'Meat', 'Light, only') NULL,
    habitats SET('land', 'sea', 'air') NOT NULL DEFAULT 'land',
    seen_on DATE NULL,
    last_fed_at DATETIME(3) NULL,
    wake_time TIME NULL,
    year_seen YEAR NULL,
    traits JSON NULL,
    dna VARBINARY(8) NULL,
    photo BLOB NULL,
    host_id INT UNSIGNED NULL,
    FOREIGN KEY (host_id) REFERENCES movies (id)
  )`);
  await pool.query('INSERT INTO specimens SET ?', [SPECIMEN]);
}

/** Texts of every line end, and of other letters that a browser may lose. */
export const LETTER = {
  subject: 'On films',
  body: '\nfirst\r\nthe second\nthird\rfourth\t\u2028fifth\u00a0\r\n\r\n',
  line: ' first\r\nsecond ',
  data: '{\r\n\t"second": "a\\r\\nb"\r\n}\r\n',
} as const;

/** A table of texts, with one row in it. */
export async function createLetters(pool: Pool): Promise<void> {
  await pool.query(
    'CREATE TABLE letters (id INT AUTO_INCREMENT PRIMARY KEY, subject VARCHAR(40) NOT NULL, body TEXT, line VARCHAR(40), data LONGTEXT) CHARSET utf8mb4',
  );
  await pool.query('INSERT INTO letters SET ?', [LETTER]);
}

/** A table of times: one of an hour that Berlin has twice, and one to the microsecond. */
export async function createMoments(pool: Pool): Promise<void> {
  await pool.query('CREATE TABLE moments (id INT AUTO_INCREMENT PRIMARY KEY, told DATETIME(6))');
  await pool.query(
    "INSERT INTO moments (told) VALUES ('2026-10-25 01:30:00'), ('2026-07-01 08:00:00.123456')",
  );
}
