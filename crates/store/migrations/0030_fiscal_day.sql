-- Why: reports of days of the tax device as they were closed, and how often a signed paper was printed.

CREATE TABLE fiscal_day (
  company BIGINT NOT NULL, on_day INTEGER NOT NULL, action UUID NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (company, on_day)
) {clustered};
CREATE INDEX fiscal_day_action ON fiscal_day (company, action);

CREATE TABLE printed (
  company BIGINT NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, at BIGINT NOT NULL, by_user TEXT NOT NULL,
  PRIMARY KEY (company, document, no)
) {clustered};
CREATE INDEX printed_action ON printed (company, action);
