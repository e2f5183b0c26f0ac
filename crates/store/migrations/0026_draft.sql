-- Why: invoices that are not finished, as they were typed. They are no facts: they change, and go when they are posted or thrown away.

CREATE TABLE draft (
  company BIGINT NOT NULL, id UUID NOT NULL, customer TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL, by_user TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
