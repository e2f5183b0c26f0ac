-- Why: what a snapshot in memory must read again of customers is found by the action that wrote it.

CREATE INDEX customer_action ON customer (company, action);
