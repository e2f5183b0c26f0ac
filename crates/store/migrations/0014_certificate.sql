-- Why: tax that customers withhold, the certificates that prove it, and what is awaited of an instalment.

-- `awaited` is a projection: the certificates awaited of the instalment, but no more than what is open of it.
ALTER TABLE open_item ADD COLUMN awaited BIGINT NOT NULL DEFAULT 0;

-- What a customer withheld of an instalment. `state` is a projection of its events.
CREATE TABLE certificate (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, customer UUID NOT NULL, document UUID NOT NULL, instalment INTEGER NOT NULL,
  currency TEXT NOT NULL, kind TEXT NOT NULL, amount BIGINT NOT NULL, awaited_on INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX certificate_item ON certificate (company, document, instalment);
CREATE INDEX certificate_awaited ON certificate (company, customer) WHERE state = 'awaited';

-- What became of it: `said` is the number of the paper, the period of the return or the reason; `movement` what it settled.
CREATE TABLE certificate_event (
  company BIGINT NOT NULL, certificate UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, state TEXT NOT NULL, on_day INTEGER NOT NULL,
  said TEXT NOT NULL, movement UUID,
  PRIMARY KEY (company, certificate, no)
) {clustered};
CREATE INDEX certificate_event_action ON certificate_event (company, action);
