-- Who did what: one row in the same transaction as each write the panel makes.
CREATE TABLE panel_activity (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  actor_id INT UNSIGNED NULL,
  actor_name VARCHAR(120) NOT NULL,
  actor_role VARCHAR(40) NOT NULL,
  action VARCHAR(60) NOT NULL,
  table_name VARCHAR(64) NOT NULL,
  record_id VARCHAR(255) NOT NULL,
  details JSON NULL,
  PRIMARY KEY (id),
  KEY panel_activity_record (table_name, record_id, id),
  KEY panel_activity_actor (actor_id, id),
  KEY panel_activity_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
