-- Why: what contracts bill by usage (meters, tariffs, readings), once, and of items; and work that was done and is not billed yet.

CREATE TABLE meter (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, contract UUID NOT NULL, code TEXT NOT NULL, description TEXT NOT NULL,
  unit TEXT NOT NULL, tax_class TEXT NOT NULL,
  PRIMARY KEY (company, id), UNIQUE (company, code)
) {clustered};
CREATE INDEX meter_contract ON meter (company, contract);

-- What its units cost from a day on, block after block.
CREATE TABLE meter_tariff (
  company BIGINT NOT NULL, meter UUID NOT NULL, from_on INTEGER NOT NULL, action UUID NOT NULL, blocks TEXT NOT NULL, reason TEXT,
  PRIMARY KEY (company, meter, from_on)
) {clustered};
CREATE INDEX meter_tariff_action ON meter_tariff (company, action);

-- What it showed at the end of a day. Of a day the last version counts; the first one of a meter is what it began with.
CREATE TABLE meter_reading (
  company BIGINT NOT NULL, meter UUID NOT NULL, on_day INTEGER NOT NULL, version INTEGER NOT NULL, action UUID NOT NULL, value TEXT NOT NULL,
  replaced_at TEXT, reason TEXT,
  PRIMARY KEY (company, meter, on_day, version)
) {clustered};
CREATE INDEX meter_reading_action ON meter_reading (company, action);

-- A span between two readings that was billed, by its first day: the key makes a second time impossible, and the same correction, too.
CREATE TABLE usage_bill (
  company BIGINT NOT NULL, meter UUID NOT NULL, from_on INTEGER NOT NULL, correction INTEGER NOT NULL, action UUID NOT NULL, until_on INTEGER NOT NULL,
  tariff_on INTEGER NOT NULL, old_value TEXT NOT NULL, new_value TEXT NOT NULL, used TEXT NOT NULL, document UUID NOT NULL,
  PRIMARY KEY (company, meter, from_on, correction)
) {clustered};
CREATE INDEX usage_bill_action ON usage_bill (company, action);
CREATE INDEX usage_bill_document ON usage_bill (company, document);

-- The lines of invoices that bill it, each a block.
CREATE TABLE usage_line (
  company BIGINT NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, meter UUID NOT NULL, from_on INTEGER NOT NULL,
  block INTEGER NOT NULL, quantity TEXT NOT NULL,
  PRIMARY KEY (company, document, no)
) {clustered};
CREATE INDEX usage_line_meter ON usage_line (company, meter);

-- What a contract bills once, and the invoice that did.
CREATE TABLE charge (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, contract UUID NOT NULL, description TEXT NOT NULL, quantity TEXT NOT NULL, unit TEXT,
  unit_price TEXT NOT NULL, tax_class TEXT NOT NULL, on_day INTEGER NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX charge_contract ON charge (company, contract);
CREATE TABLE charge_bill (
  company BIGINT NOT NULL, charge UUID NOT NULL, action UUID NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (company, charge)
) {clustered};
CREATE INDEX charge_bill_action ON charge_bill (company, action);
CREATE INDEX charge_bill_document ON charge_bill (company, document);

-- The item of the catalogue that a line of a contract sells, and whether the line has its own price.
CREATE TABLE contract_line_item (
  company BIGINT NOT NULL, contract UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, item TEXT NOT NULL, priced SMALLINT NOT NULL,
  PRIMARY KEY (company, contract, no)
) {clustered};
CREATE INDEX contract_line_item_action ON contract_line_item (company, action);

-- Work that was done and is not billed yet, with what proves it; and what became of it: billed, or given up with a reason.
CREATE TABLE unbilled (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, currency TEXT NOT NULL, description TEXT NOT NULL,
  quantity TEXT NOT NULL, unit TEXT, unit_price TEXT NOT NULL, tax_class TEXT NOT NULL, item TEXT, done_on INTEGER NOT NULL, proof TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX unbilled_customer ON unbilled (company, customer);
CREATE TABLE unbilled_end (
  company BIGINT NOT NULL, unbilled UUID NOT NULL, action UUID NOT NULL, document UUID, no INTEGER, reason TEXT, ended_on INTEGER NOT NULL,
  PRIMARY KEY (company, unbilled)
) {clustered};
CREATE INDEX unbilled_end_action ON unbilled_end (company, action);
CREATE INDEX unbilled_end_document ON unbilled_end (company, document);
