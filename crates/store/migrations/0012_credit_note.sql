-- Why: what a credit note of ours credits, why, and which lines.

CREATE TABLE credit_note (
  company BIGINT NOT NULL, document UUID NOT NULL, action UUID NOT NULL, invoice UUID NOT NULL, reason TEXT NOT NULL, explanation TEXT NOT NULL,
  PRIMARY KEY (company, document)
) {clustered};
CREATE INDEX credit_note_invoice ON credit_note (company, invoice);

-- The line of the invoice that a line of the note takes back, wholly or in part.
CREATE TABLE credit_line (
  company BIGINT NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, credited INTEGER NOT NULL,
  PRIMARY KEY (company, document, no)
) {clustered};
