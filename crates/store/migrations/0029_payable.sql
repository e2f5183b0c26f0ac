-- Why: contracts priced in a foreign currency that are billed in the company's, at a rate of their own or that of the day.

CREATE TABLE contract_payable (
  company BIGINT NOT NULL, contract UUID NOT NULL, action UUID NOT NULL, rate_nano BIGINT,
  PRIMARY KEY (company, contract)
) {clustered};
CREATE INDEX contract_payable_action ON contract_payable (company, action);
