-- Why: returns of the tax on what was sold, frozen as they were filed: their figures, and the documents in them.

CREATE TABLE vat_return (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, period TEXT NOT NULL, from_on INTEGER NOT NULL, until_on INTEGER NOT NULL,
  reference TEXT NOT NULL,
  PRIMARY KEY (company, id), UNIQUE (company, period)
) {clustered};

-- A figure of the form, in the company's currency.
CREATE TABLE vat_return_box (
  company BIGINT NOT NULL, vat_return UUID NOT NULL, figure TEXT NOT NULL, action UUID NOT NULL, amount BIGINT NOT NULL,
  PRIMARY KEY (company, vat_return, figure)
) {clustered};
CREATE INDEX vat_return_box_action ON vat_return_box (company, action);

-- A document as it stood in the return, in the company's currency. `late`: dated in an earlier return that was filed without it;
-- `public_body`: tax was withheld of it.
CREATE TABLE vat_return_document (
  company BIGINT NOT NULL, vat_return UUID NOT NULL, document UUID NOT NULL, action UUID NOT NULL, number TEXT NOT NULL, issued_on INTEGER NOT NULL,
  tin TEXT, name TEXT NOT NULL, nature TEXT NOT NULL, taxable BIGINT NOT NULL, zero_rated BIGINT NOT NULL, exempt BIGINT NOT NULL, outside BIGINT NOT NULL,
  unclassed BIGINT NOT NULL, tax BIGINT NOT NULL, late SMALLINT NOT NULL, public_body SMALLINT NOT NULL,
  PRIMARY KEY (company, vat_return, document)
) {clustered};
CREATE UNIQUE INDEX vat_return_document_once ON vat_return_document (company, document);
CREATE INDEX vat_return_document_action ON vat_return_document (company, action);
