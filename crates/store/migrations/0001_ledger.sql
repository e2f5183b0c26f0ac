-- Why: the receivables ledger, its cash, its promises and its proof, insert-only and two-timed.

-- The installation's own tables: the only ones whose key does not begin with the company.
CREATE TABLE company (
  id BIGINT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  tin TEXT,
  currency TEXT NOT NULL,
  country TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  simulated SMALLINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE app_user (name TEXT NOT NULL PRIMARY KEY, full_name TEXT NOT NULL, created_at BIGINT NOT NULL);
CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE membership (
  company BIGINT NOT NULL, app_user TEXT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (company, app_user)
);

-- The audit log: one row per action, with the digest of the rows it wrote.
CREATE TABLE action (
  company BIGINT NOT NULL, id UUID NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL,
  subject TEXT NOT NULL, cause TEXT, row_count BIGINT NOT NULL, digest BYTEA NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
-- The order the actions were sealed in; the seal instant is the known-at time.
CREATE TABLE seal (
  company BIGINT NOT NULL, no BIGINT NOT NULL, action UUID NOT NULL, sealed_at BIGINT NOT NULL, chain BYTEA NOT NULL,
  PRIMARY KEY (company, no)
) {clustered};
CREATE UNIQUE INDEX seal_action ON seal (company, action, sealed_at);
CREATE INDEX seal_time ON seal (company, sealed_at, no);
CREATE TABLE unsealed (
  company BIGINT NOT NULL, action UUID NOT NULL, PRIMARY KEY (company, action)
) {clustered};

CREATE TABLE idempotency (
  company BIGINT NOT NULL, actor TEXT NOT NULL, idem_key TEXT NOT NULL, body BYTEA NOT NULL, answer TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (company, actor, idem_key)
) {clustered};

CREATE TABLE account (
  company BIGINT NOT NULL, no INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (company, no), UNIQUE (company, code)
);

-- The last legal number given per series, raised in the transaction that posts the document: gapless.
CREATE TABLE number_series (
  company BIGINT NOT NULL, series TEXT NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (company, series)
);

CREATE TABLE rate (
  company BIGINT NOT NULL, currency TEXT NOT NULL, on_day INTEGER NOT NULL, rate_nano BIGINT NOT NULL, source TEXT NOT NULL, action UUID NOT NULL,
  PRIMARY KEY (company, currency, on_day)
) {clustered};

CREATE TABLE customer (
  company BIGINT NOT NULL, id UUID NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, tin TEXT,
  phone TEXT, email TEXT, language TEXT NOT NULL, terms_days INTEGER NOT NULL, credit_limit BIGINT, limit_kind TEXT NOT NULL,
  currency TEXT NOT NULL, segment TEXT, district TEXT, created_at BIGINT NOT NULL, action UUID NOT NULL,
  PRIMARY KEY (company, id), UNIQUE (company, code)
);

-- An invoice (kind 1) or credit note (kind 2) as posted.
CREATE TABLE document (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, kind SMALLINT NOT NULL, series TEXT NOT NULL, number TEXT NOT NULL,
  bill_to UUID NOT NULL, payer UUID NOT NULL, beneficiary UUID NOT NULL, issued_on INTEGER NOT NULL, due_on INTEGER NOT NULL, posted_on INTEGER NOT NULL,
  currency TEXT NOT NULL, net BIGINT NOT NULL, tax BIGINT NOT NULL, total BIGINT NOT NULL, total_base BIGINT NOT NULL,
  credits UUID, opening SMALLINT NOT NULL, content BYTEA NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE UNIQUE INDEX document_number ON document (company, number, series);
CREATE INDEX document_payer ON document (company, payer, issued_on, total);

CREATE TABLE document_line (
  company BIGINT NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, description TEXT NOT NULL,
  quantity TEXT NOT NULL, unit_price TEXT NOT NULL, tax_class TEXT NOT NULL, net BIGINT NOT NULL, tax BIGINT NOT NULL,
  PRIMARY KEY (company, document, no)
) {clustered};

-- One instalment of one document. What follows `total_base` is a projection: verify rebuilds and compares it.
CREATE TABLE open_item (
  company BIGINT NOT NULL, document UUID NOT NULL, instalment INTEGER NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, currency TEXT NOT NULL,
  issued_on INTEGER NOT NULL, due_on INTEGER NOT NULL, posted_on INTEGER NOT NULL, total BIGINT NOT NULL, total_base BIGINT NOT NULL,
  open BIGINT NOT NULL, open_base BIGINT NOT NULL, disputed BIGINT NOT NULL,
  PRIMARY KEY (company, document, instalment)
) {clustered};
CREATE INDEX open_item_open ON open_item (company, customer, currency, due_on, open, open_base) WHERE open <> 0;

CREATE TABLE entry (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, cause SMALLINT NOT NULL, posted_on INTEGER NOT NULL, recorded_at BIGINT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE TABLE entry_line (
  company BIGINT NOT NULL, entry UUID NOT NULL, no SMALLINT NOT NULL, action UUID NOT NULL, account INTEGER NOT NULL, customer UUID,
  currency TEXT NOT NULL, amount BIGINT NOT NULL, base BIGINT NOT NULL,
  PRIMARY KEY (company, entry, no)
) {clustered};

-- The latest posting date of each company: on or after it, the projections are the answer.
CREATE TABLE horizon (
  company BIGINT NOT NULL PRIMARY KEY, posted_on INTEGER NOT NULL
);

-- Money that came in. What follows `text` is a projection.
CREATE TABLE receipt (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, account INTEGER NOT NULL, fingerprint BYTEA NOT NULL, occurrence INTEGER NOT NULL,
  received_on INTEGER NOT NULL, posted_on INTEGER NOT NULL, received_at BIGINT, currency TEXT NOT NULL, gross BIGINT NOT NULL, charges BIGINT NOT NULL,
  gross_base BIGINT NOT NULL, payer TEXT, payer_ref TEXT, reference TEXT, text TEXT, opening SMALLINT NOT NULL,
  customer UUID, unidentified BIGINT NOT NULL, unapplied BIGINT NOT NULL, allocated BIGINT NOT NULL, refunded BIGINT NOT NULL, unapplied_base BIGINT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE UNIQUE INDEX receipt_natural ON receipt (company, account, fingerprint, occurrence);
CREATE INDEX receipt_customer ON receipt (company, customer, received_on) WHERE customer IS NOT NULL;
CREATE INDEX receipt_reference ON receipt (company, reference) WHERE reference IS NOT NULL;
CREATE INDEX receipt_unapplied ON receipt (company, customer, currency) WHERE unapplied <> 0;
CREATE INDEX receipt_unidentified ON receipt (company, id) WHERE unidentified <> 0;

-- Whose money a receipt is.
CREATE TABLE identification (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, receipt UUID NOT NULL, customer UUID NOT NULL, posted_on INTEGER NOT NULL,
  amount BIGINT NOT NULL, amount_base BIGINT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX identification_receipt ON identification (company, receipt);

-- What moves an open item: allocation, credit applied, write-off and their reversals.
CREATE TABLE movement (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, cause UUID NOT NULL, kind SMALLINT NOT NULL, document UUID NOT NULL, instalment INTEGER NOT NULL,
  posted_on INTEGER NOT NULL, amount BIGINT NOT NULL, amount_base BIGINT NOT NULL, receipt UUID, receipt_amount BIGINT NOT NULL, receipt_base BIGINT NOT NULL,
  reverses UUID, reason TEXT,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX movement_item ON movement (company, document, instalment, posted_on, amount, amount_base, action);
CREATE INDEX movement_cause ON movement (company, cause);
CREATE INDEX movement_receipt ON movement (company, receipt) WHERE receipt IS NOT NULL;
CREATE UNIQUE INDEX movement_reverses ON movement (company, reverses) WHERE reverses IS NOT NULL;

-- Closing and reopening: the days up to `closed_to` take no new entry.
CREATE TABLE period_event (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, closed_to INTEGER NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};

CREATE TABLE statement_file (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, account INTEGER NOT NULL, digest BYTEA NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL,
  currency TEXT NOT NULL, opening BIGINT, closing BIGINT, difference BIGINT, line_count BIGINT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
-- One line or message of a file; `review` is a projection that a person clears.
CREATE TABLE statement_line (
  company BIGINT NOT NULL, account INTEGER NOT NULL, fingerprint BYTEA NOT NULL, occurrence INTEGER NOT NULL, action UUID NOT NULL, file UUID NOT NULL, line BIGINT NOT NULL,
  on_day INTEGER, at BIGINT, kind TEXT NOT NULL, direction SMALLINT NOT NULL, currency TEXT, amount BIGINT, fee BIGINT, balance_after BIGINT,
  reference TEXT, counterparty TEXT, counterparty_ref TEXT, text TEXT, receipt UUID, review SMALLINT NOT NULL,
  PRIMARY KEY (company, account, fingerprint, occurrence)
) {clustered};
CREATE INDEX statement_line_review ON statement_line (company, account) WHERE review <> 0;

-- A promise to pay; `state`, `kept` and `judged_on` are projections judged against the ledger.
CREATE TABLE promise (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, currency TEXT NOT NULL, amount BIGINT NOT NULL,
  promised_on INTEGER NOT NULL, made_on INTEGER NOT NULL, grace_days INTEGER NOT NULL, note TEXT NOT NULL,
  state TEXT NOT NULL, kept BIGINT NOT NULL, judged_on INTEGER,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX promise_customer ON promise (company, customer, state);

-- A reason to leave an account alone until a day; `ended_on` is set when it ends early.
CREATE TABLE hold (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, reason TEXT NOT NULL, from_on INTEGER NOT NULL, until_on INTEGER NOT NULL,
  ended_on INTEGER,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX hold_customer ON hold (company, customer, until_on);

-- A dunning step taken for one instalment; the key makes a second one impossible. `state` is a projection.
CREATE TABLE notice (
  company BIGINT NOT NULL, customer UUID NOT NULL, currency TEXT NOT NULL, document UUID NOT NULL, instalment INTEGER NOT NULL, level SMALLINT NOT NULL, cycle INTEGER NOT NULL, attempt SMALLINT NOT NULL,
  action UUID NOT NULL, on_day INTEGER NOT NULL, step TEXT NOT NULL, amount BIGINT NOT NULL, message UUID,
  state TEXT NOT NULL,
  PRIMARY KEY (company, customer, currency, document, instalment, level, cycle, attempt)
) {clustered};
CREATE INDEX notice_message ON notice (company, message);
-- A message rendered and waiting; nothing leaves from here by itself.
CREATE TABLE outbox (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, step TEXT NOT NULL, language TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
  currency TEXT NOT NULL, amount BIGINT NOT NULL, on_day INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
-- The day each customer was last written to: a projection of the outbox.
CREATE TABLE contact (
  company BIGINT NOT NULL, customer UUID NOT NULL, last_on INTEGER NOT NULL, PRIMARY KEY (company, customer)
) {clustered};
CREATE TABLE day_turn (
  company BIGINT NOT NULL, on_day INTEGER NOT NULL, action UUID NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (company, on_day)
) {clustered};
-- A plan a person looked at and may carry out exactly so.
CREATE TABLE plan (
  company BIGINT NOT NULL, id UUID NOT NULL, kind TEXT NOT NULL, on_day INTEGER NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL, done_at BIGINT,
  PRIMARY KEY (company, id)
) {clustered};
-- The day's order of work, rebuilt by the day turn.
CREATE TABLE priority (
  company BIGINT NOT NULL, customer UUID NOT NULL, on_day INTEGER NOT NULL, rank INTEGER NOT NULL, points INTEGER NOT NULL, body TEXT NOT NULL, step TEXT NOT NULL,
  PRIMARY KEY (company, customer)
) {clustered};
CREATE INDEX priority_rank ON priority (company, rank);
CREATE INDEX outbox_customer ON outbox (company, customer);
CREATE INDEX outbox_waiting ON outbox (company, id) WHERE state = 'draft';
