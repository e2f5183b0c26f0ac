-- Why: branches number their documents in series of their own.

CREATE TABLE branch (
  company BIGINT NOT NULL, code TEXT NOT NULL, action UUID NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (company, code)
) {clustered};
CREATE INDEX branch_action ON branch (company, action);
