-- Why: the journal handed over to the main books, a batch per month kept as it was made, and under which of their accounts ours go.

-- The last word on an account counts.
CREATE TABLE account_code (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, account INTEGER NOT NULL, code TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};

-- Amounts of the account of receivables, and what was open at the end of the month, in the company's currency.
CREATE TABLE journal_out (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, period TEXT NOT NULL, from_on INTEGER NOT NULL, until_on INTEGER NOT NULL,
  opening BIGINT NOT NULL, moved BIGINT NOT NULL, closing BIGINT NOT NULL, open BIGINT NOT NULL,
  PRIMARY KEY (company, id), UNIQUE (company, period)
) {clustered};

-- `part`: before (posted before the first batch, and not handed over), in, or late (posted into a month that was handed over without it).
CREATE TABLE journal_out_entry (
  company BIGINT NOT NULL, journal_out UUID NOT NULL, entry UUID NOT NULL, action UUID NOT NULL, part TEXT NOT NULL,
  PRIMARY KEY (company, journal_out, entry)
) {clustered};
CREATE UNIQUE INDEX journal_out_entry_once ON journal_out_entry (company, entry);
CREATE INDEX journal_out_entry_action ON journal_out_entry (company, action);

-- An account of a batch with its code then, and its sums in the company's currency.
CREATE TABLE journal_out_account (
  company BIGINT NOT NULL, journal_out UUID NOT NULL, account INTEGER NOT NULL, action UUID NOT NULL, code TEXT NOT NULL,
  debit BIGINT NOT NULL, credit BIGINT NOT NULL,
  PRIMARY KEY (company, journal_out, account)
) {clustered};
CREATE INDEX journal_out_account_action ON journal_out_account (company, action);
