-- Why: which late fees and interest were charged of which instalment, so that no day is charged twice.

-- `document` is the charge; `charged` the invoice that is late. Interest is for the days after `from_on`, up to `until_on`.
CREATE TABLE late_charge (
  company BIGINT NOT NULL, charged UUID NOT NULL, instalment INTEGER NOT NULL, until_on INTEGER NOT NULL, action UUID NOT NULL, document UUID NOT NULL,
  from_on INTEGER NOT NULL, interest BIGINT NOT NULL, fee BIGINT NOT NULL,
  PRIMARY KEY (company, charged, instalment, until_on)
) {clustered};
CREATE INDEX late_charge_document ON late_charge (company, document);
CREATE INDEX late_charge_action ON late_charge (company, action);
