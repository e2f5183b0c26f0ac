-- Why: what was said with customers, when to call again, notes, and the papers filed with them.

-- One try to reach a customer. `right_party` is 1 where somebody who may speak for the account was reached; `answered` is who it was.
CREATE TABLE attempt (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, on_day INTEGER NOT NULL, at BIGINT NOT NULL, channel TEXT NOT NULL,
  answered TEXT NOT NULL, right_party SMALLINT NOT NULL, note TEXT NOT NULL, next_on INTEGER, by_user TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX attempt_customer ON attempt (company, customer, on_day, id);
CREATE INDEX attempt_day ON attempt (company, on_day, by_user, right_party);
-- What came of it: one call, several outcomes. `refers` is the promise, dispute or callback made with it.
CREATE TABLE attempt_outcome (
  company BIGINT NOT NULL, attempt UUID NOT NULL, no SMALLINT NOT NULL, action UUID NOT NULL, outcome TEXT NOT NULL, refers UUID,
  PRIMARY KEY (company, attempt, no)
) {clustered};
-- Until when an account is left alone after an attempt: minutes since 1970 on the clock of the company's zone; and the day
-- somebody chose to look at it again. A projection of the last attempt.
CREATE TABLE rest (
  company BIGINT NOT NULL, customer UUID NOT NULL, until_minute BIGINT NOT NULL, next_on INTEGER, PRIMARY KEY (company, customer)
) {clustered};
CREATE INDEX rest_until ON rest (company, until_minute);

-- When somebody asked to be called; `minute` of the day in the company's zone. `done_on` is set when it was done.
CREATE TABLE callback (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, on_day INTEGER NOT NULL, minute INTEGER NOT NULL,
  who TEXT NOT NULL, note TEXT NOT NULL, by_user TEXT NOT NULL, done_on INTEGER, done_by TEXT,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX callback_open ON callback (company, on_day, minute) WHERE done_on IS NULL;
CREATE INDEX callback_customer ON callback (company, customer, on_day);

-- What somebody wrote down about a record; a correction is a new note that names the old one.
CREATE TABLE note (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, record_kind TEXT NOT NULL, record UUID NOT NULL, customer UUID, on_day INTEGER NOT NULL, at BIGINT NOT NULL,
  text TEXT NOT NULL, corrects UUID, by_user TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX note_record ON note (company, record, id);
CREATE INDEX note_customer ON note (company, customer, on_day, id) WHERE customer IS NOT NULL;
CREATE UNIQUE INDEX note_corrects ON note (company, corrects) WHERE corrects IS NOT NULL;

-- The bytes of a paper, once however often it is filed.
CREATE TABLE paper_content (
  company BIGINT NOT NULL, digest BYTEA NOT NULL, action UUID NOT NULL, media TEXT NOT NULL, size BIGINT NOT NULL, content BYTEA NOT NULL,
  PRIMARY KEY (company, digest)
);
-- A paper filed with a record.
CREATE TABLE paper (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, record_kind TEXT NOT NULL, record UUID NOT NULL, customer UUID, on_day INTEGER NOT NULL, at BIGINT NOT NULL,
  digest BYTEA NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, by_user TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX paper_record ON paper (company, record, id);
CREATE INDEX paper_customer ON paper (company, customer, on_day, id) WHERE customer IS NOT NULL;

-- A filter of the worklist that somebody keeps under a name.
CREATE TABLE saved_view (
  company BIGINT NOT NULL, app_user TEXT NOT NULL, name TEXT NOT NULL, filter TEXT NOT NULL, PRIMARY KEY (company, app_user, name)
);

-- What a list is filtered by without opening its reasons: what was overdue in the company's currency, and the codes of the reasons and currencies with a space around each.
ALTER TABLE priority ADD COLUMN overdue BIGINT NOT NULL DEFAULT 0;
ALTER TABLE priority ADD COLUMN reasons TEXT NOT NULL DEFAULT '';
ALTER TABLE priority ADD COLUMN currencies TEXT NOT NULL DEFAULT '';
CREATE INDEX customer_collector ON customer (company, collector, id);
-- What Today asks for: promises whose day has come, and those judged lately.
CREATE INDEX promise_due ON promise (company, promised_on) WHERE state = 'open';
CREATE INDEX promise_judged ON promise (company, judged_on) WHERE state IN ('broken', 'partly-kept');
CREATE INDEX promise_made ON promise (company, made_on);
