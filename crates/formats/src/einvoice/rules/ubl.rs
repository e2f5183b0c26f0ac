//! UBL-SR-* and UBL-DT-*: what the standard asks of UBL alone, as far as the model holds it.

use super::super::{EInvoice, Embedded, Party};
use super::amounts::too_fine;
use super::{Rule, count, if_so};

pub(super) const RULES: &[Rule] = &[
    Rule { id: "UBL-SR-12", breaches: |i| if_so(registrations(&i.seller, true) > 1) },
    Rule { id: "UBL-SR-13", breaches: |i| if_so(registrations(&i.seller, false) > 1) },
    Rule { id: "UBL-SR-18", breaches: |i| if_so(registrations(&i.buyer, true) > 1) },
    Rule { id: "UBL-SR-42", breaches: |i| if_so(registrations(&i.seller, true) + registrations(&i.seller, false) > 2) },
    Rule {
        id: "UBL-SR-47",
        breaches: |i| if_so(i.payment.windows(2).any(|pair| pair[0].means_code != pair[1].means_code)),
    },
    Rule { id: "UBL-DT-01", breaches: too_fine },
    Rule { id: "UBL-DT-06", breaches: |i| count(embedded(i), |file| file.mime.is_none()) },
    Rule { id: "UBL-DT-07", breaches: |i| count(embedded(i), |file| file.file_name.is_none()) },
];

fn registrations(party: &Option<Party>, vat: bool) -> usize {
    party.iter().flat_map(|p| &p.tax_registrations).filter(|r| r.vat == vat).count()
}

fn embedded(invoice: &EInvoice) -> impl Iterator<Item = &Embedded> {
    invoice.papers.iter().filter_map(|p| p.embedded.as_ref())
}
