-- Why: the papers that a buyer wants with an invoice, the way of that file to its treasury, and from when the term runs.

-- What a customer wants with the invoices dated on or after a day: codes of papers with a comma between, and what the term runs from.
CREATE TABLE invoice_file_need (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, from_on INTEGER NOT NULL, papers TEXT NOT NULL,
  term TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX invoice_file_need_customer ON invoice_file_need (company, customer, from_on, id);

-- The file of an invoice. What follows `action` is a projection: what is wanted by the word in force on the invoice's day, where its last event
-- left it and since when, by how many days its due days are later than it says (empty while it is not due), and what changed it last.
CREATE TABLE invoice_file (
  company BIGINT NOT NULL, invoice UUID NOT NULL, action UUID NOT NULL, papers TEXT NOT NULL, term TEXT NOT NULL, state TEXT NOT NULL,
  since_on INTEGER NOT NULL, moved_days INTEGER, changed UUID NOT NULL,
  PRIMARY KEY (company, invoice)
) {clustered};
CREATE INDEX invoice_file_action ON invoice_file (company, action);
CREATE INDEX invoice_file_changed ON invoice_file (company, changed);

CREATE TABLE invoice_file_event (
  company BIGINT NOT NULL, invoice UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, state TEXT NOT NULL, on_day INTEGER NOT NULL,
  reference TEXT NOT NULL, reason TEXT NOT NULL, missing TEXT NOT NULL,
  PRIMARY KEY (company, invoice, no)
) {clustered};
CREATE INDEX invoice_file_event_action ON invoice_file_event (company, action);

-- The last day on which a paper holds, as it was said last.
CREATE TABLE paper_validity (
  company BIGINT NOT NULL, paper UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, until_on INTEGER NOT NULL,
  PRIMARY KEY (company, paper, no)
) {clustered};
CREATE INDEX paper_validity_action ON paper_validity (company, action);
