import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { splitScript } from '../../../src/database/sql-script.ts';

const split = (sql: string) => splitScript(sql).map((statement) => statement.sql);

describe('a script is split', () => {
  test.each([
    ['a; b;c', ['a', 'b', 'c']],
    [';; a ;\n-- nothing; here\n', ['a']],
    [
      'INSERT t VALUES (\'a;b\', "c;"); # x;y\nDO `d;`',
      ['INSERT t VALUES (\'a;b\', "c;")', '# x;y\nDO `d;`'],
    ],
    ['BEGIN; UPDATE t SET a = 1; COMMIT', ['BEGIN', 'UPDATE t SET a = 1', 'COMMIT']],
    ['SELECT CASE a WHEN 1 THEN 2 END; DO 1', ['SELECT CASE a WHEN 1 THEN 2 END', 'DO 1']],
    ['CREATE TABLE event (begin INT); DO 1', ['CREATE TABLE event (begin INT)', 'DO 1']],
  ])('%s', (sql, statements) => {
    expect(split(sql)).toEqual(statements);
  });

  test.each([
    'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.end = IF(NEW.begin > 1, 2, 3)',
    'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW IF NEW.x THEN SET NEW.y = 1; ELSE SET NEW.y = 2; END IF',
    'CREATE DEFINER = `root`@`localhost` TRIGGER t AFTER UPDATE ON a FOR EACH ROW BEGIN IF 1 THEN DO IF(1, 2, 3); END IF; END',
    'CREATE PROCEDURE p() BEGIN CASE a WHEN 1 THEN DO 1; ELSE BEGIN END; END CASE; DO 2; END',
    'CREATE OR REPLACE FUNCTION f() RETURNS INT BEGIN RETURN CASE WHEN 1 THEN REPEAT("x", 2) END; END',
    'CREATE PROCEDURE p() one: LOOP WHILE 1 DO REPEAT LEAVE one; UNTIL 1 END REPEAT; END WHILE; END LOOP',
    'CREATE PROCEDURE p() IF 1 THEN DO 1; ELSEIF 2 THEN IF 3 THEN DO 2; END IF; END IF',
    'CREATE PROCEDURE p() BEGIN FOR i IN 1..2 DO SELECT 1 FROM t WHERE a IN (1) FOR UPDATE; END FOR; END',
    'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM a; DELETE FROM b; END',
    'BEGIN NOT ATOMIC DO 1; DO 2; END',
  ])('where no program ends: %s', (sql) => {
    expect(split(`DO 1; ${sql}; DO 2;`)).toEqual(['DO 1', sql, 'DO 2']);
  });

  test('and each migration comes apart into what begins with a verb', () => {
    for (const folder of ['panel', 'store'])
      for (const file of readdirSync(`migrations/${folder}`)) {
        const script = readFileSync(`migrations/${folder}/${file}`, 'utf8');
        for (const { tokens } of splitScript(script))
          expect(tokens[0]?.text).toMatch(/^(CREATE|ALTER|DROP|INSERT|UPDATE|DELETE|SET)$/);
      }
  });
});
