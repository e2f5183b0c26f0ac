//! UBL 2.1 Invoice and CreditNote, read into the model. Elements that the standard does not use are passed over.

use super::leaf::{attribute, day, identifier, identifiers, number, own, text, texts};
use super::{
    Account, Address, Allowance, Card, Contact, Delivery, EInvoice, Embedded, Item, Line, Note, Paper, Party, Payment,
    Period, Preceding, Price, References, Syntax, Tax, TaxGroup, TaxRegistration, TaxTotal, Text, Totals,
};
use crate::fault::Fault;
use crate::xml::Node;

mod write;

pub(super) use write::write;

/// What an additional document is that names the object invoiced (UNTDID 1001).
const OBJECT: &str = "130";
/// What an additional document is that names the project, in a credit note (UNTDID 1001).
const PROJECT: &str = "50";

pub(super) fn read(root: &Node, syntax: Syntax) -> Result<EInvoice, Fault> {
    let type_code = match syntax {
        // Some write the element of an invoice in a credit note.
        Syntax::UblCreditNote => text(root, "CreditNoteTypeCode").or_else(|| text(root, "InvoiceTypeCode")),
        _ => text(root, "InvoiceTypeCode"),
    };
    let payment: Vec<Payment> = root.all("PaymentMeans").map(payment).collect();
    let due_on = match day(root, "DueDate")? {
        Some(day) => Some(day),
        None => root.all("PaymentMeans").find_map(|p| day(p, "PaymentDueDate").transpose()).transpose()?,
    };
    Ok(EInvoice {
        syntax,
        specification: text(root, "CustomizationID"),
        business_process: text(root, "ProfileID"),
        number: text(root, "ID"),
        issued_on: day(root, "IssueDate")?,
        type_code,
        currency: text(root, "DocumentCurrencyCode"),
        tax_currency: text(root, "TaxCurrencyCode"),
        tax_point_on: day(root, "TaxPointDate")?,
        tax_point_codes: root.all("InvoicePeriod").flat_map(|p| texts(p, "DescriptionCode")).collect(),
        due_on,
        buyer_reference: text(root, "BuyerReference"),
        references: references(root),
        buyer_accounting: text(root, "AccountingCost"),
        payment_terms: root.all("PaymentTerms").filter_map(|terms| text(terms, "Note")).collect(),
        notes: texts(root, "Note").into_iter().map(note).collect(),
        preceding: root.all("BillingReference").map(preceding).collect::<Result<_, _>>()?,
        seller: root.at("AccountingSupplierParty").map(|p| trading(within(p))),
        buyer: root.at("AccountingCustomerParty").map(|p| trading(within(p))),
        payee: root.at("PayeeParty").map(|p| other(within(p))),
        tax_representative: root.at("TaxRepresentativeParty").map(|p| other(within(p))),
        delivery: root.at("Delivery").map(delivery).transpose()?,
        period: root.at("InvoicePeriod").map(period).transpose()?,
        payment,
        allowances: root.all("AllowanceCharge").map(allowance).collect::<Result<_, _>>()?,
        totals: root.at("LegalMonetaryTotal").map(totals).transpose()?.unwrap_or_default(),
        tax_totals: root.all("TaxTotal").map(tax_total).collect::<Result<_, _>>()?,
        papers: papers(root),
        lines: lines(root).map(line).collect::<Result<_, _>>()?,
        amount_currencies: currencies(root),
    })
}

/// Parties stand in a `Party` of their own; those of payee and tax representative should not, but some do.
fn within(party: &Node) -> &Node {
    party.at("Party").unwrap_or(party)
}

fn lines(root: &Node) -> impl Iterator<Item = &Node> {
    root.children.iter().filter(|c| matches!(c.name.as_str(), "InvoiceLine" | "CreditNoteLine"))
}

fn kind(document: &Node) -> Text {
    text(document, "DocumentTypeCode")
}

fn references(root: &Node) -> References {
    let additional = || root.all("AdditionalDocumentReference");
    let projects: Vec<&Node> =
        root.all("ProjectReference").chain(additional().filter(|d| kind(d).as_deref() == Some(PROJECT))).collect();
    References {
        project: projects.first().and_then(|p| text(p, "ID")),
        projects: projects.len(),
        contract: text(root, "ContractDocumentReference/ID"),
        purchase_order: text(root, "OrderReference/ID"),
        sales_order: text(root, "OrderReference/SalesOrderID"),
        receiving_advice: text(root, "ReceiptDocumentReference/ID"),
        despatch_advice: text(root, "DespatchDocumentReference/ID"),
        tender: text(root, "OriginatorDocumentReference/ID"),
        objects: identifiers(additional().filter(|d| kind(d).as_deref() == Some(OBJECT)), "ID"),
    }
}

/// `#AAI#text`: the subject stands between two marks (the binding of EN 16931 to UBL, BT-21).
fn note(written: String) -> Note {
    let parts = written.strip_prefix('#').and_then(|rest| rest.split_once('#'));
    match parts {
        Some((subject, text)) if subject.len() == 3 => {
            Note { subject: Some(subject.to_owned()), text: text.to_owned() }
        }
        _ => Note { subject: None, text: written },
    }
}

fn preceding(reference: &Node) -> Result<Preceding, Fault> {
    Ok(Preceding {
        number: text(reference, "InvoiceDocumentReference/ID"),
        issued_on: day(reference, "InvoiceDocumentReference/IssueDate")?,
    })
}

/// Seller or buyer, whose name is that of the legal entity.
fn trading(party: &Node) -> Party {
    Party {
        name: text(party, "PartyLegalEntity/RegistrationName"),
        trading_name: text(party, "PartyName/Name"),
        ..anybody(party)
    }
}

/// Payee or tax representative, who have one name.
fn other(party: &Node) -> Party {
    Party { name: text(party, "PartyName/Name"), ..anybody(party) }
}

fn anybody(party: &Node) -> Party {
    Party {
        name: None,
        trading_name: None,
        identifiers: identifiers(party.all("PartyIdentification"), "ID"),
        legal_registrations: identifiers(party.all("PartyLegalEntity"), "CompanyID"),
        tax_registrations: party.all("PartyTaxScheme").map(tax_registration).collect(),
        legal_form: text(party, "PartyLegalEntity/CompanyLegalForm"),
        electronic_address: party.at("EndpointID").map(identifier),
        address: party.at("PostalAddress").map(address),
        contact: party.at("Contact").map(|contact| Contact {
            name: text(contact, "Name"),
            telephone: text(contact, "Telephone"),
            email: text(contact, "ElectronicMail"),
        }),
    }
}

fn tax_registration(scheme: &Node) -> TaxRegistration {
    let name = text(scheme, "TaxScheme/ID").unwrap_or_default();
    TaxRegistration { id: text(scheme, "CompanyID"), vat: name.eq_ignore_ascii_case("VAT") }
}

fn address(address: &Node) -> Address {
    Address {
        street: text(address, "StreetName"),
        street_more: text(address, "AdditionalStreetName"),
        street_third: text(address, "AddressLine/Line"),
        city: text(address, "CityName"),
        postcode: text(address, "PostalZone"),
        region: text(address, "CountrySubentity"),
        country: text(address, "Country/IdentificationCode"),
    }
}

fn delivery(delivery: &Node) -> Result<Delivery, Fault> {
    Ok(Delivery {
        party_name: text(delivery, "DeliveryParty/PartyName/Name"),
        location: delivery.at("DeliveryLocation/ID").map(identifier),
        on: day(delivery, "ActualDeliveryDate")?,
        address: delivery.at("DeliveryLocation/Address").map(address),
    })
}

fn period(period: &Node) -> Result<Period, Fault> {
    Ok(Period { from: day(period, "StartDate")?, to: day(period, "EndDate")? })
}

fn payment(means: &Node) -> Payment {
    Payment {
        means_code: text(means, "PaymentMeansCode"),
        means_text: attribute(means, "PaymentMeansCode", "name"),
        remittance: text(means, "PaymentID"),
        account: means.at("PayeeFinancialAccount").map(|account| Account {
            id: text(account, "ID"),
            name: text(account, "Name"),
            bank: text(account, "FinancialInstitutionBranch/ID"),
        }),
        card: means
            .at("CardAccount")
            .map(|card| Card { number: text(card, "PrimaryAccountNumberID"), holder: text(card, "HolderName") }),
        mandate: text(means, "PaymentMandate/ID"),
        debited_account: text(means, "PaymentMandate/PayerFinancialAccount/ID"),
    }
}

fn allowance(allowance: &Node) -> Result<Allowance, Fault> {
    Ok(Allowance {
        charge_indicator: text(allowance, "ChargeIndicator"),
        amount: number(allowance, "Amount")?,
        base: number(allowance, "BaseAmount")?,
        percent: number(allowance, "MultiplierFactorNumeric")?,
        reason: text(allowance, "AllowanceChargeReason"),
        reason_code: text(allowance, "AllowanceChargeReasonCode"),
        tax: allowance.at("TaxCategory").map(tax).transpose()?,
    })
}

fn tax(category: &Node) -> Result<Tax, Fault> {
    Ok(Tax {
        category: text(category, "ID"),
        rate: number(category, "Percent")?,
        exemption_reason: text(category, "TaxExemptionReason"),
        exemption_code: text(category, "TaxExemptionReasonCode"),
        scheme: text(category, "TaxScheme/ID"),
    })
}

fn totals(total: &Node) -> Result<Totals, Fault> {
    Ok(Totals {
        line_total: number(total, "LineExtensionAmount")?,
        allowances: number(total, "AllowanceTotalAmount")?,
        charges: number(total, "ChargeTotalAmount")?,
        tax_exclusive: number(total, "TaxExclusiveAmount")?,
        tax_inclusive: number(total, "TaxInclusiveAmount")?,
        prepaid: number(total, "PrepaidAmount")?,
        rounding: number(total, "PayableRoundingAmount")?,
        payable: number(total, "PayableAmount")?,
    })
}

fn tax_total(total: &Node) -> Result<TaxTotal, Fault> {
    let group = |group: &Node| -> Result<TaxGroup, Fault> {
        Ok(TaxGroup {
            base: number(group, "TaxableAmount")?,
            amount: number(group, "TaxAmount")?,
            tax: group.at("TaxCategory").map(tax).transpose()?.unwrap_or_default(),
        })
    };
    Ok(TaxTotal {
        amount: number(total, "TaxAmount")?,
        currency: attribute(total, "TaxAmount", "currencyID"),
        breakdown: total.all("TaxSubtotal").map(group).collect::<Result<_, _>>()?,
    })
}

/// The papers, and any file that lies about elsewhere in the document.
fn papers(root: &Node) -> Vec<Paper> {
    let reference = |document: &Node| Paper {
        id: text(document, "ID"),
        description: text(document, "DocumentDescription"),
        location: text(document, "Attachment/ExternalReference/URI"),
        embedded: document.at("Attachment/EmbeddedDocumentBinaryObject").map(embedded),
    };
    let is_paper = |d: &&Node| !matches!(kind(d).as_deref(), Some(OBJECT | PROJECT));
    let astray = root.all("EmbeddedDocumentBinaryObject");
    let astray = astray.map(|object| Paper { embedded: Some(embedded(object)), ..Paper::default() });
    root.all("AdditionalDocumentReference").filter(is_paper).map(reference).chain(astray).collect()
}

fn embedded(object: &Node) -> Embedded {
    let attribute = |name: &str| object.attribute(name).map(str::to_owned);
    Embedded { mime: attribute("mimeCode"), file_name: attribute("filename"), content: own(object) }
}

fn line(line: &Node) -> Result<Line, Fault> {
    let quantity = if line.at("CreditedQuantity").is_some() { "CreditedQuantity" } else { "InvoicedQuantity" };
    Ok(Line {
        id: text(line, "ID"),
        parent: None,
        status: None,
        notes: texts(line, "Note"),
        objects: line
            .all("DocumentReference")
            .map(|d| (d.at("ID").map(identifier).unwrap_or_default(), kind(d)))
            .collect(),
        quantity: number(line, quantity)?,
        unit: attribute(line, quantity, "unitCode"),
        net: number(line, "LineExtensionAmount")?,
        order_line: text(line, "OrderLineReference/LineID"),
        buyer_accounting: text(line, "AccountingCost"),
        period: line.at("InvoicePeriod").map(period).transpose()?,
        allowances: line.all("AllowanceCharge").map(allowance).collect::<Result<_, _>>()?,
        price: line.at("Price").map(price).transpose()?.unwrap_or_default(),
        tax: line.at("Item/ClassifiedTaxCategory").map(tax).transpose()?,
        item: line.at("Item").map(item).unwrap_or_default(),
    })
}

fn price(price: &Node) -> Result<Price, Fault> {
    Ok(Price {
        net: number(price, "PriceAmount")?,
        discount: number(price, "AllowanceCharge/Amount")?,
        discount_indicator: text(price, "AllowanceCharge/ChargeIndicator"),
        gross: number(price, "AllowanceCharge/BaseAmount")?,
        base_quantity: number(price, "BaseQuantity")?,
        base_unit: attribute(price, "BaseQuantity", "unitCode"),
    })
}

fn item(item: &Node) -> Item {
    let classification = |c: &Node| {
        let code = c.at("ItemClassificationCode")?;
        let attribute = |name: &str| code.attribute(name).map(str::to_owned);
        Some((super::Identifier { id: own(code), scheme: attribute("listID") }, attribute("listVersionID")))
    };
    Item {
        name: text(item, "Name"),
        description: text(item, "Description"),
        seller_id: text(item, "SellersItemIdentification/ID"),
        buyer_id: text(item, "BuyersItemIdentification/ID"),
        standard_id: item.at("StandardItemIdentification/ID").map(identifier),
        classifications: item.all("CommodityClassification").filter_map(classification).collect(),
        origin_country: text(item, "OriginCountry/IdentificationCode"),
        attributes: item.all("AdditionalItemProperty").map(|p| (text(p, "Name"), text(p, "Value"))).collect(),
    }
}

fn currencies(node: &Node) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        found.extend(node.attribute("currencyID").map(str::to_owned));
        open.extend(node.children.iter().rev());
    }
    found
}
