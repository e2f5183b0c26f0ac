-- Why: further taxes on what was sold, collected for the state; and what a filed return holds of treatments that came after it.

-- A line that carries a levy: of which lines it is, and what they came to without tax, in minor units.
CREATE TABLE levy_line (
  company BIGINT NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, levy TEXT NOT NULL, rate_ppm BIGINT NOT NULL,
  base BIGINT NOT NULL, levied TEXT NOT NULL,
  PRIMARY KEY (company, document, no)
) {clustered};

-- What a document of a filed return sold beside the columns of its row, in the company's currency.
CREATE TABLE vat_return_part (
  company BIGINT NOT NULL, vat_return UUID NOT NULL, document UUID NOT NULL, treatment TEXT NOT NULL, action UUID NOT NULL, net BIGINT NOT NULL,
  PRIMARY KEY (company, vat_return, document, treatment)
) {clustered};
CREATE INDEX vat_return_part_action ON vat_return_part (company, action);
INSERT INTO account (company, no, code, name, kind) SELECT id, 18, 'levies', 'Levies collected for the state', 'liability' FROM company WHERE true ON CONFLICT DO NOTHING;
