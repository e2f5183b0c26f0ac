-- Why: what a company sells, its prices, and which item a line of a document sold.

-- An item in versions: the highest counts. Its code is the same in all of them, and no other item ever has it.
CREATE TABLE item (
  company BIGINT NOT NULL, item UUID NOT NULL, version BIGINT NOT NULL, action UUID NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
  unit TEXT, tax_class TEXT NOT NULL, kind TEXT NOT NULL, class_code TEXT, packaging TEXT, quantity_unit TEXT, origin TEXT NOT NULL,
  active SMALLINT NOT NULL,
  PRIMARY KEY (company, item, version), UNIQUE (company, code, version)
) {clustered};
CREATE INDEX item_action ON item (company, action);

-- What one unit costs from a day and a quantity on: for a customer, for those of a price list, or (neither) for everybody. Without a
-- price it ends.
CREATE TABLE item_price (
  company BIGINT NOT NULL, id UUID NOT NULL, action UUID NOT NULL, item UUID NOT NULL, customer UUID, price_list TEXT, currency TEXT NOT NULL,
  from_on INTEGER NOT NULL, from_quantity TEXT NOT NULL, unit_price TEXT, gross SMALLINT NOT NULL,
  PRIMARY KEY (company, id)
) {clustered};
CREATE INDEX item_price_item ON item_price (company, item, id);

-- The price list of a customer from a day on; without a list none. Of one day the last word counts.
CREATE TABLE price_list_of (
  company BIGINT NOT NULL, customer UUID NOT NULL, from_on INTEGER NOT NULL, action UUID NOT NULL, price_list TEXT,
  PRIMARY KEY (company, customer, from_on, action)
) {clustered};
CREATE INDEX price_list_of_action ON price_list_of (company, action);

-- The item that a line of a document sold.
CREATE TABLE line_item (
  company BIGINT NOT NULL, document UUID NOT NULL, no INTEGER NOT NULL, action UUID NOT NULL, item UUID NOT NULL,
  PRIMARY KEY (company, document, no)
) {clustered};
