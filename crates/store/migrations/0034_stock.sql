-- Why: the stock of goods, where the tax device wants to know it: what came in and went out, and what of that it was told.

-- A move of one item in millionths, above zero where it comes in; moves of one document share their number with the device.
CREATE TABLE stock_move (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, number BIGINT NOT NULL, item UUID NOT NULL, kind TEXT NOT NULL, moved_on INTEGER NOT NULL,
  micros BIGINT NOT NULL, unit_price TEXT NOT NULL, document UUID, remark TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX stock_move_item ON stock_move (company, item);
CREATE INDEX stock_move_number ON stock_move (company, number);
CREATE UNIQUE INDEX stock_move_document ON stock_move (company, document, item);

-- What the device was told of the moves of a number: `waiting`, `moved` (not yet what is left), `told`, `refused`. A projection that
-- the sending writes.
CREATE TABLE stock_report (
  company BIGINT NOT NULL, number BIGINT NOT NULL, state TEXT NOT NULL, said TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (company, number)
) {clustered};
CREATE INDEX stock_report_waiting ON stock_report (company, number) WHERE state <> 'told' AND state <> 'refused';
