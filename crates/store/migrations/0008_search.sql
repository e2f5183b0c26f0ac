-- Why: finding things: words of customers and receipts, numbers in any spelling, and lists in the order of their days.

-- The words by which customers and receipts are found, folded: a projection of them. `kind` says what a word is.
CREATE TABLE search_word (
  company BIGINT NOT NULL, kind SMALLINT NOT NULL, word TEXT {bytewise} NOT NULL, id UUID NOT NULL,
  PRIMARY KEY (company, kind, word, id)
) {clustered};

-- Texts that are looked up by their beginning are compared byte by byte. SQLite does so anyhow.
{postgres} DROP TRIGGER IF EXISTS document_update ON document;
{postgres} ALTER TABLE document ALTER COLUMN number TYPE TEXT COLLATE "C";
{postgres} DROP TRIGGER IF EXISTS receipt_update ON receipt;
{postgres} ALTER TABLE receipt ALTER COLUMN reference TYPE TEXT COLLATE "C";

-- Numbers without what stands between their parts, and the last digits of them. The texts of store/src/search.rs are the same.
CREATE INDEX document_folded ON document (company, UPPER(REPLACE(REPLACE(REPLACE(REPLACE(number, '-', ''), '/', ''), ' ', ''), '.', '')));
CREATE INDEX document_tail ON document (company, LTRIM(SUBSTR(number, LENGTH(RTRIM(number, '0123456789')) + 1), '0'), id);

-- Lists, the newest day first.
CREATE INDEX document_issued ON document (company, issued_on, number);
CREATE INDEX document_credit ON document (company, issued_on, number) WHERE kind = 2;
CREATE INDEX document_credits ON document (company, credits) WHERE credits IS NOT NULL;
CREATE INDEX open_item_issued ON open_item (company, issued_on, document, due_on, open) WHERE open <> 0;
CREATE INDEX dispute_open ON dispute (company, document) WHERE state = 'open';
CREATE INDEX receipt_received ON receipt (company, received_on, id);
DROP INDEX receipt_unidentified;
CREATE INDEX receipt_unidentified ON receipt (company, received_on, id) WHERE unidentified <> 0;
