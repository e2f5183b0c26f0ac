-- Why: quotes and proforma invoices: what is offered, to whom, until when, and what became of it. Nothing of them is in the ledger.

CREATE TABLE quote (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, customer UUID NOT NULL, currency TEXT NOT NULL,
  issued_on INTEGER NOT NULL, valid_until INTEGER NOT NULL, gross INTEGER NOT NULL, terms TEXT, buyer_order TEXT, total BIGINT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE UNIQUE INDEX quote_number ON quote (company, number);

-- As it was offered: prices, quantities and discounts as they are written; `item` is the code of the catalogue.
CREATE TABLE quote_line (
  company BIGINT NOT NULL, quote UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, description TEXT NOT NULL, quantity TEXT NOT NULL, unit TEXT,
  unit_price TEXT NOT NULL, discount TEXT NOT NULL, tax_class TEXT NOT NULL, item TEXT,
  PRIMARY KEY (company, quote, no)
) {clustered};
CREATE INDEX quote_line_action ON quote_line (company, action);

-- What became of it: accepted with the invoice that was issued, or declined with a reason.
CREATE TABLE quote_end (
  company BIGINT NOT NULL, quote UUID NOT NULL, action UUID NOT NULL, document UUID, reason TEXT NOT NULL, ended_on INTEGER NOT NULL,
  PRIMARY KEY (company, quote)
) {clustered};
CREATE INDEX quote_end_action ON quote_end (company, action);
