-- Why: what people at the desk decide: disputed amounts, own holidays, statement lines in review, who works whom.

-- An amount of one instalment that the customer contests; `state` is a projection of its end.
CREATE TABLE dispute (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, document UUID NOT NULL, instalment INTEGER NOT NULL,
  currency TEXT NOT NULL, amount BIGINT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, raised_on INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX dispute_item ON dispute (company, document, instalment);
CREATE INDEX dispute_customer ON dispute (company, customer);
-- How a dispute ended: a person's decision, or settled because nothing is open any more.
CREATE TABLE dispute_end (
  company BIGINT NOT NULL, dispute UUID NOT NULL, action UUID NOT NULL, outcome TEXT NOT NULL, note TEXT NOT NULL, ended_on INTEGER NOT NULL,
  PRIMARY KEY (company, dispute)
) {clustered};

-- A day the company adds to its country's holidays, or strikes off them; the latest word on a day counts.
CREATE TABLE holiday (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, on_day INTEGER NOT NULL, free SMALLINT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};

-- What a person decided about a statement line that waited for review: cleared, or a receipt by their word.
CREATE TABLE line_decision (
  company BIGINT NOT NULL, account INTEGER NOT NULL, fingerprint BYTEA NOT NULL, occurrence INTEGER NOT NULL, action UUID NOT NULL,
  reason TEXT NOT NULL, receipt UUID, decided_on INTEGER NOT NULL,
  PRIMARY KEY (company, account, fingerprint, occurrence)
) {clustered};

-- Who works the account.
ALTER TABLE customer ADD COLUMN collector TEXT;
