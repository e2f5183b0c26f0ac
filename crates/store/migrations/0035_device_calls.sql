-- Why: what the tax device lists of codes and item classes, and which customers it was told of; charges that are taken back.

-- Codes of the tables of the device, and under the class `item-class` the classes of goods and services. As the device said them last.
CREATE TABLE device_code (
  company BIGINT NOT NULL, class TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (company, class, code)
) {clustered};

-- When the device was last asked for each kind of table, and answered.
CREATE TABLE device_asked (
  company BIGINT NOT NULL, tables TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (company, tables)
) {clustered};

-- What the device was told of a customer with a tax number: `told`, `refused` or `silent`.
CREATE TABLE device_customer (
  company BIGINT NOT NULL, customer UUID NOT NULL, told TEXT NOT NULL, state TEXT NOT NULL, said TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (company, customer)
) {clustered};

-- A charge that is taken back before it is billed.
CREATE TABLE charge_end (
  company BIGINT NOT NULL, charge UUID NOT NULL, action UUID NOT NULL, reason TEXT NOT NULL, ended_on INTEGER NOT NULL,
  PRIMARY KEY (company, charge)
) {clustered};
CREATE INDEX charge_end_action ON charge_end (company, action);
