-- What has been sold follows what comes back: returned_total is what an order's returned films cost, kept like its total.
-- The rules of 0003 and 0005 on orders and lines stand here anew, in one trigger an event, since each trigger costs every
-- row its time. New and old hold side by side until the old ones go. A line looks at its order's state only where it
-- matters.

ALTER TABLE orders ADD COLUMN returned_total DECIMAL(12,2) NOT NULL DEFAULT 0 AFTER total;

CREATE TRIGGER orders_insert BEFORE INSERT ON orders FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    IF NEW.status NOT IN ('placed', 'assigned', 'packed') THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A new order is placed: its own actions ship, deliver or cancel it.';
    END IF;
    SET NEW.total = 0, NEW.returned_total = 0;
  END IF;
END;
DROP TRIGGER orders_begin;

-- 45001 tells the triggers of the lines that a total is right already, as it may be in an order whose total was off.
CREATE TRIGGER orders_update BEFORE UPDATE ON orders FOR EACH ROW
BEGIN
  DECLARE shipped_count, returned_count, open_count INT;
  DECLARE lines_total DECIMAL(12,2);
  IF @stock_movement_recorded IS NULL THEN
    IF NEW.status <> OLD.status THEN
      IF NEW.status IN ('shipped', 'delivered', 'cancelled', 'returned')
        AND EXISTS (SELECT 1 FROM order_items WHERE order_id = NEW.id AND held_quantity > 0) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order holds stock: ship or cancel it with the order''s own actions.';
      END IF;
      IF CONCAT(OLD.status, ' ', NEW.status) NOT IN (
        'placed assigned', 'placed cancelled',
        'assigned placed', 'assigned packed', 'assigned cancelled',
        'packed partially_shipped', 'packed shipped', 'packed cancelled',
        'partially_shipped shipped', 'partially_shipped returned', 'shipped delivered', 'shipped returned', 'delivered returned') THEN
        SIGNAL SQLSTATE '45000'
          SET MESSAGE_TEXT = 'An order does not go from this state to that one: take it there with its own actions.';
      END IF;
      IF OLD.on_hold AND NEW.on_hold THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order is on hold: release it first.';
      END IF;
      IF NEW.status IN ('partially_shipped', 'shipped', 'returned') THEN
        SELECT COALESCE(SUM(shipped_quantity), 0), COALESCE(SUM(returned_quantity), 0),
            COALESCE(SUM(quantity - shipped_quantity - cancelled_quantity), 0)
          INTO shipped_count, returned_count, open_count
          FROM order_items WHERE order_id = OLD.id LOCK IN SHARE MODE;
        IF OLD.status = 'packed' AND shipped_count = 0
          OR (NEW.status = 'shipped' OR OLD.status = 'partially_shipped') AND open_count > 0 THEN
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order has not left: ship it with its own action.';
        END IF;
        IF NEW.status = 'returned' AND (returned_count = 0 OR returned_count < shipped_count) THEN
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order has not come back: take it back with its own action.';
        END IF;
      END IF;
    END IF;
    IF NEW.id <> OLD.id OR NEW.customer_id <> OLD.customer_id OR NEW.placed_at <> OLD.placed_at THEN
      IF OLD.status NOT IN ('placed', 'assigned', 'packed')
        OR EXISTS (SELECT 1 FROM shipments WHERE order_id = OLD.id) THEN
        SIGNAL SQLSTATE '45000'
          SET MESSAGE_TEXT = 'This order has left or is closed: whose it is and when it was placed stay. Place another.';
      END IF;
    END IF;
    IF OLD.status IN ('shipped', 'delivered', 'cancelled', 'returned') AND NOT (NEW.employee_id <=> OLD.employee_id) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order is closed: whose work it was stays as it is.';
    END IF;
    IF NEW.status IN ('shipped', 'delivered', 'cancelled', 'returned') AND NEW.on_hold
      AND NOT (OLD.on_hold AND CAST(NEW.hold_reason AS BINARY) <=> CAST(OLD.hold_reason AS BINARY)) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A closed order is not put on hold: add a note instead.';
    END IF;
    IF NEW.total <> OLD.total THEN
      IF OLD.status IN ('shipped', 'delivered', 'cancelled', 'returned') THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order is closed: its lines and total stay. Place another one.';
      END IF;
      SELECT COALESCE(SUM(line_total), 0) INTO lines_total FROM order_items WHERE order_id = OLD.id;
      IF NEW.total <> lines_total THEN
        SELECT COALESCE(SUM(line_total), 0) INTO lines_total FROM order_items WHERE order_id = OLD.id LOCK IN SHARE MODE;
        IF OLD.total = lines_total THEN
          SIGNAL SQLSTATE '45001' SET MESSAGE_TEXT = 'An order''s total is the sum of its lines: change the lines instead.';
        END IF;
        SET NEW.total = lines_total;
      END IF;
    END IF;
    IF NEW.returned_total <> OLD.returned_total THEN
      SELECT COALESCE(SUM(returned_quantity * unit_price), 0) INTO lines_total FROM order_items
        WHERE order_id = OLD.id LOCK IN SHARE MODE;
      IF NEW.returned_total <> lines_total THEN
        IF OLD.returned_total = lines_total THEN
          SIGNAL SQLSTATE '45001' SET MESSAGE_TEXT = 'What came back of an order follows its lines: take films back instead.';
        END IF;
        SET NEW.returned_total = lines_total;
      END IF;
    END IF;
  END IF;
END;
DROP TRIGGER orders_close;
DROP TRIGGER orders_status;
DROP TRIGGER orders_keep;
DROP TRIGGER orders_total;

CREATE TRIGGER order_items_insert BEFORE INSERT ON order_items FOR EACH ROW
BEGIN
  DECLARE order_status VARCHAR(20);
  IF @stock_movement_recorded IS NULL THEN
    IF NEW.held_quantity <> 0 THEN
      IF NEW.held_quantity <> (SELECT COALESCE(SUM(reserved_delta), 0) FROM stock_movements
                               WHERE order_id = NEW.order_id AND movie_id = NEW.movie_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A new line holds nothing: the order book reserves for it.';
      END IF;
    END IF;
    IF NEW.unit_price = 0 THEN
      SELECT status INTO order_status FROM orders WHERE id = NEW.order_id FOR UPDATE;
      IF order_status IN ('shipped', 'delivered', 'cancelled', 'returned') THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order is closed: place another one for more films.';
      END IF;
    END IF;
    IF NEW.shipped_quantity <> 0 OR NEW.cancelled_quantity <> 0 OR NEW.returned_quantity <> 0 THEN
      SIGNAL SQLSTATE '45000'
        SET MESSAGE_TEXT = 'Nothing of a new line is shipped, cancelled or returned: the order''s own actions do that.';
    END IF;
  END IF;
END;
DROP TRIGGER order_items_held_insert;
DROP TRIGGER order_items_begin;

CREATE TRIGGER order_items_update BEFORE UPDATE ON order_items FOR EACH ROW
BEGIN
  DECLARE order_status VARCHAR(20);
  DECLARE is_closed, is_moved BOOLEAN DEFAULT FALSE;
  DECLARE counted INT;
  IF @stock_movement_recorded IS NULL THEN
    SET is_moved = NEW.order_id <> OLD.order_id OR NEW.movie_id <> OLD.movie_id;
    IF OLD.held_quantity <> 0 AND is_moved THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This line holds stock: delete it and add the other film as a new line.';
    END IF;
    IF NEW.held_quantity <> OLD.held_quantity THEN
      IF NOT EXISTS (SELECT 1 FROM stock_movements
                     WHERE id = @stock_movement AND order_id = NEW.order_id AND movie_id = NEW.movie_id) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'What a line holds follows its stock movements: change its quantity.';
      END IF;
    END IF;
    IF is_moved OR NEW.quantity <> OLD.quantity OR NEW.unit_price <> OLD.unit_price
      OR NEW.held_quantity > OLD.held_quantity OR NEW.shipped_quantity <> OLD.shipped_quantity
      OR NEW.cancelled_quantity <> OLD.cancelled_quantity THEN
      SELECT status INTO order_status FROM orders WHERE id = OLD.order_id FOR UPDATE;
      SET is_closed = order_status IN ('shipped', 'delivered', 'cancelled', 'returned');
      IF NEW.order_id <> OLD.order_id THEN
        SELECT status INTO order_status FROM orders WHERE id = NEW.order_id FOR UPDATE;
        SET is_closed = is_closed OR order_status IN ('shipped', 'delivered', 'cancelled', 'returned');
      END IF;
      IF is_closed THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order is closed: its lines stay as they are. Place another one.';
      END IF;
    END IF;
    IF OLD.shipped_quantity > 0 AND (is_moved OR NEW.quantity <> OLD.quantity OR NEW.unit_price <> OLD.unit_price) THEN
      SIGNAL SQLSTATE '45000'
        SET MESSAGE_TEXT = 'Some of this line has left: it stays as it is. Cancel what is left, or take films back.';
    END IF;
    IF OLD.cancelled_quantity > 0 AND (is_moved OR NEW.unit_price <> OLD.unit_price) THEN
      SIGNAL SQLSTATE '45000'
        SET MESSAGE_TEXT = 'Some of this line is cancelled: its film and price stay as they are. Add another line.';
    END IF;
    IF NEW.shipped_quantity < OLD.shipped_quantity OR NEW.cancelled_quantity < OLD.cancelled_quantity
      OR NEW.returned_quantity < OLD.returned_quantity THEN
      SIGNAL SQLSTATE '45000'
        SET MESSAGE_TEXT = 'What was shipped, cancelled or returned stays so: take films back, or place another order.';
    END IF;
    IF NEW.shipped_quantity > OLD.shipped_quantity THEN
      SELECT COALESCE(SUM(i.quantity), 0) INTO counted
        FROM shipments s JOIN shipment_items i ON i.shipment_id = s.id
        WHERE s.order_id = NEW.order_id AND i.movie_id = NEW.movie_id LOCK IN SHARE MODE;
      IF NEW.shipped_quantity > counted THEN
        SIGNAL SQLSTATE '45000'
          SET MESSAGE_TEXT = 'No more of a line is shipped than its parcels hold: ship with the order''s action, or cancel the rest.';
      END IF;
    END IF;
    IF NEW.returned_quantity > OLD.returned_quantity THEN
      SELECT COALESCE(SUM(stock_delta), 0) INTO counted FROM stock_movements
        WHERE order_id = NEW.order_id AND movie_id = NEW.movie_id AND reason = 'returned' LOCK IN SHARE MODE;
      IF NEW.returned_quantity > counted THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This has not come back: take it back with the order''s own action.';
      END IF;
    END IF;
  END IF;
END;
DROP TRIGGER order_items_held_update;
DROP TRIGGER order_items_keep;
DROP TRIGGER order_items_count;

DROP TRIGGER order_items_total_insert;
CREATE TRIGGER order_items_total_insert AFTER INSERT ON order_items FOR EACH ROW
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLSTATE '45001' BEGIN END;
  UPDATE orders
    SET total = total + NEW.line_total, returned_total = returned_total + NEW.returned_quantity * NEW.unit_price
    WHERE id = NEW.order_id;
END;

DROP TRIGGER order_items_total_update;
CREATE TRIGGER order_items_total_update AFTER UPDATE ON order_items FOR EACH ROW
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLSTATE '45001' BEGIN END;
  IF NEW.order_id <> OLD.order_id THEN
    UPDATE orders
      SET total = total - OLD.line_total, returned_total = returned_total - OLD.returned_quantity * OLD.unit_price
      WHERE id = OLD.order_id;
    UPDATE orders
      SET total = total + NEW.line_total, returned_total = returned_total + NEW.returned_quantity * NEW.unit_price
      WHERE id = NEW.order_id;
  ELSE
    IF NEW.line_total <> OLD.line_total THEN
      UPDATE orders SET total = total + NEW.line_total - OLD.line_total WHERE id = NEW.order_id;
    END IF;
    IF NEW.returned_quantity * NEW.unit_price <> OLD.returned_quantity * OLD.unit_price THEN
      UPDATE orders
        SET returned_total = returned_total
          + NEW.returned_quantity * NEW.unit_price - OLD.returned_quantity * OLD.unit_price
        WHERE id = NEW.order_id;
    END IF;
  END IF;
END;

DROP TRIGGER order_items_total_delete;
CREATE TRIGGER order_items_total_delete AFTER DELETE ON order_items FOR EACH ROW
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLSTATE '45001' BEGIN END;
  UPDATE orders
    SET total = total - OLD.line_total, returned_total = returned_total - OLD.returned_quantity * OLD.unit_price
    WHERE id = OLD.order_id;
END;

UPDATE orders o
  JOIN (SELECT order_id, SUM(returned_quantity * unit_price) AS returned_total FROM order_items
        WHERE returned_quantity > 0 GROUP BY order_id) i ON i.order_id = o.id
  SET o.returned_total = i.returned_total;
