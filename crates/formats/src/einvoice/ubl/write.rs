//! The model, written as UBL 2.1 in the order of its schema.

use rust_decimal::Decimal;

use super::super::draft::Draft;
use super::super::{
    Address, Allowance, Delivery, EInvoice, Item, Line, Paper, Party, Payment, Period, Syntax, Tax, TaxTotal, Text,
};
use super::{OBJECT, PROJECT};

/// The names of UBL's parts.
const AGGREGATES: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const BASICS: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
const INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";

/// UBL asks for the network of a card, which the standard does not know.
const NO_NETWORK: &str = "NA";

/// Writes a credit note as such, everything else as an invoice.
pub(in super::super) fn write(invoice: &EInvoice) -> String {
    let is_credit = invoice.syntax == Syntax::UblCreditNote;
    let (name, namespace) = if is_credit { ("CreditNote", CREDIT_NOTE) } else { ("Invoice", INVOICE) };
    let mut draft = Draft::new();
    draft.root(name, &[("xmlns", namespace), ("xmlns:cac", AGGREGATES), ("xmlns:cbc", BASICS)], |d| {
        head(d, invoice, is_credit);
        references(d, invoice, is_credit);
        parties(d, invoice);
        settlement(d, invoice, is_credit);
        // A group of lines has no place here; its parts are lines of their own.
        for line in invoice.lines.iter().filter(|line| line.counts()) {
            write_line(d, line, &invoice.currency, is_credit);
        }
    });
    draft.finish()
}

fn head(d: &mut Draft, i: &EInvoice, is_credit: bool) {
    d.text("cbc:CustomizationID", &i.specification);
    d.text("cbc:ProfileID", &i.business_process);
    d.text("cbc:ID", &i.number);
    d.day("cbc:IssueDate", i.issued_on);
    if is_credit {
        d.day("cbc:TaxPointDate", i.tax_point_on);
        d.text("cbc:CreditNoteTypeCode", &i.type_code);
    } else {
        d.day("cbc:DueDate", i.due_on);
        d.text("cbc:InvoiceTypeCode", &i.type_code);
    }
    for note in &i.notes {
        let subject = note.subject.as_ref().map(|subject| format!("#{subject}#")).unwrap_or_default();
        d.leaf("cbc:Note", &[], &(subject + &note.text));
    }
    if !is_credit {
        d.day("cbc:TaxPointDate", i.tax_point_on);
    }
    d.text("cbc:DocumentCurrencyCode", &i.currency);
    d.text("cbc:TaxCurrencyCode", &i.tax_currency);
    d.text("cbc:AccountingCost", &i.buyer_accounting);
    d.text("cbc:BuyerReference", &i.buyer_reference);
    if i.period.is_some() || !i.tax_point_codes.is_empty() {
        d.group("cac:InvoicePeriod", |d| {
            days(d, i.period.as_ref());
            for code in &i.tax_point_codes {
                d.leaf("cbc:DescriptionCode", &[], code);
            }
        });
    }
}

fn days(d: &mut Draft, period: Option<&Period>) {
    d.day("cbc:StartDate", period.and_then(|p| p.from));
    d.day("cbc:EndDate", period.and_then(|p| p.to));
}

fn references(d: &mut Draft, i: &EInvoice, is_credit: bool) {
    let r = &i.references;
    let named = |d: &mut Draft, name: &str, id: &Text| d.group_if_any(name, |d| d.text("cbc:ID", id));
    d.group_if_any("cac:OrderReference", |d| {
        d.text("cbc:ID", &r.purchase_order);
        d.text("cbc:SalesOrderID", &r.sales_order);
    });
    for preceding in &i.preceding {
        d.group("cac:BillingReference", |d| {
            d.group("cac:InvoiceDocumentReference", |d| {
                d.text("cbc:ID", &preceding.number);
                d.day("cbc:IssueDate", preceding.issued_on);
            });
        });
    }
    named(d, "cac:DespatchDocumentReference", &r.despatch_advice);
    named(d, "cac:ReceiptDocumentReference", &r.receiving_advice);
    if !is_credit {
        named(d, "cac:OriginatorDocumentReference", &r.tender);
    }
    named(d, "cac:ContractDocumentReference", &r.contract);
    for object in &r.objects {
        d.group("cac:AdditionalDocumentReference", |d| {
            d.identifier("cbc:ID", object);
            d.leaf("cbc:DocumentTypeCode", &[], OBJECT);
        });
    }
    for paper in &i.papers {
        write_paper(d, paper);
    }
    if is_credit {
        d.group_if_any("cac:AdditionalDocumentReference", |d| {
            if let Some(project) = &r.project {
                d.leaf("cbc:ID", &[], project);
                d.leaf("cbc:DocumentTypeCode", &[], PROJECT);
            }
        });
        named(d, "cac:OriginatorDocumentReference", &r.tender);
    } else {
        named(d, "cac:ProjectReference", &r.project);
    }
}

fn write_paper(d: &mut Draft, paper: &Paper) {
    d.group("cac:AdditionalDocumentReference", |d| {
        d.text("cbc:ID", &paper.id);
        d.text("cbc:DocumentDescription", &paper.description);
        d.group_if_any("cac:Attachment", |d| {
            if let Some(file) = &paper.embedded {
                let attributes = [("mimeCode", &file.mime), ("filename", &file.file_name)];
                d.leaf("cbc:EmbeddedDocumentBinaryObject", &attributes, &file.content);
            }
            d.group_if_any("cac:ExternalReference", |d| d.text("cbc:URI", &paper.location));
        });
    });
}

fn parties(d: &mut Draft, i: &EInvoice) {
    for (name, party) in [("cac:AccountingSupplierParty", &i.seller), ("cac:AccountingCustomerParty", &i.buyer)] {
        if let Some(party) = party {
            d.group(name, |d| d.group("cac:Party", |d| write_party(d, party, &party.trading_name, &party.name)));
        }
    }
    for (name, party) in [("cac:PayeeParty", &i.payee), ("cac:TaxRepresentativeParty", &i.tax_representative)] {
        if let Some(party) = party {
            d.group(name, |d| write_party(d, party, &party.name, &None));
        }
    }
    if let Some(delivery) = &i.delivery {
        write_delivery(d, delivery);
    }
}

fn write_party(d: &mut Draft, party: &Party, name: &Text, legal_name: &Text) {
    if let Some(address) = &party.electronic_address {
        d.identifier("cbc:EndpointID", address);
    }
    for identifier in &party.identifiers {
        d.group("cac:PartyIdentification", |d| d.identifier("cbc:ID", identifier));
    }
    d.group_if_any("cac:PartyName", |d| d.text("cbc:Name", name));
    if let Some(address) = &party.address {
        d.group("cac:PostalAddress", |d| write_address(d, address));
    }
    for registration in &party.tax_registrations {
        d.group("cac:PartyTaxScheme", |d| {
            d.text("cbc:CompanyID", &registration.id);
            scheme(d, if registration.vat { "VAT" } else { "TAX" });
        });
    }
    let mut registrations = party.legal_registrations.iter();
    d.group_if_any("cac:PartyLegalEntity", |d| {
        d.text("cbc:RegistrationName", legal_name);
        if let Some(registration) = registrations.next() {
            d.identifier("cbc:CompanyID", registration);
        }
        d.text("cbc:CompanyLegalForm", &party.legal_form);
    });
    for registration in registrations {
        d.group("cac:PartyLegalEntity", |d| d.identifier("cbc:CompanyID", registration));
    }
    if let Some(contact) = &party.contact {
        d.group("cac:Contact", |d| {
            d.text("cbc:Name", &contact.name);
            d.text("cbc:Telephone", &contact.telephone);
            d.text("cbc:ElectronicMail", &contact.email);
        });
    }
}

fn write_address(d: &mut Draft, address: &Address) {
    d.text("cbc:StreetName", &address.street);
    d.text("cbc:AdditionalStreetName", &address.street_more);
    d.text("cbc:CityName", &address.city);
    d.text("cbc:PostalZone", &address.postcode);
    d.text("cbc:CountrySubentity", &address.region);
    d.group_if_any("cac:AddressLine", |d| d.text("cbc:Line", &address.street_third));
    d.group_if_any("cac:Country", |d| d.text("cbc:IdentificationCode", &address.country));
}

fn scheme(d: &mut Draft, id: &str) {
    d.group("cac:TaxScheme", |d| d.leaf("cbc:ID", &[], id));
}

fn write_delivery(d: &mut Draft, delivery: &Delivery) {
    d.group("cac:Delivery", |d| {
        d.day("cbc:ActualDeliveryDate", delivery.on);
        d.group_if_any("cac:DeliveryLocation", |d| {
            if let Some(location) = &delivery.location {
                d.identifier("cbc:ID", location);
            }
            if let Some(address) = &delivery.address {
                d.group("cac:Address", |d| write_address(d, address));
            }
        });
        d.group_if_any("cac:DeliveryParty", |d| {
            d.group_if_any("cac:PartyName", |d| d.text("cbc:Name", &delivery.party_name));
        });
    });
}

fn settlement(d: &mut Draft, i: &EInvoice, is_credit: bool) {
    for payment in &i.payment {
        write_payment(d, payment, if is_credit { i.due_on } else { None });
    }
    for terms in &i.payment_terms {
        d.group("cac:PaymentTerms", |d| d.leaf("cbc:Note", &[], terms));
    }
    for allowance in &i.allowances {
        write_allowance(d, allowance, &i.currency);
    }
    for total in &i.tax_totals {
        write_tax_total(d, total, &i.currency);
    }
    let t = &i.totals;
    d.group_if_any("cac:LegalMonetaryTotal", |d| {
        amount(d, "cbc:LineExtensionAmount", t.line_total, &i.currency);
        amount(d, "cbc:TaxExclusiveAmount", t.tax_exclusive, &i.currency);
        amount(d, "cbc:TaxInclusiveAmount", t.tax_inclusive, &i.currency);
        amount(d, "cbc:AllowanceTotalAmount", t.allowances, &i.currency);
        amount(d, "cbc:ChargeTotalAmount", t.charges, &i.currency);
        amount(d, "cbc:PrepaidAmount", t.prepaid, &i.currency);
        amount(d, "cbc:PayableRoundingAmount", t.rounding, &i.currency);
        amount(d, "cbc:PayableAmount", t.payable, &i.currency);
    });
}

fn amount(d: &mut Draft, name: &str, amount: Option<Decimal>, currency: &Text) {
    d.measure(name, amount, "currencyID", currency);
}

fn write_payment(d: &mut Draft, payment: &Payment, due_on: Option<receivables::Date>) {
    d.group("cac:PaymentMeans", |d| {
        if let Some(code) = &payment.means_code {
            d.leaf("cbc:PaymentMeansCode", &[("name", &payment.means_text)], code);
        }
        d.day("cbc:PaymentDueDate", due_on);
        d.text("cbc:PaymentID", &payment.remittance);
        if let Some(card) = &payment.card {
            d.group("cac:CardAccount", |d| {
                d.text("cbc:PrimaryAccountNumberID", &card.number);
                d.leaf("cbc:NetworkID", &[], NO_NETWORK);
                d.text("cbc:HolderName", &card.holder);
            });
        }
        if let Some(account) = &payment.account {
            d.group("cac:PayeeFinancialAccount", |d| {
                d.text("cbc:ID", &account.id);
                d.text("cbc:Name", &account.name);
                d.group_if_any("cac:FinancialInstitutionBranch", |d| d.text("cbc:ID", &account.bank));
            });
        }
        d.group_if_any("cac:PaymentMandate", |d| {
            d.text("cbc:ID", &payment.mandate);
            d.group_if_any("cac:PayerFinancialAccount", |d| d.text("cbc:ID", &payment.debited_account));
        });
    });
}

fn write_allowance(d: &mut Draft, allowance: &Allowance, currency: &Text) {
    d.group("cac:AllowanceCharge", |d| {
        d.text("cbc:ChargeIndicator", &allowance.charge_indicator);
        d.text("cbc:AllowanceChargeReasonCode", &allowance.reason_code);
        d.text("cbc:AllowanceChargeReason", &allowance.reason);
        d.number("cbc:MultiplierFactorNumeric", allowance.percent);
        amount(d, "cbc:Amount", allowance.amount, currency);
        amount(d, "cbc:BaseAmount", allowance.base, currency);
        if let Some(tax) = &allowance.tax {
            d.group("cac:TaxCategory", |d| write_tax(d, tax));
        }
    });
}

fn write_tax(d: &mut Draft, tax: &Tax) {
    d.text("cbc:ID", &tax.category);
    d.number("cbc:Percent", tax.rate);
    d.text("cbc:TaxExemptionReasonCode", &tax.exemption_code);
    d.text("cbc:TaxExemptionReason", &tax.exemption_reason);
    d.group_if_any("cac:TaxScheme", |d| d.text("cbc:ID", &tax.scheme));
}

fn write_tax_total(d: &mut Draft, total: &TaxTotal, currency: &Text) {
    d.group("cac:TaxTotal", |d| {
        amount(d, "cbc:TaxAmount", total.amount, &total.currency);
        for group in &total.breakdown {
            d.group("cac:TaxSubtotal", |d| {
                amount(d, "cbc:TaxableAmount", group.base, currency);
                amount(d, "cbc:TaxAmount", group.amount, currency);
                d.group("cac:TaxCategory", |d| write_tax(d, &group.tax));
            });
        }
    });
}

fn write_line(d: &mut Draft, line: &Line, currency: &Text, is_credit: bool) {
    let (name, quantity) = if is_credit {
        ("cac:CreditNoteLine", "cbc:CreditedQuantity")
    } else {
        ("cac:InvoiceLine", "cbc:InvoicedQuantity")
    };
    d.group(name, |d| {
        d.text("cbc:ID", &line.id);
        for note in &line.notes {
            d.leaf("cbc:Note", &[], note);
        }
        d.measure(quantity, line.quantity, "unitCode", &line.unit);
        amount(d, "cbc:LineExtensionAmount", line.net, currency);
        d.text("cbc:AccountingCost", &line.buyer_accounting);
        if let Some(period) = &line.period {
            d.group("cac:InvoicePeriod", |d| days(d, Some(period)));
        }
        d.group_if_any("cac:OrderLineReference", |d| d.text("cbc:LineID", &line.order_line));
        for (object, kind) in &line.objects {
            d.group("cac:DocumentReference", |d| {
                d.identifier("cbc:ID", object);
                d.text("cbc:DocumentTypeCode", kind);
            });
        }
        for allowance in &line.allowances {
            write_allowance(d, allowance, currency);
        }
        d.group_if_any("cac:Item", |d| write_item(d, &line.item, line.tax.as_ref()));
        write_price(d, line, currency);
    });
}

fn write_item(d: &mut Draft, item: &Item, tax: Option<&Tax>) {
    d.text("cbc:Description", &item.description);
    d.text("cbc:Name", &item.name);
    d.group_if_any("cac:BuyersItemIdentification", |d| d.text("cbc:ID", &item.buyer_id));
    d.group_if_any("cac:SellersItemIdentification", |d| d.text("cbc:ID", &item.seller_id));
    if let Some(id) = &item.standard_id {
        d.group("cac:StandardItemIdentification", |d| d.identifier("cbc:ID", id));
    }
    d.group_if_any("cac:OriginCountry", |d| d.text("cbc:IdentificationCode", &item.origin_country));
    for (code, version) in &item.classifications {
        let attributes = [("listID", &code.scheme), ("listVersionID", version)];
        d.group("cac:CommodityClassification", |d| d.leaf("cbc:ItemClassificationCode", &attributes, &code.id));
    }
    if let Some(tax) = tax {
        d.group("cac:ClassifiedTaxCategory", |d| write_tax(d, tax));
    }
    for (name, value) in &item.attributes {
        d.group("cac:AdditionalItemProperty", |d| {
            d.text("cbc:Name", name);
            d.text("cbc:Value", value);
        });
    }
}

fn write_price(d: &mut Draft, line: &Line, currency: &Text) {
    let price = &line.price;
    d.group_if_any("cac:Price", |d| {
        amount(d, "cbc:PriceAmount", price.net, currency);
        d.measure("cbc:BaseQuantity", price.base_quantity, "unitCode", &price.base_unit);
        d.group_if_any("cac:AllowanceCharge", |d| {
            d.text("cbc:ChargeIndicator", &price.discount_indicator);
            amount(d, "cbc:Amount", price.discount, currency);
            amount(d, "cbc:BaseAmount", price.gross, currency);
        });
    });
}
