-- Why: one movement told by two sources is one receipt; a bank's way of writing is said once.

-- A line that tells of a movement which another line told already; `format` is that of its own file.
CREATE TABLE line_twin (
  company BIGINT NOT NULL, account INTEGER NOT NULL, fingerprint BYTEA NOT NULL, occurrence INTEGER NOT NULL, action UUID NOT NULL,
  first_fingerprint BYTEA NOT NULL, first_occurrence INTEGER NOT NULL, format TEXT NOT NULL, said TEXT NOT NULL,
  PRIMARY KEY (company, account, fingerprint, occurrence)
) {clustered};
CREATE INDEX line_twin_action ON line_twin (company, action);
CREATE INDEX line_twin_first ON line_twin (company, account, first_fingerprint);
CREATE INDEX statement_line_amount ON statement_line (company, account, amount, on_day);

-- How the files of a money account are read, as a profile; the last one counts, an empty one is none.
CREATE TABLE account_profile (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, account INTEGER NOT NULL, profile TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX account_profile_account ON account_profile (company, account);
