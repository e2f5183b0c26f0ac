-- Why: a number for each customer, from which the code is made that is quoted with every payment; and the templates that a company
-- edits for its papers.

CREATE TABLE payment_code (
  company BIGINT NOT NULL, customer UUID NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (company, customer), UNIQUE (company, no)
) {clustered};
INSERT INTO payment_code (company, customer, no) SELECT company, id, ROW_NUMBER() OVER (PARTITION BY company ORDER BY id) FROM customer;
INSERT INTO number_series (company, series, last) SELECT company, 'payment code', COUNT(*) FROM customer GROUP BY company;

-- A template or the logo as it was saved; the latest counts, and an empty one is the program's own again.
CREATE TABLE template (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, name TEXT NOT NULL, content BYTEA NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX template_name ON template (company, name, id);
