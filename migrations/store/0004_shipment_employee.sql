-- Whose work a shipment is: the employee who had the order when it was shipped, whoever writes the shipment.
ALTER TABLE shipments
  ADD COLUMN employee_id INT UNSIGNED NULL AFTER order_id,
  ADD KEY shipments_employee (employee_id, shipped_at),
  ADD CONSTRAINT shipments_employee FOREIGN KEY (employee_id) REFERENCES employees (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT;

UPDATE shipments s JOIN orders o ON o.id = s.order_id SET s.employee_id = o.employee_id;

CREATE TRIGGER shipments_employee BEFORE INSERT ON shipments FOR EACH ROW
BEGIN
  IF NEW.employee_id IS NULL THEN
    SET NEW.employee_id = (SELECT employee_id FROM orders WHERE id = NEW.order_id);
  END IF;
END;
