-- Screens that show the wallboard without anybody signed in. A display has a link, of whose secret only the SHA-256 is
-- kept, in hexadecimal.
CREATE TABLE panel_displays (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(120) NOT NULL,
  token_hash CHAR(64) COLLATE utf8mb4_bin NOT NULL,
  created_by VARCHAR(120) NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  last_seen_at DATETIME(3) NULL,
  revoked_at DATETIME(3) NULL,
  revoked BOOLEAN GENERATED ALWAYS AS (revoked_at IS NOT NULL) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY panel_displays_token_hash (token_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
