-- Why: a document's tax by class, and what was agreed on its lines beyond quantity and price.

-- What a class of a document comes to, at the rate of the day it was issued (parts of a million).
CREATE TABLE document_tax (
  company BIGINT NOT NULL, document UUID NOT NULL, class TEXT NOT NULL, action UUID NOT NULL, rate_ppm BIGINT NOT NULL,
  net BIGINT NOT NULL, tax BIGINT NOT NULL,
  PRIMARY KEY (company, document, class)
) {clustered};

-- A line whose price was written with tax (gross 1), or that has a unit or a discount.
CREATE TABLE line_term (
  company BIGINT NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, unit TEXT, gross SMALLINT NOT NULL,
  discount TEXT,
  PRIMARY KEY (company, document, no)
) {clustered};
