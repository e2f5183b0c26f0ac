-- Why: the customer master: every change of a customer, its people, merges, bank details, and what waits for a second person.

-- `version` counts the changes; `merged_into` is a projection of merges; a language or terms nobody said yet are assumed.
ALTER TABLE customer ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE customer ADD COLUMN merged_into UUID;
ALTER TABLE customer ADD COLUMN language_assumed SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE customer ADD COLUMN terms_assumed SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX customer_merged ON customer (company, merged_into) WHERE merged_into IS NOT NULL;

-- One field of a customer changed; `version` is the one it made.
CREATE TABLE customer_change (
  company BIGINT NOT NULL, customer UUID NOT NULL, version BIGINT NOT NULL, field TEXT NOT NULL, action UUID NOT NULL, was TEXT NOT NULL, became TEXT NOT NULL,
  PRIMARY KEY (company, customer, version, field)
) {clustered};

-- A person at a customer, in versions: the highest counts. Days are bits, Monday the lowest; hours are minutes of the day.
CREATE TABLE contact_person (
  company BIGINT NOT NULL, contact UUID NOT NULL, version BIGINT NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  phone TEXT, email TEXT, language TEXT, call_days SMALLINT, call_from SMALLINT, call_to SMALLINT, channel TEXT, is_primary SMALLINT NOT NULL, active SMALLINT NOT NULL,
  PRIMARY KEY (company, contact, version)
) {clustered};
CREATE INDEX contact_person_customer ON contact_person (company, customer);

-- Two customers are one: looked at under `into_customer`. Nothing posted changes.
CREATE TABLE customer_merge (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, merged UUID NOT NULL, into_customer UUID NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE TABLE customer_unmerge (
  company BIGINT NOT NULL, merge_id UUID NOT NULL, action UUID NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (company, merge_id)
) {clustered};

-- Where money goes when it goes back to a customer; the latest counts. Each was approved.
CREATE TABLE bank_detail (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, approval UUID NOT NULL, kind TEXT NOT NULL, holder TEXT NOT NULL,
  institution TEXT NOT NULL, number TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX bank_detail_customer ON bank_detail (company, customer);

-- A deed that waits for a second person; `payload` is what will be carried out, `state` a projection of the decision.
CREATE TABLE approval (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, payload TEXT NOT NULL, reason TEXT NOT NULL, customer UUID,
  state TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX approval_waiting ON approval (company, id) WHERE state = 'waiting';
-- `alone`: whoever asked decided, in a company of one person.
CREATE TABLE approval_decision (
  company BIGINT NOT NULL, approval UUID NOT NULL, action UUID NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, alone SMALLINT NOT NULL,
  PRIMARY KEY (company, approval)
) {clustered};
