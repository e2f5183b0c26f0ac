-- Why: invoices for deposits, whose money is still owed to the customer, and the lines of later documents that settle them.

CREATE TABLE deposit (
  company BIGINT NOT NULL, document UUID NOT NULL, action UUID NOT NULL,
  PRIMARY KEY (company, document)
) {clustered};

-- A line that takes something off a deposit, or in a credit note puts it back: by class, in the document's currency and the company's,
-- without tax; below zero where it takes.
CREATE TABLE deduction (
  company BIGINT NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, deposit UUID NOT NULL, tax_class TEXT NOT NULL,
  net BIGINT NOT NULL, base BIGINT NOT NULL,
  PRIMARY KEY (company, document, no)
) {clustered};
CREATE INDEX deduction_deposit ON deduction (company, deposit);
INSERT INTO account (company, no, code, name, kind) SELECT id, 19, 'deposits', 'Deposits of customers', 'liability' FROM company WHERE true ON CONFLICT DO NOTHING;
