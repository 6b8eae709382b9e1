-- Who has which record open, on which program ("node") and connection. Rows whose seen_at is old are of a node that ended.
CREATE TABLE panel_presence (
  node_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  socket_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  table_name VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  record_id VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_id INT UNSIGNED NOT NULL,
  account_name VARCHAR(120) NOT NULL,
  account_role VARCHAR(40) NOT NULL,
  mode ENUM('viewing', 'editing') NOT NULL,
  seen_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  PRIMARY KEY (node_id, socket_id, table_name, record_id),
  KEY panel_presence_record (table_name, record_id),
  KEY panel_presence_seen_at (seen_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
