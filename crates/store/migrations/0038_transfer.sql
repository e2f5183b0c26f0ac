-- Why: money between the company's own accounts is nobody's payment, and is looked for until both sides are seen.

INSERT INTO account (company, no, code, name, kind) SELECT id, 21, 'transit', 'Money in transit between own accounts', 'asset' FROM company WHERE true ON CONFLICT DO NOTHING;

-- The numbers by which banks and wallets call a money account, one a line; the last row of an account counts.
CREATE TABLE account_number (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, account INTEGER NOT NULL, numbers TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX account_number_account ON account_number (company, account);

-- Lines that a bank only announced: no money has moved.
CREATE TABLE line_announced (
  company BIGINT NOT NULL, account INTEGER NOT NULL, fingerprint BYTEA NOT NULL, occurrence INTEGER NOT NULL, action UUID NOT NULL,
  PRIMARY KEY (company, account, fingerprint, occurrence)
) {clustered};
CREATE INDEX line_announced_action ON line_announced (company, action);

CREATE INDEX statement_line_out ON statement_line (company, on_day) WHERE direction < 0;

-- One side of a transfer: 1 it went out, 2 it came in. Its id is that of its entry; of a receipt that was no payment, that of what let the money leave the receipt.
-- `other` is the own account that it names.
CREATE TABLE transfer_side (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, account INTEGER NOT NULL, way INTEGER NOT NULL, other INTEGER,
  moved_on INTEGER NOT NULL, posted_on INTEGER NOT NULL, currency TEXT NOT NULL, amount BIGINT NOT NULL, amount_base BIGINT NOT NULL,
  fingerprint BYTEA NOT NULL, occurrence INTEGER NOT NULL, receipt UUID,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX transfer_side_line ON transfer_side (company, account, fingerprint, occurrence);

-- Two sides are one movement; what both were booked at differs by `difference`, which its entry, of this id, brings to exchange.
CREATE TABLE transfer_pair (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, went UUID NOT NULL, came UUID NOT NULL, said TEXT NOT NULL,
  difference BIGINT NOT NULL, posted_on INTEGER NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX transfer_pair_went ON transfer_pair (company, went);
CREATE INDEX transfer_pair_came ON transfer_pair (company, came);

-- A side that was no transfer after all; its id is that of the entry that takes it back.
CREATE TABLE transfer_end (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, side UUID NOT NULL, reason TEXT NOT NULL, posted_on INTEGER NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE UNIQUE INDEX transfer_end_side ON transfer_end (company, side);
