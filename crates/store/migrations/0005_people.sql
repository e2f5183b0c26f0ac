-- Why: people sign in, with passwords, second factors, sessions and one-time links; roles bear the trade's names; who read whose file is kept.

-- The language a person reads; that of the browser where none is chosen.
ALTER TABLE app_user ADD COLUMN language TEXT;
-- When the person stopped working here; a person is never deleted.
ALTER TABLE membership ADD COLUMN ended_at BIGINT;
UPDATE membership SET role = 'biller' WHERE role = 'billing';
UPDATE membership SET role = 'cashier' WHERE role = 'cash';
-- An administrator could do everything until now: nobody loses a right.
UPDATE membership SET role = 'admin manager biller cashier collector credit legal auditor' WHERE role = 'admin';

-- A person's password (Argon2id, PHC string) and second factor: its secret in Base32, since when it is asked for, and the
-- last time step whose code was used.
CREATE TABLE credential (
  app_user TEXT NOT NULL PRIMARY KEY, password TEXT NOT NULL, changed_at BIGINT NOT NULL,
  totp TEXT, totp_since BIGINT, totp_step BIGINT
) {clustered};
-- SHA-256 of the codes that stand in for a lost second factor, each once.
CREATE TABLE recovery_code (
  app_user TEXT NOT NULL, digest BYTEA NOT NULL, used_at BIGINT,
  PRIMARY KEY (app_user, digest)
) {clustered};

-- SHA-256 of the token in the browser; `why` says how it ended.
CREATE TABLE session (
  digest BYTEA NOT NULL PRIMARY KEY, app_user TEXT NOT NULL, company BIGINT NOT NULL, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL,
  address TEXT NOT NULL, agent TEXT NOT NULL, ended_at BIGINT, why TEXT
) {clustered};
CREATE INDEX session_of_user ON session (app_user, started_at);

-- SHA-256 of a link that lets a person choose a password, once.
CREATE TABLE link (
  digest BYTEA NOT NULL PRIMARY KEY, app_user TEXT NOT NULL, company BIGINT NOT NULL, made_by TEXT NOT NULL, made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL, used_at BIGINT
) {clustered};
CREATE INDEX link_of_user ON link (app_user);

-- Every try to sign in: the next one waits for those that failed.
CREATE TABLE sign_in (
  id UUID NOT NULL PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, at BIGINT NOT NULL, ok SMALLINT NOT NULL
) {clustered};
CREATE INDEX sign_in_name ON sign_in (name, at);
CREATE INDEX sign_in_address ON sign_in (address, at);

-- Who read a customer's file, how often from `at` on until the batch was written.
CREATE TABLE read_log (
  company BIGINT NOT NULL, at BIGINT NOT NULL, app_user TEXT NOT NULL, customer UUID NOT NULL, reads BIGINT NOT NULL,
  PRIMARY KEY (company, at, app_user, customer)
) {clustered};
CREATE INDEX read_log_customer ON read_log (company, customer, at);
