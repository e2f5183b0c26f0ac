-- Why: programs that act for people.

-- A key of the API: whose it is and what it may touch. Of its secret only the digest is kept. `last_used_at` and the end are
-- projections.
CREATE TABLE api_key (
  id UUID NOT NULL PRIMARY KEY, company BIGINT NOT NULL, action UUID NOT NULL, app_user TEXT NOT NULL, name TEXT NOT NULL, digest BYTEA NOT NULL,
  scopes TEXT NOT NULL, expires_on INTEGER, created_at BIGINT NOT NULL,
  last_used_at BIGINT, ended_at BIGINT, ended_by TEXT
) {clustered};
CREATE INDEX api_key_company ON api_key (company, id);
CREATE INDEX api_key_action ON api_key (company, action);
