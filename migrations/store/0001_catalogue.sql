-- The films, the people in them, and the aliens on both sides of the counter.
CREATE TABLE movies (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  title VARCHAR(200) NOT NULL,
  release_year SMALLINT UNSIGNED NOT NULL,
  rating ENUM('G', 'PG', 'PG-13', 'R', 'NC-17', 'NR') NOT NULL DEFAULT 'NR',
  runtime_minutes SMALLINT UNSIGNED NOT NULL,
  genre VARCHAR(40) NOT NULL,
  price DECIMAL(8,2) NOT NULL,
  stock INT NOT NULL DEFAULT 0,
  reserved INT NOT NULL DEFAULT 0,
  low_stock_threshold INT UNSIGNED NOT NULL DEFAULT 5,
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  PRIMARY KEY (id),
  UNIQUE KEY movies_title_year (title, release_year),
  KEY movies_release_year (release_year),
  KEY movies_genre (genre),
  KEY movies_rating (rating),
  KEY movies_price (price),
  KEY movies_stock (stock),
  CONSTRAINT movies_year_plausible CHECK (release_year BETWEEN 1888 AND 2200),
  CONSTRAINT movies_runtime_positive CHECK (runtime_minutes > 0),
  CONSTRAINT movies_price_not_negative CHECK (price >= 0),
  CONSTRAINT movies_reserved_not_negative CHECK (reserved >= 0),
  CONSTRAINT movies_available_not_negative CHECK (stock >= reserved)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE actors (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(120) NOT NULL,
  birth_year SMALLINT UNSIGNED NULL,
  PRIMARY KEY (id),
  KEY actors_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE performances (
  movie_id INT UNSIGNED NOT NULL,
  actor_id INT UNSIGNED NOT NULL,
  role VARCHAR(120) NOT NULL,
  PRIMARY KEY (movie_id, actor_id, role),
  KEY performances_actor (actor_id),
  KEY performances_role (role),
  CONSTRAINT performances_movie FOREIGN KEY (movie_id) REFERENCES movies (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT performances_actor FOREIGN KEY (actor_id) REFERENCES actors (id) ON DELETE RESTRICT ON UPDATE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE customers (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(254) NOT NULL,
  species VARCHAR(60) NOT NULL,
  planet VARCHAR(60) NOT NULL,
  address VARCHAR(300) NOT NULL,
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  PRIMARY KEY (id),
  UNIQUE KEY customers_email (email),
  KEY customers_name (name),
  KEY customers_planet (planet),
  KEY customers_created_at (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- An employee signs in with the panel account of the same email address.
CREATE TABLE employees (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(254) NOT NULL,
  position VARCHAR(60) NOT NULL,
  hired_on DATE NOT NULL,
  active BOOLEAN NOT NULL DEFAULT TRUE,
  PRIMARY KEY (id),
  UNIQUE KEY employees_email (email),
  KEY employees_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
