-- Why: recurring contracts, what they bill and until when, and which periods were billed: each once.

CREATE TABLE contract (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, code TEXT NOT NULL, customer UUID NOT NULL, currency TEXT NOT NULL, name TEXT NOT NULL,
  starts_on INTEGER NOT NULL, months INTEGER NOT NULL, anchor TEXT NOT NULL, bills TEXT NOT NULL, gross SMALLINT NOT NULL, terms TEXT,
  PRIMARY KEY (company, id), UNIQUE (company, code)
) {clustered};

-- A line from a day on; a new price is a new line and the end of the old one.
CREATE TABLE contract_line (
  company BIGINT NOT NULL, contract UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, description TEXT NOT NULL, quantity TEXT NOT NULL,
  unit TEXT, unit_price TEXT NOT NULL, discount TEXT NOT NULL, tax_class TEXT NOT NULL, from_on INTEGER NOT NULL,
  PRIMARY KEY (company, contract, no)
) {clustered};
CREATE TABLE contract_line_end (
  company BIGINT NOT NULL, contract UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, last_on INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (company, contract, no)
) {clustered};
CREATE TABLE contract_end (
  company BIGINT NOT NULL, contract UUID NOT NULL, action UUID NOT NULL, last_on INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (company, contract)
) {clustered};

-- A period that was billed, by its first day: the key makes a second time impossible.
CREATE TABLE contract_bill (
  company BIGINT NOT NULL, contract UUID NOT NULL, from_on INTEGER NOT NULL, action UUID NOT NULL, until_on INTEGER NOT NULL, document UUID NOT NULL,
  PRIMARY KEY (company, contract, from_on)
) {clustered};
CREATE INDEX contract_bill_document ON contract_bill (company, document);
CREATE INDEX contract_line_action ON contract_line (company, action);
CREATE INDEX contract_line_end_action ON contract_line_end (company, action);
CREATE INDEX contract_end_action ON contract_end (company, action);
CREATE INDEX contract_bill_action ON contract_bill (company, action);
