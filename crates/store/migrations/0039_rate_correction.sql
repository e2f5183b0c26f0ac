-- Why: a rate that was typed wrong is put right with a reason; what was posted at it stays as it is.

-- The last row of a currency and day counts in place of the rate that was written first.
CREATE TABLE rate_correction (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, currency TEXT NOT NULL, on_day INTEGER NOT NULL, rate_nano BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX rate_correction_day ON rate_correction (company, currency, on_day);
