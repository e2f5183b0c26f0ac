-- Why: who pays for whom is learned once, from what a person confirms, and can be seen and forgotten.

-- A name or a number that pays for a customer; `receipt` is the payment it was learned from, if it was.
CREATE TABLE payer (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, kind TEXT NOT NULL, mark TEXT NOT NULL, said TEXT NOT NULL,
  receipt UUID,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX payer_mark ON payer (company, mark);
CREATE INDEX payer_customer ON payer (company, customer);

CREATE TABLE payer_end (
  company BIGINT NOT NULL, payer UUID NOT NULL, action UUID NOT NULL, reason TEXT NOT NULL, ended_on INTEGER NOT NULL,
  PRIMARY KEY (company, payer)
) {clustered};
CREATE INDEX payer_end_action ON payer_end (company, action);
