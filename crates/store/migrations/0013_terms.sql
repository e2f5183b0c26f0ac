-- Why: terms of payment as they were agreed: parts with due days, and what paying early takes off.

CREATE TABLE payment_terms (
  company BIGINT NOT NULL, document UUID NOT NULL, action UUID NOT NULL, terms TEXT NOT NULL,
  PRIMARY KEY (company, document)
) {clustered};

-- The accounts that bear what is settled without money, and the income of late charges, for the companies there are.
INSERT INTO account (company, no, code, name, kind) SELECT id, 14, 'discounts', 'Discounts allowed', 'expense' FROM company WHERE true ON CONFLICT DO NOTHING;
INSERT INTO account (company, no, code, name, kind) SELECT id, 15, 'vat_withheld', 'VAT withheld by customers', 'asset' FROM company WHERE true ON CONFLICT DO NOTHING;
INSERT INTO account (company, no, code, name, kind) SELECT id, 16, 'tax_withheld', 'Income tax withheld by customers', 'asset' FROM company WHERE true ON CONFLICT DO NOTHING;
INSERT INTO account (company, no, code, name, kind) SELECT id, 17, 'late_charges', 'Late fees and interest', 'income' FROM company WHERE true ON CONFLICT DO NOTHING;
