//! The model, written as UN/CEFACT CII (D16B) in the order of its schema.

use receivables::Date;

use super::super::draft::Draft;
use super::super::{
    Account, Address, Allowance, Delivery, EInvoice, Identifier, Item, Line, Paper, Party, Payment, Period, Tax,
    TaxGroup, TaxRegistration, Text,
};
use super::{OBJECT, TENDER};

/// What any other paper is (UNTDID 1001: related document).
const RELATED: &str = "916";

const NAMESPACES: [(&str, &str); 4] = [
    ("xmlns:rsm", "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"),
    ("xmlns:ram", "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"),
    ("xmlns:udt", "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"),
    ("xmlns:qdt", "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"),
];

pub(in super::super) fn write(invoice: &EInvoice) -> String {
    let mut draft = Draft::new();
    draft.root("rsm:CrossIndustryInvoice", &NAMESPACES, |d| {
        d.group("rsm:ExchangedDocumentContext", |d| context(d, invoice));
        d.group("rsm:ExchangedDocument", |d| document(d, invoice));
        d.group("rsm:SupplyChainTradeTransaction", |d| {
            for line in &invoice.lines {
                d.group("ram:IncludedSupplyChainTradeLineItem", |d| write_line(d, line));
            }
            d.group("ram:ApplicableHeaderTradeAgreement", |d| agreement(d, invoice));
            d.group("ram:ApplicableHeaderTradeDelivery", |d| delivered(d, invoice));
            d.group("ram:ApplicableHeaderTradeSettlement", |d| settlement(d, invoice));
        });
    });
    draft.finish()
}

fn context(d: &mut Draft, i: &EInvoice) {
    d.group_if_any("ram:BusinessProcessSpecifiedDocumentContextParameter", |d| d.text("ram:ID", &i.business_process));
    d.group_if_any("ram:GuidelineSpecifiedDocumentContextParameter", |d| d.text("ram:ID", &i.specification));
}

fn document(d: &mut Draft, i: &EInvoice) {
    d.text("ram:ID", &i.number);
    d.text("ram:TypeCode", &i.type_code);
    day(d, "ram:IssueDateTime", "udt:DateTimeString", i.issued_on);
    for note in &i.notes {
        d.group("ram:IncludedNote", |d| {
            d.leaf("ram:Content", &[], &note.text);
            d.text("ram:SubjectCode", &note.subject);
        });
    }
}

/// A day in the format 102 of UN/CEFACT: `20260915`.
fn day(d: &mut Draft, name: &str, leaf: &str, day: Option<Date>) {
    if let Some(day) = day {
        let format = Some("102".to_owned());
        d.group(name, |d| d.leaf(leaf, &[("format", &format)], &day.to_string().replace('-', "")));
    }
}

fn agreement(d: &mut Draft, i: &EInvoice) {
    let r = &i.references;
    d.text("ram:BuyerReference", &i.buyer_reference);
    party(d, "ram:SellerTradeParty", &i.seller);
    party(d, "ram:BuyerTradeParty", &i.buyer);
    party(d, "ram:SellerTaxRepresentativeTradeParty", &i.tax_representative);
    named(d, "ram:SellerOrderReferencedDocument", &r.sales_order);
    named(d, "ram:BuyerOrderReferencedDocument", &r.purchase_order);
    named(d, "ram:ContractReferencedDocument", &r.contract);
    for paper in &i.papers {
        write_paper(d, paper);
    }
    if let Some(tender) = &r.tender {
        reference(d, &Identifier { id: tender.clone(), scheme: None }, TENDER);
    }
    for object in &r.objects {
        reference(d, object, OBJECT);
    }
    if let Some(project) = &r.project {
        d.group("ram:SpecifiedProcuringProject", |d| {
            d.leaf("ram:ID", &[], project);
            // The schema asks for a name, which the standard does not know.
            d.leaf("ram:Name", &[], project);
        });
    }
}

fn named(d: &mut Draft, name: &str, id: &Text) {
    d.group_if_any(name, |d| d.text("ram:IssuerAssignedID", id));
}

fn reference(d: &mut Draft, object: &Identifier, kind: &str) {
    d.group("ram:AdditionalReferencedDocument", |d| {
        d.leaf("ram:IssuerAssignedID", &[], &object.id);
        d.leaf("ram:TypeCode", &[], kind);
        d.text("ram:ReferenceTypeCode", &object.scheme);
    });
}

fn write_paper(d: &mut Draft, paper: &Paper) {
    d.group("ram:AdditionalReferencedDocument", |d| {
        d.text("ram:IssuerAssignedID", &paper.id);
        d.text("ram:URIID", &paper.location);
        d.leaf("ram:TypeCode", &[], RELATED);
        d.text("ram:Name", &paper.description);
        if let Some(file) = &paper.embedded {
            let attributes = [("mimeCode", &file.mime), ("filename", &file.file_name)];
            d.leaf("ram:AttachmentBinaryObject", &attributes, &file.content);
        }
    });
}

fn party(d: &mut Draft, name: &str, party: &Option<Party>) {
    if let Some(party) = party {
        d.group(name, |d| write_party(d, party));
    }
}

fn write_party(d: &mut Draft, party: &Party) {
    for identifier in party.identifiers.iter().filter(|i| i.scheme.is_none()) {
        d.identifier("ram:ID", identifier);
    }
    for identifier in party.identifiers.iter().filter(|i| i.scheme.is_some()) {
        d.identifier("ram:GlobalID", identifier);
    }
    d.text("ram:Name", &party.name);
    d.text("ram:Description", &party.legal_form);
    d.group_if_any("ram:SpecifiedLegalOrganization", |d| {
        if let Some(registration) = party.legal_registrations.first() {
            d.identifier("ram:ID", registration);
        }
        d.text("ram:TradingBusinessName", &party.trading_name);
    });
    if let Some(contact) = &party.contact {
        d.group("ram:DefinedTradeContact", |d| {
            d.text("ram:PersonName", &contact.name);
            let number = |d: &mut Draft| d.text("ram:CompleteNumber", &contact.telephone);
            d.group_if_any("ram:TelephoneUniversalCommunication", number);
            d.group_if_any("ram:EmailURIUniversalCommunication", |d| d.text("ram:URIID", &contact.email));
        });
    }
    if let Some(address) = &party.address {
        d.group("ram:PostalTradeAddress", |d| write_address(d, address));
    }
    if let Some(address) = &party.electronic_address {
        d.group("ram:URIUniversalCommunication", |d| d.identifier("ram:URIID", address));
    }
    for registration in &party.tax_registrations {
        d.group("ram:SpecifiedTaxRegistration", |d| write_tax_registration(d, registration));
    }
}

fn write_address(d: &mut Draft, address: &Address) {
    d.text("ram:PostcodeCode", &address.postcode);
    d.text("ram:LineOne", &address.street);
    d.text("ram:LineTwo", &address.street_more);
    d.text("ram:LineThree", &address.street_third);
    d.text("ram:CityName", &address.city);
    d.text("ram:CountryID", &address.country);
    d.text("ram:CountrySubDivisionName", &address.region);
}

/// `VA` is a VAT number, `FC` another one of a tax office.
fn write_tax_registration(d: &mut Draft, registration: &TaxRegistration) {
    let scheme = Some(if registration.vat { "VA" } else { "FC" }.to_owned());
    if let Some(id) = &registration.id {
        d.leaf("ram:ID", &[("schemeID", &scheme)], id);
    }
}

fn delivered(d: &mut Draft, i: &EInvoice) {
    if let Some(delivery) = &i.delivery {
        write_delivery(d, delivery);
    }
    named(d, "ram:DespatchAdviceReferencedDocument", &i.references.despatch_advice);
    named(d, "ram:ReceivingAdviceReferencedDocument", &i.references.receiving_advice);
}

fn write_delivery(d: &mut Draft, delivery: &Delivery) {
    let to = |d: &mut Draft| {
        if let Some(location) = &delivery.location {
            let name = if location.scheme.is_some() { "ram:GlobalID" } else { "ram:ID" };
            d.identifier(name, location);
        }
        d.text("ram:Name", &delivery.party_name);
        if let Some(address) = &delivery.address {
            d.group("ram:PostalTradeAddress", |d| write_address(d, address));
        }
    };
    match delivery.on {
        None => d.group("ram:ShipToTradeParty", to),
        Some(_) => d.group_if_any("ram:ShipToTradeParty", to),
    }
    d.group_if_any("ram:ActualDeliverySupplyChainEvent", |d| {
        day(d, "ram:OccurrenceDateTime", "udt:DateTimeString", delivery.on);
    });
}

fn settlement(d: &mut Draft, i: &EInvoice) {
    d.text("ram:PaymentReference", &i.payment.iter().find_map(|p| p.remittance.clone()));
    d.text("ram:TaxCurrencyCode", &i.tax_currency);
    d.text("ram:InvoiceCurrencyCode", &i.currency);
    party(d, "ram:PayeeTradeParty", &i.payee);
    for payment in &i.payment {
        d.group("ram:SpecifiedTradeSettlementPaymentMeans", |d| write_payment(d, payment));
    }
    for (at, group) in i.breakdown().enumerate() {
        let on = i.tax_point_on.filter(|_| at == 0);
        d.group("ram:ApplicableTradeTax", |d| write_group(d, group, on, i.tax_point_codes.get(at)));
    }
    write_period(d, i.period.as_ref());
    for allowance in &i.allowances {
        write_allowance(d, allowance);
    }
    write_terms(d, i);
    d.group_if_any("ram:SpecifiedTradeSettlementHeaderMonetarySummation", |d| summation(d, i));
    for preceding in &i.preceding {
        d.group("ram:InvoiceReferencedDocument", |d| {
            d.text("ram:IssuerAssignedID", &preceding.number);
            day(d, "ram:FormattedIssueDateTime", "qdt:DateTimeString", preceding.issued_on);
        });
    }
    let account = |d: &mut Draft| d.text("ram:ID", &i.buyer_accounting);
    d.group_if_any("ram:ReceivableSpecifiedTradeAccountingAccount", account);
}

fn write_payment(d: &mut Draft, payment: &Payment) {
    d.text("ram:TypeCode", &payment.means_code);
    d.text("ram:Information", &payment.means_text);
    if let Some(card) = &payment.card {
        d.group("ram:ApplicableTradeSettlementFinancialCard", |d| {
            d.text("ram:ID", &card.number);
            d.text("ram:CardholderName", &card.holder);
        });
    }
    let debited = |d: &mut Draft| d.text("ram:IBANID", &payment.debited_account);
    d.group_if_any("ram:PayerPartyDebtorFinancialAccount", debited);
    if let Some(account) = &payment.account {
        d.group("ram:PayeePartyCreditorFinancialAccount", |d| write_account(d, account));
        d.group_if_any("ram:PayeeSpecifiedCreditorFinancialInstitution", |d| d.text("ram:BICID", &account.bank));
    }
}

fn write_account(d: &mut Draft, account: &Account) {
    let is_iban = account.id.as_deref().is_some_and(|id| {
        let start: Vec<u8> = id.bytes().take(4).collect();
        matches!(start.as_slice(), [a, b, c, e] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && e.is_ascii_digit())
    });
    if is_iban {
        d.text("ram:IBANID", &account.id);
    }
    d.text("ram:AccountName", &account.name);
    if !is_iban {
        d.text("ram:ProprietaryID", &account.id);
    }
}

fn write_group(d: &mut Draft, group: &TaxGroup, tax_point_on: Option<Date>, tax_point_code: Option<&String>) {
    let tax = &group.tax;
    d.number("ram:CalculatedAmount", group.amount);
    d.text("ram:TypeCode", &tax.scheme);
    d.text("ram:ExemptionReason", &tax.exemption_reason);
    d.number("ram:BasisAmount", group.base);
    d.text("ram:CategoryCode", &tax.category);
    d.text("ram:ExemptionReasonCode", &tax.exemption_code);
    day(d, "ram:TaxPointDate", "udt:DateString", tax_point_on);
    if let Some(code) = tax_point_code {
        d.leaf("ram:DueDateTypeCode", &[], code);
    }
    d.number("ram:RateApplicablePercent", tax.rate);
}

fn write_tax(d: &mut Draft, tax: &Tax) {
    d.text("ram:TypeCode", &tax.scheme);
    d.text("ram:ExemptionReason", &tax.exemption_reason);
    d.text("ram:CategoryCode", &tax.category);
    d.text("ram:ExemptionReasonCode", &tax.exemption_code);
    d.number("ram:RateApplicablePercent", tax.rate);
}

fn write_period(d: &mut Draft, period: Option<&Period>) {
    if let Some(period) = period {
        d.group("ram:BillingSpecifiedPeriod", |d| {
            day(d, "ram:StartDateTime", "udt:DateTimeString", period.from);
            day(d, "ram:EndDateTime", "udt:DateTimeString", period.to);
        });
    }
}

fn write_allowance(d: &mut Draft, allowance: &Allowance) {
    d.group("ram:SpecifiedTradeAllowanceCharge", |d| {
        d.group_if_any("ram:ChargeIndicator", |d| d.text("udt:Indicator", &allowance.charge_indicator));
        d.number("ram:CalculationPercent", allowance.percent);
        d.number("ram:BasisAmount", allowance.base);
        d.number("ram:ActualAmount", allowance.amount);
        d.text("ram:ReasonCode", &allowance.reason_code);
        d.text("ram:Reason", &allowance.reason);
        if let Some(tax) = &allowance.tax {
            d.group("ram:CategoryTradeTax", |d| write_tax(d, tax));
        }
    });
}

/// The due day and the mandate stand with the first of the terms.
fn write_terms(d: &mut Draft, i: &EInvoice) {
    let mut terms = i.payment_terms.iter();
    d.group_if_any("ram:SpecifiedTradePaymentTerms", |d| {
        d.text("ram:Description", &terms.next().cloned());
        day(d, "ram:DueDateDateTime", "udt:DateTimeString", i.due_on);
        d.text("ram:DirectDebitMandateID", &i.payment.iter().find_map(|p| p.mandate.clone()));
    });
    for more in terms {
        d.group("ram:SpecifiedTradePaymentTerms", |d| d.leaf("ram:Description", &[], more));
    }
}

fn summation(d: &mut Draft, i: &EInvoice) {
    let t = &i.totals;
    d.number("ram:LineTotalAmount", t.line_total);
    d.number("ram:ChargeTotalAmount", t.charges);
    d.number("ram:AllowanceTotalAmount", t.allowances);
    d.number("ram:TaxBasisTotalAmount", t.tax_exclusive);
    for total in &i.tax_totals {
        d.measure("ram:TaxTotalAmount", total.amount, "currencyID", &total.currency);
    }
    d.number("ram:RoundingAmount", t.rounding);
    d.number("ram:GrandTotalAmount", t.tax_inclusive);
    d.number("ram:TotalPrepaidAmount", t.prepaid);
    d.number("ram:DuePayableAmount", t.payable);
}

fn write_line(d: &mut Draft, line: &Line) {
    d.group("ram:AssociatedDocumentLineDocument", |d| {
        d.text("ram:LineID", &line.id);
        d.text("ram:ParentLineID", &line.parent);
        d.text("ram:LineStatusReasonCode", &line.status);
        for note in &line.notes {
            d.group("ram:IncludedNote", |d| d.leaf("ram:Content", &[], note));
        }
    });
    d.group("ram:SpecifiedTradeProduct", |d| write_item(d, &line.item));
    d.group("ram:SpecifiedLineTradeAgreement", |d| write_price(d, line));
    d.group_if_any("ram:SpecifiedLineTradeDelivery", |d| {
        d.measure("ram:BilledQuantity", line.quantity, "unitCode", &line.unit);
    });
    d.group("ram:SpecifiedLineTradeSettlement", |d| {
        if let Some(tax) = &line.tax {
            d.group("ram:ApplicableTradeTax", |d| write_tax(d, tax));
        }
        write_period(d, line.period.as_ref());
        for allowance in &line.allowances {
            write_allowance(d, allowance);
        }
        d.group_if_any("ram:SpecifiedTradeSettlementLineMonetarySummation", |d| {
            d.number("ram:LineTotalAmount", line.net);
        });
        for (object, kind) in &line.objects {
            d.group("ram:AdditionalReferencedDocument", |d| {
                d.leaf("ram:IssuerAssignedID", &[], &object.id);
                d.text("ram:TypeCode", kind);
                d.text("ram:ReferenceTypeCode", &object.scheme);
            });
        }
        let account = |d: &mut Draft| d.text("ram:ID", &line.buyer_accounting);
        d.group_if_any("ram:ReceivableSpecifiedTradeAccountingAccount", account);
    });
}

fn write_item(d: &mut Draft, item: &Item) {
    if let Some(id) = &item.standard_id {
        d.identifier("ram:GlobalID", id);
    }
    d.text("ram:SellerAssignedID", &item.seller_id);
    d.text("ram:BuyerAssignedID", &item.buyer_id);
    d.text("ram:Name", &item.name);
    d.text("ram:Description", &item.description);
    for (name, value) in &item.attributes {
        d.group("ram:ApplicableProductCharacteristic", |d| {
            d.text("ram:Description", name);
            d.text("ram:Value", value);
        });
    }
    for (code, version) in &item.classifications {
        let attributes = [("listID", &code.scheme), ("listVersionID", version)];
        d.group("ram:DesignatedProductClassification", |d| d.leaf("ram:ClassCode", &attributes, &code.id));
    }
    d.group_if_any("ram:OriginTradeCountry", |d| d.text("ram:ID", &item.origin_country));
}

fn write_price(d: &mut Draft, line: &Line) {
    let price = &line.price;
    d.group_if_any("ram:BuyerOrderReferencedDocument", |d| d.text("ram:LineID", &line.order_line));
    d.group_if_any("ram:GrossPriceProductTradePrice", |d| {
        d.number("ram:ChargeAmount", price.gross);
        d.group_if_any("ram:AppliedTradeAllowanceCharge", |d| {
            d.group_if_any("ram:ChargeIndicator", |d| d.text("udt:Indicator", &price.discount_indicator));
            d.number("ram:ActualAmount", price.discount);
        });
    });
    d.group_if_any("ram:NetPriceProductTradePrice", |d| {
        d.number("ram:ChargeAmount", price.net);
        d.measure("ram:BasisQuantity", price.base_quantity, "unitCode", &price.base_unit);
    });
}
