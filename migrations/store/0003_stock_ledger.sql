-- The stock ledger moves the figures. A row inserted into stock_movements changes movies.stock, movies.reserved and,
-- where it names an order, the held_quantity of that order's line. So each figure is the sum of its movements by
-- construction, and the CHECKs on movies refuse a movement that would oversell. See docs/order-book.md.
--
-- A bulk loader that writes movies, order_items and stock_movements itself, and answers for the sums, switches all of
-- it off for its own connection:  SET @stock_movement_recorded = 1;  (afterwards: SET @stock_movement_recorded = NULL)
--
-- @stock_movement is the movement being posted. It is believed only while that row exists and fits, so a value left
-- behind by a failed statement means nothing.

ALTER TABLE movies
  ADD COLUMN available INT GENERATED ALWAYS AS (stock - reserved) STORED AFTER reserved,
  ADD COLUMN low_stock BOOLEAN GENERATED ALWAYS AS (stock - reserved <= low_stock_threshold) STORED
    AFTER low_stock_threshold,
  ADD KEY movies_low_stock (low_stock, id);

ALTER TABLE orders
  ADD KEY orders_work (status, on_hold, employee_id, placed_at),
  ADD KEY orders_on_hold (on_hold, placed_at);

-- One row for each command that came with an idempotency key: the same key again gets the same answer.
CREATE TABLE order_commands (
  idempotency_key VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
  command VARCHAR(40) NOT NULL,
  fingerprint CHAR(64) NOT NULL,
  answer JSON NULL,
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
  PRIMARY KEY (idempotency_key),
  KEY order_commands_created_at (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- 'outside' follows a figure that has already changed; 'line_deleted' belongs to a line that is just being deleted.
CREATE TRIGGER stock_movements_post AFTER INSERT ON stock_movements FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL AND NEW.reason <> 'outside' THEN
    SET @stock_movement = NEW.id;
    UPDATE movies SET stock = stock + NEW.stock_delta, reserved = reserved + NEW.reserved_delta
      WHERE id = NEW.movie_id;
    IF NEW.order_id IS NOT NULL AND NEW.reserved_delta <> 0 AND NEW.reason <> 'line_deleted' THEN
      UPDATE order_items SET held_quantity = held_quantity + NEW.reserved_delta
        WHERE order_id = NEW.order_id AND movie_id = NEW.movie_id;
    END IF;
    SET @stock_movement = NULL;
  END IF;
END;

CREATE TRIGGER stock_movements_keep BEFORE UPDATE ON stock_movements FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Stock movements are never changed: record a count correction instead.';
  END IF;
END;

CREATE TRIGGER stock_movements_keep_all BEFORE DELETE ON stock_movements FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Stock movements are never deleted: record a count correction instead.';
  END IF;
END;

-- A film that is created with stock, and a stock lowered or raised by another program, are movements too.
CREATE TRIGGER movies_stock_insert AFTER INSERT ON movies FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    IF NEW.reserved <> 0 THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A new film has nothing reserved: orders reserve it.';
    END IF;
    IF NEW.stock <> 0 THEN
      INSERT INTO stock_movements (movie_id, stock_delta, reason) VALUES (NEW.id, NEW.stock, 'outside');
    END IF;
  END IF;
END;

CREATE TRIGGER movies_stock_update AFTER UPDATE ON movies FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL AND (NEW.stock <> OLD.stock OR NEW.reserved <> OLD.reserved) THEN
    IF NOT EXISTS (SELECT 1 FROM stock_movements WHERE id = @stock_movement AND movie_id = NEW.id) THEN
      IF NEW.reserved <> OLD.reserved THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'What is reserved follows the orders: place or cancel one instead.';
      END IF;
      INSERT INTO stock_movements (movie_id, stock_delta, reason) VALUES (NEW.id, NEW.stock - OLD.stock, 'outside');
    END IF;
  END IF;
END;

-- A line written by another program holds nothing; one written by the order book holds what its movements say.
CREATE TRIGGER order_items_held_insert BEFORE INSERT ON order_items FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL AND NEW.held_quantity <> 0 THEN
    IF NEW.held_quantity <> (SELECT COALESCE(SUM(reserved_delta), 0) FROM stock_movements
                             WHERE order_id = NEW.order_id AND movie_id = NEW.movie_id) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A new line holds nothing: the order book reserves for it.';
    END IF;
  END IF;
END;

CREATE TRIGGER order_items_held_update BEFORE UPDATE ON order_items FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    IF OLD.held_quantity <> 0 AND (NEW.order_id <> OLD.order_id OR NEW.movie_id <> OLD.movie_id) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This line holds stock: delete it and add the other film as a new line.';
    END IF;
    IF NEW.held_quantity <> OLD.held_quantity THEN
      IF NOT EXISTS (SELECT 1 FROM stock_movements
                     WHERE id = @stock_movement AND order_id = NEW.order_id AND movie_id = NEW.movie_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'What a line holds follows its stock movements: change its quantity.';
      END IF;
    END IF;
  END IF;
END;

-- Deleting a line gives back what it holds. The film is locked first: its foreign key alone would lock it shared.
CREATE TRIGGER order_items_held_delete BEFORE DELETE ON order_items FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    IF OLD.shipped_quantity > 0 THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This line has been shipped: take it back instead of deleting it.';
    END IF;
    IF OLD.held_quantity > 0 THEN
      SELECT id INTO @stock_movement_movie FROM movies WHERE id = OLD.movie_id FOR UPDATE;
      INSERT INTO stock_movements (movie_id, reserved_delta, reason, order_id)
        VALUES (OLD.movie_id, -OLD.held_quantity, 'line_deleted', OLD.order_id);
    END IF;
  END IF;
END;

-- An order that holds stock is closed by the order book, which gives the stock back or ships it.
CREATE TRIGGER orders_close BEFORE UPDATE ON orders FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL AND NEW.status <> OLD.status
    AND NEW.status IN ('shipped', 'delivered', 'cancelled', 'returned') THEN
    IF EXISTS (SELECT 1 FROM order_items WHERE order_id = NEW.id AND held_quantity > 0) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order holds stock: ship or cancel it with the order''s own actions.';
    END IF;
  END IF;
END;

-- As in 0002, without touching orders where no money changes.
DROP TRIGGER order_items_total_update;
CREATE TRIGGER order_items_total_update AFTER UPDATE ON order_items FOR EACH ROW
BEGIN
  IF NEW.line_total <> OLD.line_total OR NEW.order_id <> OLD.order_id THEN
    UPDATE orders
      SET total = total + IF(id = NEW.order_id, NEW.line_total, 0) - IF(id = OLD.order_id, OLD.line_total, 0)
      WHERE id IN (NEW.order_id, OLD.order_id);
  END IF;
END;
