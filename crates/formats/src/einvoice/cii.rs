//! UN/CEFACT Cross Industry Invoice (CII), read into the model. Elements that the standard does not use are passed
//! over, but for two of Factur-X Extended that change the totals: groups of lines and charges for logistics.

use super::leaf::{attribute, day, identifier, identifiers, number, own, own_number, text, texts};
use super::{
    Account, Address, Allowance, Card, Contact, Delivery, EInvoice, Embedded, Identifier, Item, Line, Note, Paper,
    Party, Payment, Period, Preceding, Price, References, Syntax, Tax, TaxGroup, TaxRegistration, TaxTotal, Text,
    Totals,
};
use crate::fault::Fault;
use crate::xml::Node;

mod write;

pub(super) use write::write;

/// What an additional document is that names the object invoiced (UNTDID 1001).
const OBJECT: &str = "130";
/// What an additional document is that names the call for tenders (UNTDID 1001).
const TENDER: &str = "50";

pub(super) fn read(root: &Node) -> Result<EInvoice, Fault> {
    let nothing = Node::default();
    let part = |path: &str| root.at(path).unwrap_or(&nothing);
    let context = part("ExchangedDocumentContext");
    let document = part("ExchangedDocument");
    let trade = part("SupplyChainTradeTransaction");
    let part = |path: &str| trade.at(path).unwrap_or(&nothing);
    let agreement = part("ApplicableHeaderTradeAgreement");
    let delivered = part("ApplicableHeaderTradeDelivery");
    let settlement = part("ApplicableHeaderTradeSettlement");
    let taxes = || settlement.all("ApplicableTradeTax");
    let terms = || settlement.all("SpecifiedTradePaymentTerms");
    Ok(EInvoice {
        syntax: Syntax::Cii,
        specification: text(context, "GuidelineSpecifiedDocumentContextParameter/ID"),
        business_process: text(context, "BusinessProcessSpecifiedDocumentContextParameter/ID"),
        number: text(document, "ID"),
        issued_on: day(document, "IssueDateTime/DateTimeString")?,
        type_code: text(document, "TypeCode"),
        currency: text(settlement, "InvoiceCurrencyCode"),
        tax_currency: text(settlement, "TaxCurrencyCode"),
        tax_point_on: taxes().find_map(|t| day(t, "TaxPointDate/DateString").transpose()).transpose()?,
        tax_point_codes: taxes().filter_map(|t| text(t, "DueDateTypeCode")).collect(),
        due_on: terms().find_map(|t| day(t, "DueDateDateTime/DateTimeString").transpose()).transpose()?,
        buyer_reference: text(agreement, "BuyerReference"),
        references: references(agreement, delivered),
        buyer_accounting: text(settlement, "ReceivableSpecifiedTradeAccountingAccount/ID"),
        payment_terms: terms().filter_map(|t| text(t, "Description")).collect(),
        notes: document.all("IncludedNote").map(note).collect(),
        preceding: settlement.all("InvoiceReferencedDocument").map(preceding).collect::<Result<_, _>>()?,
        seller: agreement.at("SellerTradeParty").map(party),
        buyer: agreement.at("BuyerTradeParty").map(party),
        payee: settlement.at("PayeeTradeParty").map(party),
        tax_representative: agreement.at("SellerTaxRepresentativeTradeParty").map(party),
        delivery: delivery(delivered)?,
        period: settlement.at("BillingSpecifiedPeriod").map(period).transpose()?,
        payment: settlement.all("SpecifiedTradeSettlementPaymentMeans").map(|m| payment(settlement, m)).collect(),
        allowances: allowances(settlement)?,
        totals: totals(settlement)?,
        tax_totals: tax_totals(settlement)?,
        papers: papers(agreement),
        lines: trade.all("IncludedSupplyChainTradeLineItem").map(line).collect::<Result<_, _>>()?,
        amount_currencies: summation(settlement).all("TaxTotalAmount").filter_map(currency).collect(),
    })
}

fn kind(document: &Node) -> Text {
    text(document, "TypeCode")
}

fn references(agreement: &Node, delivered: &Node) -> References {
    let named = |parent: &Node, name: &str| text(parent, &format!("{name}/IssuerAssignedID"));
    let additional = |code: &'static str| {
        agreement.all("AdditionalReferencedDocument").filter(move |d| kind(d).as_deref() == Some(code))
    };
    References {
        project: text(agreement, "SpecifiedProcuringProject/ID"),
        projects: agreement.all("SpecifiedProcuringProject").count(),
        contract: named(agreement, "ContractReferencedDocument"),
        purchase_order: named(agreement, "BuyerOrderReferencedDocument"),
        sales_order: named(agreement, "SellerOrderReferencedDocument"),
        receiving_advice: named(delivered, "ReceivingAdviceReferencedDocument"),
        despatch_advice: named(delivered, "DespatchAdviceReferencedDocument"),
        tender: additional(TENDER).find_map(|d| text(d, "IssuerAssignedID")),
        objects: additional(OBJECT).map(object).collect(),
    }
}

fn object(document: &Node) -> Identifier {
    Identifier {
        id: text(document, "IssuerAssignedID").unwrap_or_default(),
        scheme: text(document, "ReferenceTypeCode"),
    }
}

fn note(note: &Node) -> Note {
    Note { subject: text(note, "SubjectCode"), text: text(note, "Content").unwrap_or_default() }
}

fn preceding(document: &Node) -> Result<Preceding, Fault> {
    Ok(Preceding {
        number: text(document, "IssuerAssignedID"),
        issued_on: day(document, "FormattedIssueDateTime/DateTimeString")?,
    })
}

fn party(party: &Node) -> Party {
    let contact = |contact: &Node| Contact {
        name: text(contact, "PersonName").or_else(|| text(contact, "DepartmentName")),
        telephone: text(contact, "TelephoneUniversalCommunication/CompleteNumber"),
        email: text(contact, "EmailURIUniversalCommunication/URIID"),
    };
    Party {
        name: text(party, "Name"),
        trading_name: text(party, "SpecifiedLegalOrganization/TradingBusinessName"),
        identifiers: party.all("ID").chain(party.all("GlobalID")).map(identifier).collect(),
        legal_registrations: identifiers(party.all("SpecifiedLegalOrganization"), "ID"),
        tax_registrations: party.all("SpecifiedTaxRegistration").map(tax_registration).collect(),
        legal_form: text(party, "Description"),
        electronic_address: party.at("URIUniversalCommunication/URIID").map(identifier),
        address: party.at("PostalTradeAddress").map(address),
        contact: party.at("DefinedTradeContact").map(contact),
    }
}

fn tax_registration(registration: &Node) -> TaxRegistration {
    let scheme = attribute(registration, "ID", "schemeID").unwrap_or_default();
    TaxRegistration { id: text(registration, "ID"), vat: scheme == "VA" }
}

fn address(address: &Node) -> Address {
    Address {
        street: text(address, "LineOne"),
        street_more: text(address, "LineTwo"),
        street_third: text(address, "LineThree"),
        city: text(address, "CityName"),
        postcode: text(address, "PostcodeCode"),
        region: text(address, "CountrySubDivisionName"),
        country: text(address, "CountryID"),
    }
}

fn delivery(delivered: &Node) -> Result<Option<Delivery>, Fault> {
    let to = delivered.at("ShipToTradeParty");
    let on = day(delivered, "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString")?;
    if to.is_none() && on.is_none() {
        return Ok(None);
    }
    let location = to.and_then(|party| party.at("GlobalID").or_else(|| party.at("ID")));
    Ok(Some(Delivery {
        party_name: to.and_then(|party| text(party, "Name")),
        location: location.map(identifier),
        on,
        address: to.and_then(|party| party.at("PostalTradeAddress")).map(address),
    }))
}

fn period(period: &Node) -> Result<Period, Fault> {
    Ok(Period { from: day(period, "StartDateTime/DateTimeString")?, to: day(period, "EndDateTime/DateTimeString")? })
}

fn payment(settlement: &Node, means: &Node) -> Payment {
    let account = means.at("PayeePartyCreditorFinancialAccount").map(|account| Account {
        id: text(account, "IBANID").or_else(|| text(account, "ProprietaryID")),
        name: text(account, "AccountName"),
        bank: text(means, "PayeeSpecifiedCreditorFinancialInstitution/BICID"),
    });
    Payment {
        means_code: text(means, "TypeCode"),
        means_text: text(means, "Information"),
        remittance: text(settlement, "PaymentReference"),
        account,
        card: means
            .at("ApplicableTradeSettlementFinancialCard")
            .map(|card| Card { number: text(card, "ID"), holder: text(card, "CardholderName") }),
        mandate: settlement.all("SpecifiedTradePaymentTerms").find_map(|terms| text(terms, "DirectDebitMandateID")),
        debited_account: text(means, "PayerPartyDebtorFinancialAccount/IBANID"),
    }
}

fn allowances(parent: &Node) -> Result<Vec<Allowance>, Fault> {
    let mut found = Vec::new();
    for allowance in parent.all("SpecifiedTradeAllowanceCharge") {
        found.push(Allowance {
            charge_indicator: text(allowance, "ChargeIndicator/Indicator"),
            amount: number(allowance, "ActualAmount")?,
            base: number(allowance, "BasisAmount")?,
            percent: number(allowance, "CalculationPercent")?,
            reason: text(allowance, "Reason"),
            reason_code: text(allowance, "ReasonCode"),
            tax: allowance.at("CategoryTradeTax").map(tax).transpose()?,
        });
    }
    for charge in parent.all("SpecifiedLogisticsServiceCharge") {
        found.push(Allowance {
            charge_indicator: Some("true".to_owned()),
            amount: number(charge, "AppliedAmount")?,
            reason: text(charge, "Description"),
            tax: charge.at("AppliedTradeTax").map(tax).transpose()?,
            ..Allowance::default()
        });
    }
    Ok(found)
}

fn tax(tax: &Node) -> Result<Tax, Fault> {
    Ok(Tax {
        category: text(tax, "CategoryCode"),
        rate: number(tax, "RateApplicablePercent")?,
        exemption_reason: text(tax, "ExemptionReason"),
        exemption_code: text(tax, "ExemptionReasonCode"),
        scheme: text(tax, "TypeCode"),
    })
}

fn summation(settlement: &Node) -> &Node {
    settlement.at("SpecifiedTradeSettlementHeaderMonetarySummation").unwrap_or(settlement)
}

fn totals(settlement: &Node) -> Result<Totals, Fault> {
    let total = summation(settlement);
    Ok(Totals {
        line_total: number(total, "LineTotalAmount")?,
        allowances: number(total, "AllowanceTotalAmount")?,
        charges: number(total, "ChargeTotalAmount")?,
        tax_exclusive: number(total, "TaxBasisTotalAmount")?,
        tax_inclusive: number(total, "GrandTotalAmount")?,
        prepaid: number(total, "TotalPrepaidAmount")?,
        rounding: number(total, "RoundingAmount")?,
        payable: number(total, "DuePayableAmount")?,
    })
}

fn currency(amount: &Node) -> Text {
    amount.attribute("currencyID").map(str::to_owned)
}

/// The breakdown stands apart from the totals in this syntax; it belongs to the one in the invoice's currency.
fn tax_totals(settlement: &Node) -> Result<Vec<TaxTotal>, Fault> {
    let mut totals = Vec::new();
    for amount in summation(settlement).all("TaxTotalAmount") {
        totals.push(TaxTotal { amount: own_number(amount)?, currency: currency(amount), breakdown: Vec::new() });
    }
    let breakdown = settlement.all("ApplicableTradeTax").map(group).collect::<Result<Vec<_>, Fault>>()?;
    let own = text(settlement, "InvoiceCurrencyCode");
    let at = totals.iter().position(|t| t.currency == own).unwrap_or(0);
    match totals.get_mut(at) {
        Some(total) => total.breakdown = breakdown,
        None if breakdown.is_empty() => {}
        None => totals.push(TaxTotal { breakdown, ..TaxTotal::default() }),
    }
    Ok(totals)
}

fn group(group: &Node) -> Result<TaxGroup, Fault> {
    Ok(TaxGroup { base: number(group, "BasisAmount")?, amount: number(group, "CalculatedAmount")?, tax: tax(group)? })
}

fn papers(agreement: &Node) -> Vec<Paper> {
    let attribute = |object: &Node, name: &str| object.attribute(name).map(str::to_owned);
    let embedded = |object: &Node| Embedded {
        mime: attribute(object, "mimeCode"),
        file_name: attribute(object, "filename"),
        content: own(object),
    };
    let paper = |document: &Node| Paper {
        id: text(document, "IssuerAssignedID"),
        description: text(document, "Name"),
        location: text(document, "URIID"),
        embedded: document.at("AttachmentBinaryObject").map(embedded),
    };
    let is_paper = |d: &&Node| !matches!(kind(d).as_deref(), Some(OBJECT | TENDER));
    agreement.all("AdditionalReferencedDocument").filter(is_paper).map(paper).collect()
}

fn line(line: &Node) -> Result<Line, Fault> {
    let nothing = Node::default();
    let part = |path: &str| line.at(path).unwrap_or(&nothing);
    let document = part("AssociatedDocumentLineDocument");
    let agreement = part("SpecifiedLineTradeAgreement");
    let delivered = part("SpecifiedLineTradeDelivery");
    let settlement = part("SpecifiedLineTradeSettlement");
    Ok(Line {
        id: text(document, "LineID"),
        parent: text(document, "ParentLineID"),
        status: text(document, "LineStatusReasonCode"),
        notes: document.all("IncludedNote").flat_map(|note| texts(note, "Content")).collect(),
        objects: settlement.all("AdditionalReferencedDocument").map(|d| (object(d), kind(d))).collect(),
        quantity: number(delivered, "BilledQuantity")?,
        unit: attribute(delivered, "BilledQuantity", "unitCode"),
        net: number(settlement, "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount")?,
        order_line: text(agreement, "BuyerOrderReferencedDocument/LineID"),
        buyer_accounting: text(settlement, "ReceivableSpecifiedTradeAccountingAccount/ID"),
        period: settlement.at("BillingSpecifiedPeriod").map(period).transpose()?,
        allowances: allowances(settlement)?,
        price: price(agreement)?,
        tax: settlement.at("ApplicableTradeTax").map(tax).transpose()?,
        item: item(part("SpecifiedTradeProduct")),
    })
}

fn price(agreement: &Node) -> Result<Price, Fault> {
    let nothing = Node::default();
    let net = agreement.at("NetPriceProductTradePrice").unwrap_or(&nothing);
    let gross = agreement.at("GrossPriceProductTradePrice").unwrap_or(&nothing);
    let quantity = if net.at("BasisQuantity").is_some() { net } else { gross };
    Ok(Price {
        net: number(net, "ChargeAmount")?,
        discount: number(gross, "AppliedTradeAllowanceCharge/ActualAmount")?,
        discount_indicator: text(gross, "AppliedTradeAllowanceCharge/ChargeIndicator/Indicator"),
        gross: number(gross, "ChargeAmount")?,
        base_quantity: number(quantity, "BasisQuantity")?,
        base_unit: attribute(quantity, "BasisQuantity", "unitCode"),
    })
}

fn item(product: &Node) -> Item {
    let classification = |c: &Node| {
        let code = c.at("ClassCode")?;
        let attribute = |name: &str| code.attribute(name).map(str::to_owned);
        Some((Identifier { id: own(code), scheme: attribute("listID") }, attribute("listVersionID")))
    };
    let characteristics = product.all("ApplicableProductCharacteristic");
    Item {
        name: text(product, "Name"),
        description: text(product, "Description"),
        seller_id: text(product, "SellerAssignedID"),
        buyer_id: text(product, "BuyerAssignedID"),
        standard_id: product.at("GlobalID").map(identifier),
        classifications: product.all("DesignatedProductClassification").filter_map(classification).collect(),
        origin_country: text(product, "OriginTradeCountry/ID"),
        attributes: characteristics.map(|c| (text(c, "Description"), text(c, "Value"))).collect(),
    }
}
