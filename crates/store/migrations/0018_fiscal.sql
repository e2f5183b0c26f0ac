-- Why: documents on their way to the tax device, the receipts it signed, and what a buyer calls an invoice by.

-- The device of a company: where it is, and what it said of itself. Not facts: it may be moved. `secret` is its key.
-- `reached_at`: it last answered; `failed_at`: since when it does not; `offline_at`: since when it does not reach the authority.
CREATE TABLE device (
  company BIGINT NOT NULL, way TEXT NOT NULL, address TEXT NOT NULL, branch TEXT NOT NULL, serial TEXT NOT NULL, item_class TEXT NOT NULL,
  from_on INTEGER NOT NULL, paths TEXT NOT NULL, info TEXT NOT NULL, secret TEXT NOT NULL, reached_at BIGINT, failed_at BIGINT, offline_at BIGINT,
  PRIMARY KEY (company)
) {clustered};

-- Items of the catalogue that the device knows: under which number, and which version it was told last; 0 before the first.
CREATE TABLE device_item (
  company BIGINT NOT NULL, item UUID NOT NULL, no BIGINT NOT NULL, version BIGINT NOT NULL,
  PRIMARY KEY (company, item)
) {clustered};
CREATE UNIQUE INDEX device_item_no ON device_item (company, no);

-- A document with its number for the device, the same in each attempt; `original` is that of the sale that a refund takes back.
-- What stands after `original` is a projection of its events: see `receivables::billing::fiscal`.
CREATE TABLE submission (
  company BIGINT NOT NULL, document UUID NOT NULL, action UUID NOT NULL, branch TEXT NOT NULL, number BIGINT NOT NULL, original BIGINT NOT NULL,
  state TEXT NOT NULL, at BIGINT NOT NULL, detail TEXT NOT NULL, code TEXT NOT NULL, counters_cannot_tell INTEGER NOT NULL, attempts INTEGER NOT NULL,
  failures INTEGER NOT NULL, open INTEGER NOT NULL, purchase_code TEXT,
  PRIMARY KEY (company, document)
) {clustered};
CREATE UNIQUE INDEX submission_number ON submission (company, branch, number);
CREATE INDEX submission_pending ON submission (company, number) WHERE state <> 'fiscalised' AND state <> 'void';

-- What happened to a document on its way, and where it stood then. `said`: what was sent or answered, without secrets.
CREATE TABLE submission_event (
  company BIGINT NOT NULL, submission UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, at BIGINT NOT NULL, event TEXT NOT NULL, attempt INTEGER NOT NULL,
  became TEXT NOT NULL, said TEXT NOT NULL,
  PRIMARY KEY (company, submission, no)
) {clustered};
CREATE INDEX submission_event_action ON submission_event (company, action);

-- What the device signed; `label` is NS or NR.
CREATE TABLE fiscal_receipt (
  company BIGINT NOT NULL, submission UUID NOT NULL, action UUID NOT NULL, label TEXT NOT NULL, sdc TEXT NOT NULL, mrc TEXT NOT NULL, of_label BIGINT NOT NULL,
  of_all BIGINT NOT NULL, internal_data TEXT NOT NULL, signature TEXT NOT NULL, signed_at BIGINT NOT NULL,
  PRIMARY KEY (company, submission)
) {clustered};
CREATE INDEX fiscal_receipt_action ON fiscal_receipt (company, action);
CREATE INDEX fiscal_receipt_signed ON fiscal_receipt (company, signed_at);

-- What a buyer calls an invoice by: their order, their purchase code.
CREATE TABLE document_reference (
  company BIGINT NOT NULL, document UUID NOT NULL, kind TEXT NOT NULL, action UUID NOT NULL, said TEXT NOT NULL,
  PRIMARY KEY (company, document, kind)
) {clustered};
CREATE INDEX document_reference_said ON document_reference (company, kind, said);
