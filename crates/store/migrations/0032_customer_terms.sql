-- Why: a customer's invoices may fall due in parts, move to a month's end or carry a discount, not only days after issue.

ALTER TABLE customer ADD COLUMN terms TEXT;
