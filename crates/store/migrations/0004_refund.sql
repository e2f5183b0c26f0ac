-- Why: money leaves receipts again: refunds, payments the bank returned, credits nobody claims, and their reversals.

-- `amount` is below zero where one is taken back; `amount_base` is what it was booked at; `account` is where it went.
-- Nobody's (`customer` empty): a payment that came back before its payer was known.
CREATE TABLE refund (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, kind SMALLINT NOT NULL, receipt UUID NOT NULL, customer UUID, account INTEGER NOT NULL,
  posted_on INTEGER NOT NULL, amount BIGINT NOT NULL, amount_base BIGINT NOT NULL, charges BIGINT NOT NULL, reverses UUID, reason TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX refund_receipt ON refund (company, receipt);
CREATE INDEX refund_customer ON refund (company, customer) WHERE customer IS NOT NULL;
CREATE UNIQUE INDEX refund_reverses ON refund (company, reverses) WHERE reverses IS NOT NULL;

-- The account that credits nobody claims are given up to, for the companies there are.
INSERT INTO account (company, no, code, name, kind) SELECT id, 13, 'unclaimed', 'Unclaimed credits', 'income' FROM company WHERE true ON CONFLICT DO NOTHING;
