-- Why: what foreign receivables were worth at the end of a period, booked for that day and taken back the day after; an entry each.

CREATE TABLE revaluation (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, as_of INTEGER NOT NULL, currency TEXT NOT NULL, rate_nano BIGINT NOT NULL,
  open BIGINT NOT NULL, booked BIGINT NOT NULL, difference BIGINT NOT NULL, posted_on INTEGER NOT NULL, reverses UUID,
  PRIMARY KEY (company, id), UNIQUE (company, as_of, currency, posted_on)
) {clustered};
INSERT INTO account (company, no, code, name, kind) SELECT id, 20, 'revaluation', 'Revaluation of receivables', 'asset' FROM company WHERE true ON CONFLICT DO NOTHING;
