CREATE TABLE orders (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id INT UNSIGNED NOT NULL,
  employee_id INT UNSIGNED NULL,
  status ENUM('placed', 'assigned', 'packed', 'partially_shipped', 'shipped', 'delivered', 'cancelled', 'returned')
    NOT NULL DEFAULT 'placed',
  on_hold BOOLEAN NOT NULL DEFAULT FALSE,
  hold_reason VARCHAR(300) NULL,
  total DECIMAL(12,2) NOT NULL DEFAULT 0,
  placed_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  PRIMARY KEY (id),
  KEY orders_placed_at (placed_at, id),
  KEY orders_status (status, placed_at),
  KEY orders_customer (customer_id, placed_at),
  KEY orders_employee (employee_id, status, placed_at),
  KEY orders_total (total),
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT orders_employee FOREIGN KEY (employee_id) REFERENCES employees (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT orders_total_not_negative CHECK (total >= 0),
  CONSTRAINT orders_hold_has_reason CHECK (on_hold = FALSE OR hold_reason IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- held_quantity is what this line counts in movies.reserved. A line written by another program holds nothing
-- until an order command takes the order in.
CREATE TABLE order_items (
  order_id INT UNSIGNED NOT NULL,
  movie_id INT UNSIGNED NOT NULL,
  quantity INT NOT NULL,
  unit_price DECIMAL(8,2) NOT NULL,
  held_quantity INT NOT NULL DEFAULT 0,
  shipped_quantity INT NOT NULL DEFAULT 0,
  cancelled_quantity INT NOT NULL DEFAULT 0,
  returned_quantity INT NOT NULL DEFAULT 0,
  line_total DECIMAL(12,2) GENERATED ALWAYS AS ((quantity - cancelled_quantity) * unit_price) STORED,
  PRIMARY KEY (order_id, movie_id),
  KEY order_items_movie (movie_id),
  CONSTRAINT order_items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT order_items_movie FOREIGN KEY (movie_id) REFERENCES movies (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT order_items_quantity_positive CHECK (quantity > 0),
  CONSTRAINT order_items_price_not_negative CHECK (unit_price >= 0),
  CONSTRAINT order_items_parts_not_negative CHECK
    (held_quantity >= 0 AND shipped_quantity >= 0 AND cancelled_quantity >= 0 AND returned_quantity >= 0),
  CONSTRAINT order_items_parts_fit CHECK (held_quantity + shipped_quantity + cancelled_quantity <= quantity),
  CONSTRAINT order_items_returned_was_shipped CHECK (returned_quantity <= shipped_quantity)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE shipments (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  order_id INT UNSIGNED NOT NULL,
  carrier VARCHAR(60) NOT NULL,
  tracking_number VARCHAR(80) NOT NULL,
  shipped_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  delivered_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  KEY shipments_order (order_id),
  KEY shipments_shipped_at (shipped_at, id),
  CONSTRAINT shipments_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE shipment_items (
  shipment_id INT UNSIGNED NOT NULL,
  movie_id INT UNSIGNED NOT NULL,
  quantity INT NOT NULL,
  PRIMARY KEY (shipment_id, movie_id),
  KEY shipment_items_movie (movie_id),
  CONSTRAINT shipment_items_shipment FOREIGN KEY (shipment_id) REFERENCES shipments (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT shipment_items_movie FOREIGN KEY (movie_id) REFERENCES movies (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT shipment_items_quantity_positive CHECK (quantity > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Every change of movies.stock or movies.reserved; each figure equals the sum of its deltas here.
CREATE TABLE stock_movements (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  movie_id INT UNSIGNED NOT NULL,
  stock_delta INT NOT NULL DEFAULT 0,
  reserved_delta INT NOT NULL DEFAULT 0,
  reason VARCHAR(40) NOT NULL,
  note VARCHAR(300) NULL,
  order_id INT UNSIGNED NULL,
  actor_name VARCHAR(120) NULL,
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  PRIMARY KEY (id),
  KEY stock_movements_movie (movie_id, id),
  KEY stock_movements_order (order_id),
  KEY stock_movements_created_at (created_at, id),
  CONSTRAINT stock_movements_movie FOREIGN KEY (movie_id) REFERENCES movies (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT stock_movements_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT ON UPDATE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The total of an order is the sum of its lines, whoever writes them.
CREATE TRIGGER order_items_total_insert AFTER INSERT ON order_items FOR EACH ROW
  UPDATE orders SET total = total + NEW.line_total WHERE id = NEW.order_id;
CREATE TRIGGER order_items_total_update AFTER UPDATE ON order_items FOR EACH ROW
  UPDATE orders SET total = total + IF(id = NEW.order_id, NEW.line_total, 0) - IF(id = OLD.order_id, OLD.line_total, 0)
  WHERE id IN (NEW.order_id, OLD.order_id) AND (NEW.line_total <> OLD.line_total OR NEW.order_id <> OLD.order_id);
CREATE TRIGGER order_items_total_delete AFTER DELETE ON order_items FOR EACH ROW
  UPDATE orders SET total = total - OLD.line_total WHERE id = OLD.order_id;
