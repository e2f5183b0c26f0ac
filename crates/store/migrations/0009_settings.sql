-- Why: what a company decides for itself, and the views that people keep.

-- A word of the company on one of its settings. The latest day that has come counts, and of one day the last word. This is
-- the one mechanism for what a company decides; names, ranges and defaults are the table of `actions/setting.rs`.
CREATE TABLE setting_change (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, from_on INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};

-- The audit log by what it is asked for: when, by whom, what was done, to which thing.
CREATE INDEX action_time ON action (company, at, id);
CREATE INDEX action_actor ON action (company, actor, at, id);
CREATE INDEX action_verb ON action (company, verb, at, id);
CREATE INDEX action_subject ON action (company, subject, at, id) WHERE length(subject) <= 100;

-- What an action wrote lies together by its own ids, but for these.
CREATE INDEX rate_action ON rate (company, action);
CREATE INDEX statement_line_action ON statement_line (company, action);
CREATE INDEX line_decision_action ON line_decision (company, action);
CREATE INDEX notice_action ON notice (company, action);
CREATE INDEX dispute_end_action ON dispute_end (company, action);
CREATE INDEX customer_change_action ON customer_change (company, action);
CREATE INDEX contact_person_action ON contact_person (company, action);
CREATE INDEX customer_unmerge_action ON customer_unmerge (company, action);
CREATE INDEX approval_decision_action ON approval_decision (company, action);
CREATE INDEX paper_content_action ON paper_content (company, action);
CREATE INDEX day_turn_action ON day_turn (company, action);
