//! The identities of the ledger: each a query that finds nothing, or the program is wrong; and the seal chain.

use std::collections::{BTreeMap, BTreeSet};

use receivables::ids::{self, Id};

use crate::audit::{self, RowDigest, RowSum};
use crate::reports::revenue;
use crate::table::{self, Table};
use crate::tx::{Cell, Sql, statements};
use crate::{Error, Tx, merge, params};

statements! {
    ENTRY_COUNT = "SELECT COUNT(*) FROM entry WHERE company = $1";
    ITEM_COUNT = "SELECT COUNT(*) FROM open_item WHERE company = $1";
    RECEIPT_COUNT = "SELECT COUNT(*) FROM receipt WHERE company = $1";
    MOVEMENT_COUNT = "SELECT COUNT(*) FROM movement WHERE company = $1";
    DOCUMENT_COUNT = "SELECT COUNT(*) FROM document WHERE company = $1";
    NOTICE_COUNT = "SELECT COUNT(*) FROM notice WHERE company = $1";
    CUSTOMER_COUNT = "SELECT COUNT(*) FROM customer WHERE company = $1";
    APPROVAL_COUNT = "SELECT COUNT(*) FROM approval WHERE company = $1";
    BANK_DETAIL_COUNT = "SELECT COUNT(*) FROM bank_detail WHERE company = $1";
    CUSTOMER_REBUILT = "SELECT c.code, c.version FROM customer c LEFT JOIN (SELECT customer, MAX(version) AS version FROM customer_change WHERE company = $1 GROUP BY customer) h ON h.customer = c.id WHERE c.company = $1 AND c.version <> COALESCE(h.version, 1) LIMIT 50";
    APPROVAL_REBUILT = "SELECT p.id, p.state FROM approval p LEFT JOIN approval_decision d ON d.company = p.company AND d.approval = p.id WHERE p.company = $1 AND p.state <> COALESCE(d.outcome, 'waiting') LIMIT 50";
    BANK_DETAIL_APPROVED = "SELECT b.id FROM bank_detail b LEFT JOIN approval_decision d ON d.company = b.company AND d.approval = b.approval AND d.outcome = 'approved' WHERE b.company = $1 AND d.approval IS NULL LIMIT 50";

    UNBALANCED = "SELECT entry, currency, CAST(SUM(amount) AS BIGINT) FROM entry_line WHERE company = $1 GROUP BY entry, currency HAVING SUM(amount) <> 0 LIMIT 50";
    UNBALANCED_BASE = "SELECT entry, CAST(SUM(base) AS BIGINT), COUNT(*) FROM entry_line WHERE company = $1 GROUP BY entry HAVING SUM(base) <> 0 OR COUNT(*) < 2 LIMIT 50";
    RECEIVABLES = "SELECT customer, currency, CAST(SUM(amount) AS BIGINT), CAST(SUM(base) AS BIGINT) FROM (SELECT customer, currency, amount, base FROM entry_line WHERE company = $1 AND account = 1 AND amount <> 0 UNION ALL SELECT customer, currency, -open, -open_base FROM open_item WHERE company = $1 AND open <> 0) x GROUP BY customer, currency HAVING SUM(amount) <> 0 OR SUM(base) <> 0 LIMIT 50";
    UNAPPLIED = "SELECT customer, currency, CAST(SUM(amount) AS BIGINT), CAST(SUM(base) AS BIGINT) FROM (SELECT customer, currency, amount, base FROM entry_line WHERE company = $1 AND account = 5 UNION ALL SELECT customer, currency, unapplied, unapplied_base FROM receipt WHERE company = $1 AND unapplied <> 0) x GROUP BY customer, currency HAVING SUM(amount) <> 0 OR SUM(base) <> 0 LIMIT 50";
    UNIDENTIFIED = "SELECT currency, CAST(SUM(amount) AS BIGINT) FROM (SELECT currency, amount FROM entry_line WHERE company = $1 AND account = 4 UNION ALL SELECT currency, unidentified FROM receipt WHERE company = $1 AND unidentified <> 0) x GROUP BY currency HAVING SUM(amount) <> 0 LIMIT 50";
    CONVERSION = "SELECT account, CAST(SUM(base) AS BIGINT) FROM entry_line WHERE company = $1 AND account = 10 GROUP BY account HAVING SUM(base) <> 0";
    BEYOND_TOTAL = "SELECT document, instalment, total, open FROM open_item WHERE company = $1 AND ((total >= 0 AND (open < 0 OR open > total)) OR (total < 0 AND (open > 0 OR open < total))) LIMIT 50";
    HALF_CLOSED = "SELECT document, instalment, open, open_base FROM open_item WHERE company = $1 AND open = 0 AND open_base <> 0 LIMIT 50";
    ITEM_REBUILT = "SELECT i.document, i.instalment, i.open, i.open_base FROM open_item i LEFT JOIN (SELECT document, instalment, SUM(amount) AS amount, SUM(amount_base) AS base FROM movement WHERE company = $1 GROUP BY document, instalment) m ON m.document = i.document AND m.instalment = i.instalment WHERE i.company = $1 AND (i.open <> i.total + COALESCE(m.amount, 0) OR i.open_base <> i.total_base + COALESCE(m.base, 0)) LIMIT 50";
    ITEMS_OF_DOCUMENT = "SELECT d.number, d.total, d.total_base FROM document d LEFT JOIN (SELECT document, SUM(total) AS total, SUM(total_base) AS base FROM open_item WHERE company = $1 GROUP BY document) i ON i.document = d.id WHERE d.company = $1 AND (d.total <> COALESCE(i.total, 0) OR d.total_base <> COALESCE(i.base, 0) OR d.net + d.tax <> d.total) LIMIT 50";
    TAX_COUNT = "SELECT COUNT(*) FROM document_tax WHERE company = $1";
    TAX_OF_DOCUMENT = "SELECT d.number, d.net, d.tax, t.net, t.tax, l.net, l.tax FROM (SELECT document, SUM(net) AS net, SUM(tax) AS tax FROM document_tax WHERE company = $1 GROUP BY document) t JOIN document d ON d.company = $1 AND d.id = t.document LEFT JOIN (SELECT document, SUM(net) AS net, SUM(tax) AS tax FROM document_line WHERE company = $1 GROUP BY document) l ON l.document = t.document WHERE t.net <> d.net OR t.tax <> d.tax OR l.net IS NULL OR l.net <> d.net OR l.tax <> d.tax LIMIT 50";
    CREDIT_COUNT = "SELECT COUNT(*) FROM credit_note WHERE company = $1";
    CREDITED_BEYOND = "SELECT d.number, d.total, x.total FROM (SELECT n.invoice, SUM(c.total) AS total FROM credit_note n JOIN document c ON c.company = n.company AND c.id = n.document WHERE n.company = $1 GROUP BY n.invoice) x JOIN document d ON d.company = $1 AND d.id = x.invoice WHERE d.total + x.total < 0 LIMIT 50";
    RECEIPT_SUM = "SELECT id, gross, unidentified, unapplied, allocated FROM receipt WHERE company = $1 AND (gross <> unidentified + unapplied + allocated + refunded OR unidentified < 0 OR unapplied < 0 OR allocated < 0 OR refunded < 0 OR charges < 0 OR charges > gross) LIMIT 50";
    RECEIPT_REBUILT = "SELECT r.id, r.unapplied, r.allocated, r.unidentified, r.refunded FROM receipt r LEFT JOIN (SELECT receipt, SUM(amount) AS amount, SUM(amount_base) AS base FROM identification WHERE company = $1 GROUP BY receipt) n ON n.receipt = r.id LEFT JOIN (SELECT receipt, SUM(receipt_amount) AS amount, SUM(receipt_base) AS base FROM movement WHERE company = $1 AND receipt IS NOT NULL GROUP BY receipt) m ON m.receipt = r.id LEFT JOIN (SELECT receipt, SUM(amount) AS amount, SUM(CASE WHEN customer IS NULL THEN 0 ELSE amount END) AS known, SUM(CASE WHEN customer IS NULL THEN 0 ELSE amount_base END) AS base FROM refund WHERE company = $1 GROUP BY receipt) f ON f.receipt = r.id WHERE r.company = $1 AND (r.refunded <> COALESCE(f.amount, 0) OR r.unidentified <> r.gross - COALESCE(n.amount, 0) - COALESCE(f.amount, 0) + COALESCE(f.known, 0) OR r.allocated <> COALESCE(m.amount, 0) OR r.unapplied <> COALESCE(n.amount, 0) - COALESCE(m.amount, 0) - COALESCE(f.known, 0) OR r.unapplied_base <> COALESCE(n.base, 0) - COALESCE(m.base, 0) - COALESCE(f.base, 0)) LIMIT 50";
    NO_ENTRY = "SELECT kind, id FROM (SELECT 'document' AS kind, d.id AS id FROM document d LEFT JOIN entry e ON e.company = d.company AND e.id = d.id WHERE d.company = $1 AND e.id IS NULL UNION ALL SELECT 'receipt', r.id FROM receipt r LEFT JOIN entry e ON e.company = r.company AND e.id = r.id WHERE r.company = $1 AND e.id IS NULL UNION ALL SELECT 'settlement', m.id FROM movement m LEFT JOIN entry e ON e.company = m.company AND e.id = m.cause WHERE m.company = $1 AND e.id IS NULL UNION ALL SELECT 'refund', f.id FROM refund f LEFT JOIN entry e ON e.company = f.company AND e.id = f.id WHERE f.company = $1 AND e.id IS NULL UNION ALL SELECT 'revaluation', v.id FROM revaluation v LEFT JOIN entry e ON e.company = v.company AND e.id = v.id WHERE v.company = $1 AND e.id IS NULL UNION ALL SELECT 'transfer', t.id FROM transfer_side t LEFT JOIN entry e ON e.company = t.company AND e.id = t.id WHERE t.company = $1 AND e.id IS NULL UNION ALL SELECT 'transfer', t.id FROM transfer_end t LEFT JOIN entry e ON e.company = t.company AND e.id = t.id WHERE t.company = $1 AND e.id IS NULL) x LIMIT 50";
    NO_CAUSE = "SELECT e.id, e.cause FROM entry e LEFT JOIN document d ON d.company = e.company AND d.id = e.id LEFT JOIN receipt r ON r.company = e.company AND r.id = e.id LEFT JOIN identification n ON n.company = e.company AND n.id = e.id LEFT JOIN movement m ON m.company = e.company AND m.id = e.id LEFT JOIN refund f ON f.company = e.company AND f.id = e.id LEFT JOIN revaluation v ON v.company = e.company AND v.id = e.id LEFT JOIN transfer_side t ON t.company = e.company AND t.id = e.id LEFT JOIN transfer_pair p ON p.company = e.company AND p.id = e.id LEFT JOIN transfer_end b ON b.company = e.company AND b.id = e.id WHERE e.company = $1 AND d.id IS NULL AND r.id IS NULL AND n.id IS NULL AND m.id IS NULL AND f.id IS NULL AND v.id IS NULL AND t.id IS NULL AND p.id IS NULL AND b.id IS NULL LIMIT 50";
    UNKNOWN_KIND = "SELECT kind, id FROM (SELECT CAST(kind AS BIGINT) AS kind, id FROM movement WHERE company = $1 AND kind NOT BETWEEN 1 AND 9 UNION ALL SELECT CAST(cause AS BIGINT), id FROM entry WHERE company = $1 AND cause NOT BETWEEN 1 AND 9 UNION ALL SELECT CAST(kind AS BIGINT), id FROM refund WHERE company = $1 AND kind NOT BETWEEN 1 AND 5) x LIMIT 50";
    BEFORE_DOCUMENT = "SELECT m.id, m.posted_on, i.posted_on FROM movement m JOIN open_item i ON i.company = m.company AND i.document = m.document AND i.instalment = m.instalment WHERE m.company = $1 AND m.posted_on < i.posted_on UNION ALL SELECT f.id, f.posted_on, r.posted_on FROM refund f JOIN receipt r ON r.company = f.company AND r.id = f.receipt WHERE f.company = $1 AND f.posted_on < r.posted_on LIMIT 50";
    BEFORE_ORIGINAL = "SELECT m.id, m.posted_on, o.posted_on FROM movement m JOIN movement o ON o.company = m.company AND o.id = m.reverses WHERE m.company = $1 AND (m.posted_on < o.posted_on OR m.amount <> -o.amount OR m.amount_base <> -o.amount_base) UNION ALL SELECT f.id, f.posted_on, o.posted_on FROM refund f LEFT JOIN refund o ON o.company = f.company AND o.id = f.reverses WHERE f.company = $1 AND (f.kind = 3 OR f.reverses IS NOT NULL) AND (o.id IS NULL OR f.kind <> 3 OR o.kind = 3 OR f.receipt <> o.receipt OR f.posted_on < o.posted_on OR f.amount <> -o.amount OR f.amount_base <> -o.amount_base OR f.charges <> -o.charges) LIMIT 50";
    SPENT_TWICE = "SELECT receipt, posted_on, used FROM (SELECT u.receipt, u.posted_on, r.gross, CAST(SUM(u.amount) OVER (PARTITION BY u.receipt ORDER BY u.posted_on) AS BIGINT) AS used FROM (SELECT company, receipt, posted_on, receipt_amount AS amount FROM movement WHERE company = $1 AND receipt IS NOT NULL UNION ALL SELECT company, receipt, posted_on, amount FROM refund WHERE company = $1) u JOIN receipt r ON r.company = u.company AND r.id = u.receipt) x WHERE used > gross OR used < 0 LIMIT 50";
    SETTLED_TWICE = "SELECT document, instalment, posted_on, moved FROM (SELECT m.document, m.instalment, m.posted_on, i.total, CAST(SUM(m.amount) OVER (PARTITION BY m.document, m.instalment ORDER BY m.posted_on) AS BIGINT) AS moved FROM movement m JOIN open_item i ON i.company = m.company AND i.document = m.document AND i.instalment = m.instalment WHERE m.company = $1) x WHERE (total >= 0 AND (moved > 0 OR moved < -total)) OR (total < 0 AND (moved < 0 OR moved > -total)) LIMIT 50";
    IN_CLOSED = "SELECT e.id, e.posted_on FROM entry e WHERE e.company = $1 AND EXISTS (SELECT 1 FROM period_event p WHERE p.company = e.company AND p.at < e.recorded_at AND p.closed_to >= e.posted_on AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.company = p.company AND q.id > p.id AND q.at < e.recorded_at)) LIMIT 50";
    MESSAGE_INTENT = "SELECT o.id, o.step FROM outbox o LEFT JOIN notice n ON n.company = o.company AND n.message = o.id LEFT JOIN outbox_paper x ON x.company = o.company AND x.message = o.id WHERE o.company = $1 AND n.message IS NULL AND x.message IS NULL LIMIT 50";
    CONTACT_REBUILT = "SELECT x.customer, x.last_on FROM (SELECT customer, MAX(on_day) AS last_on FROM (SELECT o.customer, o.on_day FROM outbox o WHERE o.company = $1 AND o.state = 'sent' AND NOT EXISTS (SELECT 1 FROM outbox_paper p WHERE p.company = o.company AND p.message = o.id) UNION ALL SELECT customer, on_day FROM attempt WHERE company = $1 AND right_party = 1) y GROUP BY customer) x LEFT JOIN contact c ON c.company = $1 AND c.customer = x.customer WHERE c.last_on IS NULL OR c.last_on <> x.last_on LIMIT 50";
    PAPER_COUNT = "SELECT COUNT(*) FROM paper WHERE company = $1";
    LOST_PAPER = "SELECT p.id, p.name FROM paper p LEFT JOIN paper_content c ON c.company = p.company AND c.digest = p.digest WHERE p.company = $1 AND c.digest IS NULL LIMIT 50";
    LOST_LINE = "SELECT l.line, l.fingerprint FROM statement_line l LEFT JOIN receipt r ON r.company = l.company AND r.id = l.receipt WHERE l.company = $1 AND l.receipt IS NOT NULL AND r.id IS NULL LIMIT 50";
    DECISION_COUNT = "SELECT COUNT(*) FROM line_decision WHERE company = $1";
    DECIDED = "SELECT x.fingerprint, x.occurrence, x.reason FROM line_decision x LEFT JOIN statement_line l ON l.company = x.company AND l.account = x.account AND l.fingerprint = x.fingerprint AND l.occurrence = x.occurrence LEFT JOIN receipt r ON r.company = x.company AND r.account = x.account AND r.fingerprint = x.fingerprint AND r.occurrence = x.occurrence WHERE x.company = $1 AND (l.review IS NULL OR l.review <> 0 OR l.receipt IS NOT NULL OR (x.receipt IS NULL AND r.id IS NOT NULL) OR (x.receipt IS NOT NULL AND (r.id IS NULL OR r.id <> x.receipt))) LIMIT 50";
    TWIN_COUNT = "SELECT COUNT(*) FROM line_twin WHERE company = $1";
    TWIN_OF = "SELECT t.fingerprint, t.occurrence, t.said FROM line_twin t LEFT JOIN statement_line l ON l.company = t.company AND l.account = t.account AND l.fingerprint = t.fingerprint AND l.occurrence = t.occurrence LEFT JOIN statement_line f ON f.company = t.company AND f.account = t.account AND f.fingerprint = t.first_fingerprint AND f.occurrence = t.first_occurrence LEFT JOIN line_twin c ON c.company = t.company AND c.account = t.account AND c.fingerprint = t.first_fingerprint AND c.occurrence = t.first_occurrence WHERE t.company = $1 AND (l.amount IS NULL OR f.amount IS NULL OR l.amount <> f.amount OR l.direction <> f.direction OR l.receipt IS NOT NULL OR c.fingerprint IS NOT NULL) LIMIT 50";
    DISPUTE_COUNT = "SELECT COUNT(*) FROM dispute WHERE company = $1";
    DISPUTED_REBUILT = "SELECT i.document, i.instalment, i.open, i.disputed FROM open_item i LEFT JOIN (SELECT p.document, p.instalment, SUM(p.amount) AS amount FROM dispute p LEFT JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id WHERE p.company = $1 AND e.dispute IS NULL GROUP BY p.document, p.instalment) x ON x.document = i.document AND x.instalment = i.instalment WHERE i.company = $1 AND (i.disputed <> 0 OR x.amount IS NOT NULL) AND i.disputed <> CASE WHEN x.amount IS NULL THEN 0 WHEN x.amount > i.open THEN i.open ELSE x.amount END LIMIT 50";
    DISPUTE_REBUILT = "SELECT p.id, p.state, COALESCE(e.outcome, 'open') FROM dispute p JOIN open_item i ON i.company = p.company AND i.document = p.document AND i.instalment = p.instalment LEFT JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id WHERE p.company = $1 AND (p.state <> COALESCE(e.outcome, 'open') OR (p.state = 'open' AND i.open = 0) OR e.ended_on < p.raised_on) LIMIT 50";
    CERTIFICATE_COUNT = "SELECT COUNT(*) FROM certificate WHERE company = $1";
    AWAITED_REBUILT = "SELECT i.document, i.instalment, i.open, i.awaited FROM open_item i LEFT JOIN (SELECT f.document, f.instalment, SUM(f.amount) AS amount FROM certificate f LEFT JOIN certificate_event e ON e.company = f.company AND e.certificate = f.id WHERE f.company = $1 AND e.certificate IS NULL GROUP BY f.document, f.instalment) x ON x.document = i.document AND x.instalment = i.instalment WHERE i.company = $1 AND (i.awaited <> 0 OR x.amount IS NOT NULL) AND i.awaited <> CASE WHEN x.amount IS NULL THEN 0 WHEN x.amount > i.open THEN i.open ELSE x.amount END LIMIT 50";
    CERTIFICATE_REBUILT = "SELECT f.id, f.state, COALESCE(e.state, 'awaited'), f.amount, m.amount FROM certificate f LEFT JOIN certificate_event e ON e.company = f.company AND e.certificate = f.id AND e.no = (SELECT MAX(n.no) FROM certificate_event n WHERE n.company = f.company AND n.certificate = f.id) LEFT JOIN certificate_event o ON o.company = f.company AND o.certificate = f.id AND o.state = 'on-file' LEFT JOIN movement m ON m.company = o.company AND m.id = o.movement LEFT JOIN movement r ON r.company = m.company AND r.reverses = m.id WHERE f.company = $1 AND (f.state <> COALESCE(e.state, 'awaited') OR (f.state IN ('on-file', 'claimed') AND (m.id IS NULL OR m.kind <> 8 OR m.amount <> -f.amount OR r.id IS NOT NULL)) OR (f.state = 'refused' AND m.id IS NOT NULL AND r.id IS NULL)) LIMIT 50";
    BILL_COUNT = "SELECT COUNT(*) FROM contract_bill WHERE company = $1";
    BILLED_TWICE = "SELECT a.contract, a.from_on, a.until_on, b.from_on FROM contract_bill a JOIN contract_bill b ON b.company = a.company AND b.contract = a.contract AND b.from_on > a.from_on AND b.from_on <= a.until_on WHERE a.company = $1 LIMIT 50";
    USAGE_COUNT = "SELECT COUNT(*) FROM usage_bill WHERE company = $1";
    USAGE_TWICE = "SELECT a.meter, a.from_on, a.until_on, b.from_on FROM usage_bill a JOIN usage_bill b ON b.company = a.company AND b.meter = a.meter AND b.from_on > a.from_on AND b.from_on < a.until_on WHERE a.company = $1 LIMIT 50";
    USAGE_READ = "SELECT b.meter, b.from_on, b.until_on, b.old_value, b.new_value FROM usage_bill b WHERE b.company = $1 AND (NOT EXISTS (SELECT 1 FROM meter_reading r WHERE r.company = b.company AND r.meter = b.meter AND r.on_day = b.from_on AND r.value = b.old_value) OR NOT EXISTS (SELECT 1 FROM meter_reading r WHERE r.company = b.company AND r.meter = b.meter AND r.on_day = b.until_on AND r.value = b.new_value)) LIMIT 50";
    USAGE_LINE_COUNT = "SELECT COUNT(*) FROM usage_line WHERE company = $1";
    USAGE_LINES = "SELECT u.document, u.no, u.quantity, l.quantity FROM usage_line u LEFT JOIN document_line l ON l.company = u.company AND l.document = u.document AND l.no = u.no LEFT JOIN usage_bill b ON b.company = u.company AND b.meter = u.meter AND b.from_on = u.from_on AND b.document = u.document WHERE u.company = $1 AND (l.quantity IS NULL OR l.quantity <> u.quantity OR b.meter IS NULL) LIMIT 50";
    CHARGE_COUNT = "SELECT COUNT(*) FROM charge_bill WHERE company = $1";
    CHARGE_LINES = "SELECT b.charge, b.document, b.no FROM charge_bill b LEFT JOIN charge c ON c.company = b.company AND c.id = b.charge LEFT JOIN document_line l ON l.company = b.company AND l.document = b.document AND l.no = b.no LEFT JOIN contract_bill k ON k.company = b.company AND k.document = b.document AND k.contract = c.contract WHERE b.company = $1 AND (l.quantity IS NULL OR l.quantity <> c.quantity OR l.unit_price <> c.unit_price OR k.contract IS NULL) LIMIT 50";
    UNBILLED_COUNT = "SELECT COUNT(*) FROM unbilled_end WHERE company = $1";
    UNBILLED_LINES = "SELECT e.unbilled, e.document, e.no FROM unbilled_end e LEFT JOIN unbilled u ON u.company = e.company AND u.id = e.unbilled LEFT JOIN document d ON d.company = e.company AND d.id = e.document LEFT JOIN document_line l ON l.company = e.company AND l.document = e.document AND l.no = e.no WHERE e.company = $1 AND e.reason IS NULL AND (l.quantity IS NULL OR l.quantity <> u.quantity OR d.bill_to <> u.customer) LIMIT 50";
    STOCK_COUNT = "SELECT COUNT(*) FROM stock_move WHERE company = $1";
    BELOW_STOCK = "SELECT i.code, x.left_over FROM (SELECT item, CAST(SUM(micros) AS BIGINT) AS left_over FROM stock_move WHERE company = $1 GROUP BY item) x JOIN item i ON i.company = $1 AND i.item = x.item AND i.version = 1 WHERE x.left_over < 0 AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.company = $1 AND s.original <> 0 AND s.state <> 'fiscalised' AND s.state <> 'void') LIMIT 50";
    ENDED_COUNT = "SELECT COUNT(*) FROM charge_end WHERE company = $1";
    ENDED_BILLED = "SELECT e.charge, b.document, b.no FROM charge_end e JOIN charge_bill b ON b.company = e.company AND b.charge = e.charge WHERE e.company = $1 LIMIT 50";
    LATE_COUNT = "SELECT COUNT(*) FROM late_charge WHERE company = $1";
    LATE_CHARGED = "SELECT d.number, d.total, x.total FROM (SELECT document, SUM(interest + fee) AS total FROM late_charge WHERE company = $1 GROUP BY document) x JOIN document d ON d.company = $1 AND d.id = x.document WHERE d.total <> x.total LIMIT 50";
    LATE_TWICE = "SELECT a.charged, a.until_on, b.from_on FROM late_charge a JOIN late_charge b ON b.company = a.company AND b.charged = a.charged AND b.instalment = a.instalment AND b.until_on > a.until_on AND b.from_on < a.until_on WHERE a.company = $1 LIMIT 50";
    VAT_RETURN_COUNT = "SELECT COUNT(*) FROM vat_return WHERE company = $1";
    FILED_TWICE = "SELECT a.document, a.vat_return, b.vat_return FROM vat_return_document a JOIN vat_return_document b ON b.company = a.company AND b.document = a.document AND b.vat_return > a.vat_return WHERE a.company = $1 UNION ALL SELECT r.id, r.id, s.id FROM vat_return r JOIN vat_return s ON s.company = r.company AND s.id > r.id AND s.from_on <= r.until_on AND s.until_on >= r.from_on WHERE r.company = $1 LIMIT 50";
    FILED_SUMS = "SELECT r.period, x.figure, x.amount FROM vat_return r JOIN vat_return_box x ON x.company = r.company AND x.vat_return = r.id LEFT JOIN (SELECT vat_return, SUM(CASE WHEN treatment = 'export' THEN net ELSE 0 END) AS exports, SUM(CASE WHEN treatment = 'reverse-charge' THEN net ELSE 0 END) AS reverse_charge FROM vat_return_part WHERE company = $1 GROUP BY vat_return) p ON p.vat_return = r.id LEFT JOIN (SELECT vat_return, SUM(taxable) AS taxable, SUM(zero_rated) AS zero_rated, SUM(exempt) AS exempt, SUM(outside) AS outside, SUM(unclassed) AS unclassed, SUM(taxable + zero_rated + exempt + outside + unclassed) AS net, SUM(tax) AS tax, SUM(CASE WHEN public_body = 1 THEN taxable + zero_rated + exempt + outside + unclassed ELSE 0 END) AS of_public FROM vat_return_document WHERE company = $1 GROUP BY vat_return) d ON d.vat_return = r.id WHERE r.company = $1 AND x.amount <> COALESCE(CASE x.figure WHEN 'sales' THEN d.net + COALESCE(p.exports, 0) + COALESCE(p.reverse_charge, 0) WHEN 'taxable' THEN d.taxable WHEN 'zero-rated' THEN d.zero_rated WHEN 'exempt' THEN d.exempt WHEN 'outside' THEN d.outside WHEN 'unclassed' THEN d.unclassed WHEN 'output-tax' THEN d.tax WHEN 'public-bodies' THEN d.of_public + COALESCE((SELECT SUM(q.net) FROM vat_return_part q JOIN vat_return_document o ON o.company = q.company AND o.vat_return = q.vat_return AND o.document = q.document WHERE q.company = r.company AND q.vat_return = r.id AND o.public_body = 1), 0) WHEN 'exports' THEN p.exports WHEN 'reverse-charge' THEN p.reverse_charge ELSE x.amount END, 0) LIMIT 50";
    DEPOSIT_COUNT = "SELECT COUNT(*) FROM deposit WHERE company = $1";
    DEPOSITS = "SELECT l.currency, l.amount, v.amount FROM (SELECT currency, SUM(-amount) AS amount FROM entry_line WHERE company = $1 AND account = 19 GROUP BY currency) l FULL JOIN (SELECT x.currency, SUM(x.net) AS amount FROM (SELECT d.currency, d.net FROM deposit p JOIN document d ON d.company = p.company AND (d.id = p.document OR d.credits = p.document) WHERE p.company = $1 UNION ALL SELECT d.currency, o.net FROM deduction o JOIN document d ON d.company = o.company AND d.id = o.document WHERE o.company = $1) x GROUP BY x.currency) v ON v.currency = l.currency WHERE COALESCE(l.amount, 0) <> COALESCE(v.amount, 0) LIMIT 50";
    DEPOSIT_BELOW = "SELECT d.number, SUM(x.net), SUM(x.base) FROM (SELECT p.document AS deposit, -l.amount AS net, -l.base AS base FROM deposit p JOIN document d ON d.company = p.company AND (d.id = p.document OR d.credits = p.document) JOIN entry_line l ON l.company = d.company AND l.entry = d.id AND l.account = 19 WHERE p.company = $1 UNION ALL SELECT o.deposit, o.net, o.base FROM deduction o WHERE o.company = $1) x JOIN document d ON d.company = $1 AND d.id = x.deposit GROUP BY d.number HAVING SUM(x.net) < 0 OR (SUM(x.net) = 0 AND SUM(x.base) <> 0) LIMIT 50";
    REVALUATION_COUNT = "SELECT COUNT(*) FROM revaluation WHERE company = $1";
    REVALUED = "SELECT v.as_of, v.currency, v.difference, r.difference, r.posted_on FROM revaluation v LEFT JOIN revaluation r ON r.company = v.company AND r.reverses = v.id WHERE v.company = $1 AND v.reverses IS NULL AND (v.posted_on <> v.as_of OR r.id IS NULL OR r.difference <> -v.difference OR r.posted_on <> v.as_of + 1) UNION ALL SELECT 0, 'account', SUM(l.base), 0, 0 FROM entry_line l WHERE l.company = $1 AND l.account = 20 HAVING SUM(l.base) <> 0 LIMIT 50";
    JOURNAL_OUT_COUNT = "SELECT COUNT(*) FROM journal_out_entry WHERE company = $1";
    HANDED_TWICE = "SELECT a.entry, a.journal_out, b.journal_out FROM journal_out_entry a JOIN journal_out_entry b ON b.company = a.company AND b.entry = a.entry AND b.journal_out > a.journal_out WHERE a.company = $1 LIMIT 50";
    HANDED_SUMS = "SELECT o.period, x.account, x.debit, x.credit, k.debit, k.credit FROM (SELECT h.journal_out, l.account, SUM(CASE WHEN l.base > 0 THEN l.base ELSE 0 END) AS debit, SUM(CASE WHEN l.base < 0 THEN -l.base ELSE 0 END) AS credit FROM journal_out_entry h JOIN entry_line l ON l.company = h.company AND l.entry = h.entry WHERE h.company = $1 AND h.part <> 'before' GROUP BY h.journal_out, l.account) x FULL JOIN (SELECT journal_out, account, debit, credit FROM journal_out_account WHERE company = $1) k ON k.journal_out = x.journal_out AND k.account = x.account LEFT JOIN journal_out o ON o.company = $1 AND o.id = COALESCE(x.journal_out, k.journal_out) WHERE o.period IS NULL OR COALESCE(x.debit, -1) <> COALESCE(k.debit, -1) OR COALESCE(x.credit, -1) <> COALESCE(k.credit, -1) LIMIT 50";
    HANDED_CLOSING = "SELECT o.period, o.opening, o.moved, o.closing, o.open FROM journal_out o LEFT JOIN journal_out_account k ON k.company = o.company AND k.journal_out = o.id AND k.account = 1 LEFT JOIN journal_out p ON p.company = o.company AND p.until_on = o.from_on - 1 WHERE o.company = $1 AND (o.moved <> COALESCE(k.debit - k.credit, 0) OR o.closing <> o.opening + o.moved OR o.closing <> o.open OR o.opening <> COALESCE(p.closing, o.opening)) LIMIT 50";
    LEVY_COUNT = "SELECT COUNT(*) FROM levy_line WHERE company = $1";
    LEVIED = "SELECT l.currency, l.amount, v.amount FROM (SELECT currency, SUM(-amount) AS amount FROM entry_line WHERE company = $1 AND account = 18 GROUP BY currency) l FULL JOIN (SELECT d.currency, SUM(n.net) AS amount FROM levy_line x JOIN document d ON d.company = x.company AND d.id = x.document JOIN document_line n ON n.company = x.company AND n.document = x.document AND n.no = x.no WHERE x.company = $1 GROUP BY d.currency) v ON v.currency = l.currency WHERE COALESCE(l.amount, 0) <> COALESCE(v.amount, 0) LIMIT 50";
    SUBMISSION_COUNT = "SELECT COUNT(*) FROM submission WHERE company = $1";
    SUBMISSION_REBUILT = "SELECT s.number, s.state, e.became FROM submission s LEFT JOIN submission_event e ON e.company = s.company AND e.submission = s.document AND e.no = (SELECT MAX(n.no) FROM submission_event n WHERE n.company = s.company AND n.submission = s.document) WHERE s.company = $1 AND ((e.no IS NULL AND (s.attempts <> 0 OR s.state NOT IN ('waiting', 'refused'))) OR (e.no IS NOT NULL AND (e.became <> s.state OR e.attempt <> s.attempts))) LIMIT 50";
    RECEIPT_OF_NOTHING = "SELECT f.sdc, f.of_all, s.state FROM fiscal_receipt f LEFT JOIN submission s ON s.company = f.company AND s.document = f.submission WHERE f.company = $1 AND (s.state IS NULL OR s.state <> 'fiscalised') LIMIT 50";
    REFUND_OF = "SELECT d.number, s.original, o.number FROM submission s JOIN document d ON d.company = s.company AND d.id = s.document LEFT JOIN submission o ON o.company = d.company AND o.document = d.credits WHERE s.company = $1 AND s.original <> COALESCE(o.number, 0) LIMIT 50";
    INVOICE_FILE_COUNT = "SELECT COUNT(*) FROM invoice_file WHERE company = $1";
    INVOICE_FILE_REBUILT = "SELECT d.number, f.state, COALESCE(e.state, 'not-handed-in'), f.since_on, COALESCE(e.on_day, d.issued_on) FROM invoice_file f LEFT JOIN document d ON d.company = f.company AND d.id = f.invoice LEFT JOIN invoice_file_event e ON e.company = f.company AND e.invoice = f.invoice AND e.no = (SELECT MAX(n.no) FROM invoice_file_event n WHERE n.company = f.company AND n.invoice = f.invoice) WHERE f.company = $1 AND (d.id IS NULL OR d.kind <> 1 OR f.state <> COALESCE(e.state, 'not-handed-in') OR f.since_on <> COALESCE(e.on_day, d.issued_on)) LIMIT 50";
    INVOICE_FILE_WANTED = "SELECT x.number, x.papers, x.wanted, x.term, x.wanted_term FROM (SELECT d.number, f.papers, f.term, COALESCE((SELECT n.papers FROM invoice_file_need n WHERE n.company = d.company AND n.customer = d.payer AND n.from_on <= d.issued_on ORDER BY n.from_on DESC, n.id DESC LIMIT 1), '') AS wanted, COALESCE((SELECT n.term FROM invoice_file_need n WHERE n.company = d.company AND n.customer = d.payer AND n.from_on <= d.issued_on ORDER BY n.from_on DESC, n.id DESC LIMIT 1), 'issue') AS wanted_term FROM document d LEFT JOIN invoice_file f ON f.company = d.company AND f.invoice = d.id WHERE d.company = $1 AND d.kind = 1 AND (f.invoice IS NOT NULL OR EXISTS (SELECT 1 FROM invoice_file_need w WHERE w.company = d.company AND w.customer = d.payer))) x WHERE COALESCE(x.papers, '') <> x.wanted OR COALESCE(x.term, 'issue') <> x.wanted_term LIMIT 50";
    INVOICE_FILE_DUE = "SELECT x.number, x.state, x.moved_days, x.meant FROM (SELECT d.number, f.state, f.moved_days, CASE WHEN f.papers = '' AND f.term = 'issue' THEN 0 WHEN f.state IN ('not-handed-in', 'returned') THEN NULL WHEN f.term = 'issue' THEN 0 WHEN f.state IN ('approved', 'with-treasury') THEN (SELECT e.on_day FROM invoice_file_event e WHERE e.company = f.company AND e.invoice = f.invoice AND e.state = 'approved' ORDER BY e.no DESC LIMIT 1) - d.issued_on END AS meant FROM invoice_file f JOIN document d ON d.company = f.company AND d.id = f.invoice WHERE f.company = $1) x WHERE COALESCE(x.moved_days, -1) <> COALESCE(x.meant, -1) LIMIT 50";
    TRANSFER_COUNT = "SELECT COUNT(*) FROM transfer_side WHERE company = $1";
    IN_TRANSIT = "SELECT currency, CAST(SUM(on_account) AS BIGINT), CAST(SUM(of_sides) AS BIGINT), CAST(SUM(base_on_account) AS BIGINT), CAST(SUM(base_of_sides) AS BIGINT) FROM (SELECT currency, amount AS on_account, 0 AS of_sides, 0 AS base_on_account, 0 AS base_of_sides FROM entry_line WHERE company = $1 AND account = 21 UNION ALL SELECT '*', 0, 0, base, 0 FROM entry_line WHERE company = $1 AND account = 21 UNION ALL SELECT s.currency, 0, CASE WHEN s.way = 1 THEN s.amount ELSE -s.amount END, 0, 0 FROM transfer_side s WHERE s.company = $1 AND NOT EXISTS (SELECT 1 FROM transfer_end e WHERE e.company = s.company AND e.side = s.id) UNION ALL SELECT '*', 0, 0, 0, CASE WHEN s.way = 1 THEN s.amount_base ELSE -s.amount_base END FROM transfer_side s WHERE s.company = $1 AND NOT EXISTS (SELECT 1 FROM transfer_end e WHERE e.company = s.company AND e.side = s.id) UNION ALL SELECT '*', 0, 0, 0, p.difference FROM transfer_pair p WHERE p.company = $1 AND NOT EXISTS (SELECT 1 FROM transfer_end e WHERE e.company = p.company AND (e.side = p.went OR e.side = p.came))) x GROUP BY currency HAVING SUM(on_account) <> SUM(of_sides) OR SUM(base_on_account) <> SUM(base_of_sides) LIMIT 50";
    TRANSFER_PAIRS = "SELECT p.id, w.amount, c.amount, p.difference FROM transfer_pair p LEFT JOIN transfer_side w ON w.company = p.company AND w.id = p.went LEFT JOIN transfer_side c ON c.company = p.company AND c.id = p.came WHERE p.company = $1 AND NOT EXISTS (SELECT 1 FROM transfer_end e WHERE e.company = p.company AND (e.side = p.went OR e.side = p.came)) AND (w.id IS NULL OR c.id IS NULL OR w.way <> 1 OR c.way <> 2 OR w.account = c.account OR w.currency <> c.currency OR w.amount <> c.amount OR p.difference <> c.amount_base - w.amount_base OR EXISTS (SELECT 1 FROM transfer_pair q WHERE q.company = p.company AND q.id <> p.id AND (q.went = p.went OR q.came = p.came) AND NOT EXISTS (SELECT 1 FROM transfer_end e WHERE e.company = q.company AND (e.side = q.went OR e.side = q.came)))) LIMIT 50";
    TRANSFER_OF = "SELECT s.id, s.amount, l.amount FROM transfer_side s LEFT JOIN statement_line l ON l.company = s.company AND l.account = s.account AND l.fingerprint = s.fingerprint AND l.occurrence = s.occurrence LEFT JOIN receipt r ON r.company = s.company AND r.account = s.account AND r.fingerprint = s.fingerprint AND r.occurrence = s.occurrence AND r.unidentified + r.unapplied + r.allocated <> 0 WHERE s.company = $1 AND NOT EXISTS (SELECT 1 FROM transfer_end e WHERE e.company = s.company AND e.side = s.id) AND (r.id IS NOT NULL OR (s.receipt IS NULL AND (l.file IS NULL OR l.amount <> s.amount OR l.currency <> s.currency))) LIMIT 50";
    ACTIONS = "SELECT id, row_count, digest FROM action WHERE company = $1 ORDER BY id";
    CHAIN = "SELECT s.no, s.action, s.sealed_at, s.chain, a.digest FROM seal s LEFT JOIN action a ON a.company = s.company AND a.id = s.action WHERE s.company = $1 ORDER BY s.no";
    TAIL = "SELECT a.id, a.at FROM action a LEFT JOIN seal s ON s.company = a.company AND s.action = a.id WHERE a.company = $1 AND s.no IS NULL";
}

/// What one identity found.
#[derive(Clone, Debug)]
pub struct Checked {
    pub identity: &'static str,
    /// How many things were looked at.
    pub checked: i64,
    /// The offending rows, at most 50 of them; none when the identity holds.
    pub broken: Vec<String>,
}

/// Identity, how many rows it looks at, and the query that finds what breaks it.
const IDENTITIES: &[(&str, Sql, Sql)] = &[
    ("entries balance per currency", ENTRY_COUNT, UNBALANCED),
    ("entries balance in the company's currency", ENTRY_COUNT, UNBALANCED_BASE),
    ("receivables account = open items, per customer and currency", ITEM_COUNT, RECEIVABLES),
    ("unapplied account = unapplied receipts, per customer and currency", RECEIPT_COUNT, UNAPPLIED),
    ("unidentified account = unidentified receipts", RECEIPT_COUNT, UNIDENTIFIED),
    ("conversion is zero in the company's currency", ENTRY_COUNT, CONVERSION),
    ("open within total", ITEM_COUNT, BEYOND_TOTAL),
    ("closed items are zero in both currencies", ITEM_COUNT, HALF_CLOSED),
    ("open items equal their rebuilding", ITEM_COUNT, ITEM_REBUILT),
    ("instalments add up to their document", DOCUMENT_COUNT, ITEMS_OF_DOCUMENT),
    ("tax classes and lines add up to their document", TAX_COUNT, TAX_OF_DOCUMENT),
    ("our credit notes stay within their invoice", CREDIT_COUNT, CREDITED_BEYOND),
    ("receipts add up", RECEIPT_COUNT, RECEIPT_SUM),
    ("receipts equal their rebuilding", RECEIPT_COUNT, RECEIPT_REBUILT),
    ("every fact has its entry", ENTRY_COUNT, NO_ENTRY),
    ("every entry has one cause", ENTRY_COUNT, NO_CAUSE),
    ("opening + every kind of movement = closing", MOVEMENT_COUNT, UNKNOWN_KIND),
    ("no movement before its document", MOVEMENT_COUNT, BEFORE_DOCUMENT),
    ("reversals undo exactly, not before their original", MOVEMENT_COUNT, BEFORE_ORIGINAL),
    ("no receipt spent beyond its amount on any day", MOVEMENT_COUNT, SPENT_TWICE),
    ("open within total on every day", MOVEMENT_COUNT, SETTLED_TWICE),
    ("no entry recorded after a close is dated in it", ENTRY_COUNT, IN_CLOSED),
    ("every message has its dunning step or its paper", NOTICE_COUNT, MESSAGE_INTENT),
    ("last contacts equal their rebuilding", NOTICE_COUNT, CONTACT_REBUILT),
    ("amounts in dispute equal the open disputes", ITEM_COUNT, DISPUTED_REBUILT),
    ("disputes equal their rebuilding", DISPUTE_COUNT, DISPUTE_REBUILT),
    ("late charges come to what they charge", LATE_COUNT, LATE_CHARGED),
    ("no day of a contract is billed twice", BILL_COUNT, BILLED_TWICE),
    ("no usage is billed twice", USAGE_COUNT, USAGE_TWICE),
    ("billed usage lies between readings", USAGE_COUNT, USAGE_READ),
    ("billed usage is the lines of its invoices", USAGE_LINE_COUNT, USAGE_LINES),
    ("one-off charges are on an invoice of their contract", CHARGE_COUNT, CHARGE_LINES),
    ("no charge that was taken back is billed", ENDED_COUNT, ENDED_BILLED),
    ("billed work is on an invoice of its customer", UNBILLED_COUNT, UNBILLED_LINES),
    ("no more goods went out than came in", STOCK_COUNT, BELOW_STOCK),
    ("no day is charged twice", LATE_COUNT, LATE_TWICE),
    ("amounts awaited equal the certificates awaited", ITEM_COUNT, AWAITED_REBUILT),
    ("certificates equal their rebuilding and settle what they say", CERTIFICATE_COUNT, CERTIFICATE_REBUILT),
    ("a document is in one filed return, and their periods do not meet", VAT_RETURN_COUNT, FILED_TWICE),
    ("filed returns add up to their documents", VAT_RETURN_COUNT, FILED_SUMS),
    ("deposits account = deposits less what settled them, per currency", DEPOSIT_COUNT, DEPOSITS),
    ("no deposit is settled beyond what was billed, and none is left half", DEPOSIT_COUNT, DEPOSIT_BELOW),
    ("revaluations are taken back the day after", REVALUATION_COUNT, REVALUED),
    ("no entry is handed over twice", JOURNAL_OUT_COUNT, HANDED_TWICE),
    ("handed over months are the sums of their entries", JOURNAL_OUT_COUNT, HANDED_SUMS),
    ("handed over receivables follow each other and tie to what was open", JOURNAL_OUT_COUNT, HANDED_CLOSING),
    ("levies account = levies of documents, per currency", LEVY_COUNT, LEVIED),
    ("documents stand with the tax device where their last event left them", SUBMISSION_COUNT, SUBMISSION_REBUILT),
    ("every receipt of the tax device is of a document that has one", SUBMISSION_COUNT, RECEIPT_OF_NOTHING),
    ("refunds name the sale they take back", SUBMISSION_COUNT, REFUND_OF),
    ("files of invoices stand where their last event left them", INVOICE_FILE_COUNT, INVOICE_FILE_REBUILT),
    (
        "files of invoices want what their customer wanted on the day of the invoice",
        DOCUMENT_COUNT,
        INVOICE_FILE_WANTED,
    ),
    ("due days moved by files are those their events give", INVOICE_FILE_COUNT, INVOICE_FILE_DUE),
    ("customers equal their last change", CUSTOMER_COUNT, CUSTOMER_REBUILT),
    ("requests equal their decisions", APPROVAL_COUNT, APPROVAL_REBUILT),
    ("every bank detail was approved", BANK_DETAIL_COUNT, BANK_DETAIL_APPROVED),
    ("every statement line's receipt exists", RECEIPT_COUNT, LOST_LINE),
    ("decided statement lines are out of review, with their receipt", DECISION_COUNT, DECIDED),
    ("lines told again are the movement of their first line, and no second receipt", TWIN_COUNT, TWIN_OF),
    ("money in transit = sides of transfers, per currency and in the company's", TRANSFER_COUNT, IN_TRANSIT),
    ("two sides of a transfer are of one amount in two accounts, once", TRANSFER_COUNT, TRANSFER_PAIRS),
    ("no transfer is a payment, too", TRANSFER_COUNT, TRANSFER_OF),
    ("every paper has its content", PAPER_COUNT, LOST_PAPER),
];

/// Checks every identity and the seal chain of one company.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Checked>, Error> {
    each(tx, company, |_, _| {})
}

/// As `all`; `progress` hears how many of how many are checked.
pub fn each(tx: &mut Tx<'_>, company: i64, mut progress: impl FnMut(usize, usize)) -> Result<Vec<Checked>, Error> {
    let total = IDENTITIES.len() + PROOFS.len();
    let mut out = Vec::with_capacity(total);
    for (identity, count, broken) in IDENTITIES {
        progress(out.len(), total);
        let checked = tx.first(*count, params![company], |row| row.int(0))?.unwrap_or(0);
        let broken = tx.all(*broken, params![company], row_text)?;
        out.push(Checked { identity, checked, broken });
    }
    for proof in PROOFS {
        progress(out.len(), total);
        out.push(proof(tx, company)?);
    }
    progress(total, total);
    Ok(out)
}

/// A check that one query cannot make.
type Proof = fn(&mut Tx<'_>, i64) -> Result<Checked, Error>;

const PROOFS: &[Proof] = &[merges_rebuilt, numbers_gapless, crate::search::check, digests, chain, tail];

fn row_text(row: &crate::Row<'_>) -> Result<String, Error> {
    let mut parts = Vec::new();
    for i in 0..row.len() {
        parts.push(match row.cell(i)? {
            Cell::Null => "–".to_owned(),
            Cell::Int(v) => v.to_string(),
            Cell::Text(v) => v.to_owned(),
            Cell::Bytes(v) => <[u8; 16]>::try_from(v)
                .map(|bytes| Id::<ids::Entry>::from_bytes(bytes).to_string())
                .unwrap_or_else(|_| format!("{v:02x?}")),
        });
    }
    Ok(parts.join(" "))
}

/// Merged customers are looked at under the one that their merges say.
fn merges_rebuilt(tx: &mut Tx<'_>, company: i64) -> Result<Checked, Error> {
    let (shown, meant) = (merge::groups(tx, company)?, merge::rebuilt(tx, company)?);
    let (shown, meant): (BTreeSet<_>, BTreeSet<_>) = (shown.pairs().collect(), meant.pairs().collect());
    let wrong = shown.symmetric_difference(&meant);
    let broken = wrong.map(|(merged, into)| format!("customer {merged} under {into}")).collect();
    let checked = i64::try_from(meant.len()).unwrap_or(i64::MAX);
    Ok(Checked { identity: "merged customers equal their rebuilding", checked, broken })
}

/// Our own legal number series have no gap: the digits at the end of the numbers count up by one.
fn numbers_gapless(tx: &mut Tx<'_>, company: i64) -> Result<Checked, Error> {
    let all = revenue::series(tx, company)?;
    let checked = i64::try_from(all.iter().map(|one| one.count).sum::<usize>()).unwrap_or(i64::MAX);
    let gaps = all.iter().flat_map(|one| one.gaps.iter().map(|gap| (&one.series, gap)));
    let broken = gaps.map(|(series, (before, next))| format!("series {series}: {before} is followed by {next}"));
    Ok(Checked { identity: "our number series are gapless", checked, broken: broken.collect() })
}

/// Every action's digest equals the sum of the digests of the facts that name it.
fn digests(tx: &mut Tx<'_>, company: i64) -> Result<Checked, Error> {
    let mut sums = BTreeMap::<[u8; 16], RowSum>::new();
    for table in table::ALL.iter().copied().filter(|t| t.facts > 0 && t.action.is_some()) {
        sum_table(tx, company, table, &mut sums)?;
    }
    let mut broken = Vec::new();
    let mut checked = 0;
    tx.each(ACTIONS, params![company], |row| {
        checked += 1;
        let id: Id<ids::Action> = row.id(0)?;
        let sum = sums.remove(id.bytes()).unwrap_or_default();
        if sum.bytes() != row.bytes(2)? {
            broken.push(format!("action {id}: its rows are not what was sealed"));
        }
        Ok(())
    })?;
    for id in sums.keys().take(50) {
        broken.push(format!("rows of action {}, which is not in the log", Id::<ids::Action>::from_bytes(*id)));
    }
    broken.truncate(50);
    Ok(Checked { identity: "facts equal what was sealed", checked, broken })
}

fn sum_table(
    tx: &mut Tx<'_>,
    company: i64,
    table: &'static Table,
    sums: &mut BTreeMap<[u8; 16], RowSum>,
) -> Result<(), Error> {
    let Some(action) = table.action else { return Ok(()) };
    // Rows of one action lie together in key order, so the last sum is nearly always the one wanted.
    let mut current: Option<([u8; 16], RowSum)> = None;
    tx.each(table.facts_sql(), params![company], |row| {
        let mut digest = RowDigest::of(table);
        let mut of = [0u8; 16];
        for i in 0..table.facts {
            let cell = row.cell(i)?;
            digest.cell(&cell);
            if let Cell::Bytes(v) = cell
                && i == action
            {
                of = v.try_into().map_err(|e| Error::failed("reading an action id", e))?;
            }
        }
        match &mut current {
            Some((id, sum)) if *id == of => sum.add(digest.finish()),
            _ => {
                if let Some((id, sum)) = current.take() {
                    sums.insert(id, sum);
                }
                let mut sum = sums.get(&of).copied().unwrap_or_default();
                sum.add(digest.finish());
                current = Some((of, sum));
            }
        }
        Ok(())
    })?;
    if let Some((id, sum)) = current {
        sums.insert(id, sum);
    }
    Ok(())
}

fn chain(tx: &mut Tx<'_>, company: i64) -> Result<Checked, Error> {
    let (mut checked, mut link, mut last_at) = (0i64, [0u8; 32], i64::MIN);
    let mut broken = Vec::new();
    tx.each(CHAIN, params![company], |row| {
        checked += 1;
        let (no, sealed_at) = (row.int(0)?, row.instant(2)?);
        let digest: Vec<u8> = match row.cell(4)? {
            Cell::Bytes(v) => v.to_vec(),
            _ => Vec::new(),
        };
        link = audit::link(&link, row.id(1)?, &digest, sealed_at);
        if link != row.bytes(3)? || no != checked || sealed_at.micros() < last_at {
            broken.push(format!("seal {no} does not follow from the seal before it"));
            link = row.bytes(3)?.try_into().map_err(|e| Error::failed("reading a seal", e))?;
        }
        last_at = sealed_at.micros();
        Ok(())
    })?;
    broken.truncate(50);
    Ok(Checked { identity: "the seal chain is intact", checked, broken })
}

/// Actions older than 60 seconds are sealed.
fn tail(tx: &mut Tx<'_>, company: i64) -> Result<Checked, Error> {
    let limit = tx.now().plus_micros(-60_000_000);
    let mut checked = 0;
    let mut broken = Vec::new();
    tx.each(TAIL, params![company], |row| {
        checked += 1;
        let at = row.instant(1)?;
        if at < limit && broken.len() < 50 {
            broken.push(format!("action {} of {at} is not sealed", row.id::<ids::Action>(0)?));
        }
        Ok(())
    })?;
    Ok(Checked { identity: "no unsealed tail", checked, broken })
}
