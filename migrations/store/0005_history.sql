-- What is shipped, cancelled or closed is history: these triggers keep it, whoever writes. docs/order-book.md tells the
-- rules to those who write. They judge by the rows alone, and rest with the ledger's (@stock_movement_recorded).
--
-- Orders      begin open, and go from state to state as ORDER_STEPS says (src/orders/order-status.ts). Customer and time
--             are fixed once something left or the order is closed; a closed one keeps its employee and is not held.
--             A total is the sum of its lines.
-- Lines       join open orders, with nothing shipped, cancelled or returned. What of them is shipped, cancelled or
--             returned never falls. Once some of a line has left, or its order is closed, film, price and quantity are
--             fixed.
-- Parcels     hold what the ledger says has left, at most what was ordered; lines count as shipped what their parcels
--             hold. A shipment and its parcel are never changed, but for the time it arrived, once.
-- Comes back  at most what the ledger says has left; lines count as returned what the ledger says came back.
--
-- Rows that broke a rule before stay as they are, and `npm run stock:reconcile` names them. Texts are compared as bytes,
-- since a collation takes 'gx1' for 'GX1'. Reads are locking ones where a snapshot could be out of date.

CREATE TRIGGER orders_begin BEFORE INSERT ON orders FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    IF NEW.status NOT IN ('placed', 'assigned', 'packed') THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A new order is placed: its own actions ship, deliver or cancel it.';
    END IF;
    SET NEW.total = 0;
  END IF;
END;

CREATE TRIGGER orders_status BEFORE UPDATE ON orders FOR EACH ROW
BEGIN
  DECLARE shipped_count, returned_count, open_count INT;
  IF @stock_movement_recorded IS NULL AND NEW.status <> OLD.status THEN
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
END;

CREATE TRIGGER orders_keep BEFORE UPDATE ON orders FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
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
  END IF;
END;

-- 45001 tells the triggers of the lines that the total is right already, as it may be in an order whose total was off.
CREATE TRIGGER orders_total BEFORE UPDATE ON orders FOR EACH ROW
BEGIN
  DECLARE lines_total DECIMAL(12,2);
  IF @stock_movement_recorded IS NULL AND NEW.total <> OLD.total THEN
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
END;

CREATE TRIGGER orders_keep_all BEFORE DELETE ON orders FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL AND OLD.status NOT IN ('placed', 'assigned', 'packed') THEN
    IF EXISTS (SELECT 1 FROM order_items WHERE order_id = OLD.id) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order has left or is closed: it is kept as history.';
    END IF;
  END IF;
END;

DROP TRIGGER order_items_total_insert;
CREATE TRIGGER order_items_total_insert AFTER INSERT ON order_items FOR EACH ROW
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLSTATE '45001' BEGIN END;
  UPDATE orders SET total = total + NEW.line_total WHERE id = NEW.order_id;
END;

DROP TRIGGER order_items_total_update;
CREATE TRIGGER order_items_total_update AFTER UPDATE ON order_items FOR EACH ROW
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLSTATE '45001' BEGIN END;
  IF NEW.order_id <> OLD.order_id THEN
    UPDATE orders SET total = total - OLD.line_total WHERE id = OLD.order_id;
    UPDATE orders SET total = total + NEW.line_total WHERE id = NEW.order_id;
  ELSEIF NEW.line_total <> OLD.line_total THEN
    UPDATE orders SET total = total + NEW.line_total - OLD.line_total WHERE id = NEW.order_id;
  END IF;
END;

DROP TRIGGER order_items_total_delete;
CREATE TRIGGER order_items_total_delete AFTER DELETE ON order_items FOR EACH ROW
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLSTATE '45001' BEGIN END;
  UPDATE orders SET total = total - OLD.line_total WHERE id = OLD.order_id;
END;

-- A line that costs something meets a closed order in orders_total, which saves placing a look at the order.
CREATE TRIGGER order_items_begin BEFORE INSERT ON order_items FOR EACH ROW
BEGIN
  DECLARE order_status VARCHAR(20);
  IF @stock_movement_recorded IS NULL THEN
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

CREATE TRIGGER order_items_keep BEFORE UPDATE ON order_items FOR EACH ROW
BEGIN
  DECLARE order_status VARCHAR(20);
  DECLARE is_closed, is_moved BOOLEAN DEFAULT FALSE;
  IF @stock_movement_recorded IS NULL THEN
    SET is_moved = NEW.order_id <> OLD.order_id OR NEW.movie_id <> OLD.movie_id;
    SELECT status INTO order_status FROM orders WHERE id = OLD.order_id FOR UPDATE;
    SET is_closed = order_status IN ('shipped', 'delivered', 'cancelled', 'returned');
    IF NEW.order_id <> OLD.order_id THEN
      SELECT status INTO order_status FROM orders WHERE id = NEW.order_id FOR UPDATE;
      SET is_closed = is_closed OR order_status IN ('shipped', 'delivered', 'cancelled', 'returned');
    END IF;
    IF is_closed AND (is_moved OR NEW.quantity <> OLD.quantity OR NEW.unit_price <> OLD.unit_price
      OR NEW.held_quantity > OLD.held_quantity OR NEW.shipped_quantity <> OLD.shipped_quantity
      OR NEW.cancelled_quantity <> OLD.cancelled_quantity) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This order is closed: its lines stay as they are. Place another one.';
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
  END IF;
END;

CREATE TRIGGER order_items_count BEFORE UPDATE ON order_items FOR EACH ROW
BEGIN
  DECLARE counted INT;
  IF @stock_movement_recorded IS NULL THEN
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

CREATE TRIGGER order_items_keep_all BEFORE DELETE ON order_items FOR EACH ROW
BEGIN
  DECLARE order_status VARCHAR(20);
  IF @stock_movement_recorded IS NULL THEN
    SELECT status INTO order_status FROM orders WHERE id = OLD.order_id FOR UPDATE;
    IF OLD.cancelled_quantity > 0 OR order_status IN ('shipped', 'delivered', 'cancelled', 'returned') THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This line is cancelled or its order closed: it is kept as history.';
    END IF;
  END IF;
END;

CREATE TRIGGER shipments_begin BEFORE INSERT ON shipments FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    IF NOT EXISTS (SELECT 1 FROM orders WHERE id = NEW.order_id AND status IN ('packed', 'partially_shipped')
                   AND NOT on_hold LOCK IN SHARE MODE) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Only a packed order that is not on hold is shipped: pack it first.';
    END IF;
  END IF;
END;

CREATE TRIGGER shipments_keep BEFORE UPDATE ON shipments FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL AND (
    NEW.id <> OLD.id OR NEW.order_id <> OLD.order_id OR NOT (NEW.employee_id <=> OLD.employee_id)
    OR CAST(NEW.carrier AS BINARY) <> CAST(OLD.carrier AS BINARY)
    OR CAST(NEW.tracking_number AS BINARY) <> CAST(OLD.tracking_number AS BINARY)
    OR NEW.shipped_at <> OLD.shipped_at
    OR OLD.delivered_at IS NOT NULL AND NOT (NEW.delivered_at <=> OLD.delivered_at)) THEN
    SIGNAL SQLSTATE '45000'
      SET MESSAGE_TEXT = 'A shipment stays as it left: only the time it arrived is set, once. Add a note to its order.';
  END IF;
END;

CREATE TRIGGER shipments_keep_all BEFORE DELETE ON shipments FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A shipment is never deleted: take its films back instead.';
  END IF;
END;

CREATE TRIGGER shipment_items_begin BEFORE INSERT ON shipment_items FOR EACH ROW
BEGIN
  DECLARE parcel_order_id, in_parcels, ordered, gone INT;
  IF @stock_movement_recorded IS NULL THEN
    SELECT order_id INTO parcel_order_id FROM shipments WHERE id = NEW.shipment_id LOCK IN SHARE MODE;
    SELECT COALESCE(SUM(i.quantity), 0) INTO in_parcels
      FROM shipments s JOIN shipment_items i ON i.shipment_id = s.id
      WHERE s.order_id = parcel_order_id AND i.movie_id = NEW.movie_id LOCK IN SHARE MODE;
    SELECT COALESCE(SUM(quantity - cancelled_quantity), 0) INTO ordered FROM order_items
      WHERE order_id = parcel_order_id AND movie_id = NEW.movie_id LOCK IN SHARE MODE;
    SELECT -COALESCE(SUM(stock_delta), 0) INTO gone FROM stock_movements
      WHERE order_id = parcel_order_id AND movie_id = NEW.movie_id AND reason = 'shipped' LOCK IN SHARE MODE;
    IF in_parcels + NEW.quantity > LEAST(ordered, gone) THEN
      SIGNAL SQLSTATE '45000'
        SET MESSAGE_TEXT = 'A parcel holds what was ordered and left the shelf: ship it with the order''s action, or cancel it.';
    END IF;
  END IF;
END;

CREATE TRIGGER shipment_items_keep BEFORE UPDATE ON shipment_items FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL AND (NEW.shipment_id <> OLD.shipment_id OR NEW.movie_id <> OLD.movie_id
    OR NEW.quantity <> OLD.quantity) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A parcel stays as it left: take films back, or ship what is missing.';
  END IF;
END;

CREATE TRIGGER shipment_items_keep_all BEFORE DELETE ON shipment_items FOR EACH ROW
BEGIN
  IF @stock_movement_recorded IS NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'A parcel stays as it left: take its films back instead.';
  END IF;
END;

CREATE TRIGGER stock_movements_begin BEFORE INSERT ON stock_movements FOR EACH ROW
BEGIN
  DECLARE outside INT;
  IF @stock_movement_recorded IS NULL AND NEW.reason = 'returned' AND NEW.order_id IS NOT NULL THEN
    SELECT -COALESCE(SUM(stock_delta), 0) INTO outside FROM stock_movements
      WHERE order_id = NEW.order_id AND movie_id = NEW.movie_id AND reason IN ('shipped', 'returned') LOCK IN SHARE MODE;
    IF NEW.stock_delta > outside THEN
      SIGNAL SQLSTATE '45000'
        SET MESSAGE_TEXT = 'No more of a film can come back than has left with this order: receive it as stock instead.';
    END IF;
  END IF;
END;
