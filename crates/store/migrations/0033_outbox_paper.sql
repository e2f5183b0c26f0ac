-- Why: papers that are to be sent wait in the outbox beside the reminders, each message with the paper that goes with it.

CREATE TABLE outbox_paper (
  company BIGINT NOT NULL, message UUID NOT NULL, action UUID NOT NULL, kind TEXT NOT NULL, paper UUID NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (company, message)
) {clustered};
CREATE INDEX outbox_paper_action ON outbox_paper (company, action);
CREATE INDEX outbox_paper_paper ON outbox_paper (company, paper);
