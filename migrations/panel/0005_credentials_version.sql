-- What lets a session in: it remembers the version it began with, and ends with that, whoever writes. The trigger makes
-- another version of each change of password, role or activity, so what is changed back is another one all the same; an
-- account that is made anew under an old id begins above the versions of the old one.
ALTER TABLE panel_accounts
  ADD COLUMN credentials_version BIGINT UNSIGNED NOT NULL DEFAULT (FLOOR(UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000));

CREATE TRIGGER panel_accounts_credentials BEFORE UPDATE ON panel_accounts FOR EACH ROW
SET NEW.credentials_version = GREATEST(NEW.credentials_version, OLD.credentials_version) + IF(
  CAST(NEW.password_hash AS BINARY) = CAST(OLD.password_hash AS BINARY)
    AND CAST(NEW.role AS BINARY) = CAST(OLD.role AS BINARY)
    AND NEW.active = OLD.active
    AND NEW.id = OLD.id,
  0, 1);
